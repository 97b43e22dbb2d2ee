export type Metadata = Readonly<Record<string, string>>;

/** True when both hold the same pairs, in any order. */
export function isSameMetadata(one: Metadata, other: Metadata): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
