/** What a path of a body holds, for sorting and counting: lists and objects as their JSON. */
export type Plain = string | number | boolean | null | undefined;

export const plainOf = (value: unknown): Plain =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Plain);

/** A whole number too long for JavaScript, kept as text. */
export const isLong = (value: string) => /^-?\d{16,}$/.test(value);
/** Numbers come first, then words, true and false, null; what is not there comes last. */
const rankOf = (value: Plain) =>
  typeof value === 'number' || (typeof value === 'string' && isLong(value))
    ? 0
    : typeof value === 'string'
      ? 1
      : typeof value === 'boolean'
        ? 2
        : value === null
          ? 3
          : 4;

/** Order of two values; whole numbers too long for JavaScript, which are kept as text, go by their exact worth. */
export function compareValues(a: Plain, b: Plain): number {
  if (a === b) return 0;
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  if (rank === 0) {
    const rounded = Number(a) - Number(b);
    return rounded !== 0 || (typeof a === typeof b && typeof a === 'number')
      ? rounded
      : Number(BigInt(a as string) - BigInt(b as string));
  }
  return (a as string) < (b as string) ? -1 : 1;
}
