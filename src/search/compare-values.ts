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
    const rounded = Number(a) - Number(b);
    if (rounded !== 0 || (typeof a === 'number' && typeof b === 'number')) return rounded;
    return Number(BigInt(a as string) - BigInt(b as string));
  }
  return (a as string) < (b as string) ? -1 : 1;
}
