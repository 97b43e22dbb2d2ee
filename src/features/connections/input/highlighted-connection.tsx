import { Fragment } from 'react';

const TOKENS = /(•+|\b[A-Za-z]+(?==)|[=;&?])/g;

/** A connection string or SAS URL with its names, marks, account and dots coloured. */
export function ColouredDetails({ shown }: { shown: string }) {
  const pieces = shown.split(TOKENS);
  return pieces.map((piece, index) => {
    const colour = colourOf(piece, pieces[index + 1], pieces[index - 3]);
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

/** `before` is the name two tokens back: `AccountName`, then `=`, then this piece. */
function colourOf(piece: string, next: string | undefined, before: string | undefined): string | undefined {
  if (piece.startsWith('•')) return 'text-text-3';
  if (/^[=;&?]$/.test(piece)) return 'text-syn-punct';
  if (/^[A-Za-z]+$/.test(piece) && next === '') return 'text-syn-key';
  return before?.toLowerCase() === 'accountname' ? 'text-syn-str' : undefined;
}
