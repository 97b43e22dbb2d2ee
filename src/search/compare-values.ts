/** Value at a path of a body, for sorting and counting; lists and objects as their JSON. */
export type Plain = string | number | boolean | null | undefined;

export const plainOf = (value: unknown): Plain =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Plain);

/** True for the text of a whole number that a double cannot represent. */
export const isLong = (value: string) => /^-?\d{16,}$/.test(value);
/** Order of kinds: numbers, texts, booleans, null, undefined. */
function rankOf(value: Plain): number {
  if (typeof value === 'string') return isLong(value) ? 0 : 1;
  return value === null ? 3 : ['number', '', 'boolean', '', 'undefined'].indexOf(typeof value);
}

/** Compares two values; long whole numbers, which are texts, by their exact value. */
export function compareValues(a: Plain, b: Plain): number {
  if (a === b) return 0;
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  if (rank === 0) {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    const rounded = Number(a) - Number(b);
    // Beyond what a double holds both are infinite, and their difference is no number.
    if (Math.abs(rounded) > 0) return rounded;
    return compareDigits(String(a), String(b));
  }
  return (a as string) < (b as string) ? -1 : 1;
}

/** Compares whole numbers by their digits, in linear time: a BigInt of 64,000 digits for each comparison would not be. */
function compareDigits(a: string, b: string): number {
  const sign = a.startsWith('-') ? -1 : 1;
  if (b.startsWith('-') !== sign < 0) return sign;
  const [left, right] = [a, b].map((digits) => digits.replace(/^-?0*/, '')) as [string, string];
  if (left === right) return 0;
  const isLess = left.length === right.length ? left < right : left.length < right.length;
  return isLess ? -sign : sign;
}
