/**
 * True when a name contains all words of a pattern. A word with `*` (any characters) has to match the whole name. No
 * regular expression is used, so no pattern takes long.
 */
export const matchesPattern = (name: string, pattern: string): boolean =>
  pattern
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => (word.includes('*') ? fits(name, word.split('*')) : name.includes(word)));

function fits(name: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.at(-1) ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
