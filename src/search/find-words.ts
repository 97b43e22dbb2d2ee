/**
 * Characters up to which a regular expression looks for a text. Its work is that number times the text that it looks in, so
 * a longer one is looked for in linear time.
 */
const MOST_BY_EXPRESSION = 64;

/** Returns whether a text contains `words`, in any case; the work grows with the text alone. */
export function finderOf(words: string): (text: string) => boolean {
  if (words.length <= MOST_BY_EXPRESSION) {
    // Faster than lower-casing each body, without copies.
    const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
    return (text) => pattern.test(text);
  }
  return linearFinder(words);
}

/** The search of Knuth, Morris and Pratt: after a character that differs, it goes on where the words may still begin. */
function linearFinder(words: string): (text: string) => boolean {
  const wanted = Uint16Array.from({ length: words.length }, (_, at) => folded(words.charCodeAt(at)));
  // How many characters before each place are the beginning of the words again.
  const again = new Uint32Array(wanted.length);
  for (let at = 1, length = 0; at < wanted.length; ) {
    if (wanted[at] === wanted[length]) again[at++] = ++length;
    else if (length > 0) length = again[length - 1] ?? 0;
    else at++;
  }
  return (text) => {
    for (let at = 0, found = 0; at < text.length; at++) {
      const code = folded(text.charCodeAt(at));
      while (found > 0 && wanted[found] !== code) found = again[found - 1] ?? 0;
      if (wanted[found] === code && ++found === wanted.length) return true;
    }
    return false;
  };
}

const known = new Map<number, number>();

/** A character in the case in which regular expressions compare it (ECMA-262, Canonicalize). */
function folded(code: number): number {
  if (code < 0x80) return code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
  const seen = known.get(code);
  if (seen !== undefined) return seen;
  const upper = String.fromCharCode(code).toUpperCase();
  const fold = upper.length === 1 && upper.charCodeAt(0) >= 0x80 ? upper.charCodeAt(0) : code;
  known.set(code, fold);
  return fold;
}
