import type { Plain } from './compare-values';
import { groupLabel } from './group-label';
import type { ColumnId, Group, Groups } from './protocol';
import { type Kept, pathOf, type Shelf } from './shelf';

/** More groups than this nobody reads. */
const MOST = 200;

/** What a message has in a column to be grouped by; a column's value and how it is written. */
export function groupKeyOf(column: ColumnId, shelf: Shelf): (message: Kept) => string {
  const path = pathOf(column);
  if (path) return (message) => keyOf(shelf.value(message, column, path));
  if (column === 'dequeues') return ({ dequeueCount }) => String(dequeueCount);
  if (column === 'lease') return ({ isLeased }) => (isLeased ? 'Leased by you' : 'Not leased');
  return (message) => message.format();
}

/** A number and the text of its digits are two groups. */
const keyOf = (value: Plain) => (value === undefined ? '' : JSON.stringify(value));

/** How many messages have which value, most first. */
export function countGroups(column: ColumnId, slots: Uint32Array, shelf: Shelf): Groups {
  const counts = new Map<string, number>();
  const key = groupKeyOf(column, shelf);
  for (const slot of slots) {
    const message = shelf.kept[slot];
    if (!message) continue;
    const of = key(message);
    counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  const all = [...counts].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const groups = all.slice(0, MOST).map(([of, count]): Group => ({ key: of, label: groupLabel(column, of), count }));
  const rest = all.slice(MOST);
  return { column, groups, more: { values: rest.length, messages: rest.reduce((sum, [, count]) => sum + count, 0) } };
}
