/** Start of a range of selected rows, and the selection before it. */
export type Anchor = { key: string; before: ReadonlySet<string> };

/** Adds or removes the key. */
export function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The selection before the anchor, with all rows from the anchor to `to` in either direction. */
export function extended(keys: readonly string[], anchor: Anchor, to: number): Set<string> {
  const from = keys.indexOf(anchor.key);
  if (from < 0) return new Set(anchor.before).add(keys[to] ?? anchor.key);
  return new Set([...anchor.before, ...keys.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}

/** State of the checkbox for all rows. */
export function allSelected(keys: readonly string[], selected: ReadonlySet<string>): boolean | 'mixed' {
  if (selected.size === 0 || keys.length === 0) return false;
  if (keys.every((key) => selected.has(key))) return true;
  return keys.some((key) => selected.has(key)) ? 'mixed' : false;
}
