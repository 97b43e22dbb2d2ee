const TOKENS = /(^az [a-z ]+?(?= --| \\|$)|\s--?[A-Za-z-]+|https?:\/\/[^\s']+|'[^'\n]*')/gm;

/** A command with its options, addresses and quoted words coloured. */
export const HighlightedCommand = ({ code }: { code: string }) =>
  code.split(TOKENS).map((piece, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text never change places
    <span key={index} className={colourOf(piece)}>
      {piece}
    </span>
  ));

function colourOf(piece: string): string | undefined {
  if (piece.startsWith('az ')) return 'text-syn-key';
  if (/^\s--?[A-Za-z]/.test(piece)) return 'text-syn-num';
  return /^(https?:|')/.test(piece) ? 'text-syn-str' : undefined;
}
