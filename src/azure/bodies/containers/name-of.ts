/** Characters of a name in the chain. */
const MOST = 60;

/** A name from a message as it can stand in a line: on one line, without what is invisible or turns the direction, and short. */
export function nameOf(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s\ufffd]+/gu, ' ').trim();
  return plain.length > MOST ? `${plain.slice(0, MOST).toWellFormed()}…` : plain;
}
