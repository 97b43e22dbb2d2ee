const TOKENS = /(•+|\b[A-Za-z]+(?==)|[=;&?])/g;

/** A connection string or SAS URL with its names, separators, account and dots coloured. */
export function HighlightedConnection({ shown }: { shown: string }) {
  const pieces = shown.split(TOKENS);
  return pieces.map((piece, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text never change places
    <span key={index} className={colourOf(piece, pieces[index + 1], pieces[index - 3])}>
      {piece}
    </span>
  ));
}

/** `before` is the name two tokens back: `AccountName`, then `=`, then this piece. */
function colourOf(piece: string, next: string | undefined, before: string | undefined): string | undefined {
  if (piece.startsWith('•')) return 'text-text-3';
  if (/^[=;&?]$/.test(piece)) return 'text-syn-punct';
  if (/^[A-Za-z]+$/.test(piece) && next === '') return 'text-syn-key';
  return before?.toLowerCase() === 'accountname' ? 'text-syn-str' : undefined;
}
