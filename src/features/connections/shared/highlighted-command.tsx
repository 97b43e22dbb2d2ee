import { Fragment } from 'react';

const TOKENS = /(^az [a-z ]+?(?= --| \\|$)|\s--?[A-Za-z-]+|https?:\/\/[^\s']+|'[^'\n]*')/gm;

/** A command with its options, addresses and quoted words coloured. */
export function Command({ code }: { code: string }) {
  return code.split(TOKENS).map((piece, index) => {
    const colour = colourOf(piece);
    // oxlint-disable-next-line react/no-array-index-key -- The pieces of one text never change places.
    const key = index;
    return colour ? (
      <span key={key} className={colour}>
        {piece}
      </span>
    ) : (
      <Fragment key={key}>{piece}</Fragment>
    );
  });
}

function colourOf(piece: string): string | undefined {
  if (piece.startsWith('az ')) return 'text-syn-key';
  if (/^\s--?[A-Za-z]/.test(piece)) return 'text-syn-num';
  if (/^(https?:|')/.test(piece)) return 'text-syn-str';
  return undefined;
}
