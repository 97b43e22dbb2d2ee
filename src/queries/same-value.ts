/** Deep equality; the order of names does not count, and an undefined value equals an absent one. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) =>
    isSameValue((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}
