import type { Plain } from './compare-values';
import { groupLabel } from './group-label';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import type { ColumnId, Group, Groups } from './protocol';

/** More groups than this nobody reads. */
const MOST_GROUPS = 200;

/** What a message has in a column to be grouped by; a column's value and how it is written. */
export function groupKeyOf(column: ColumnId, messageIndex: MessageIndex): (message: IndexedMessage) => string {
  const path = pathOf(column);
  if (path) return (message) => keyOf(messageIndex.value(message, column, path));
  if (column === 'dequeues') return ({ dequeueCount }) => String(dequeueCount);
  if (column === 'lease') return ({ isLeased }) => (isLeased ? 'Leased by you' : 'Not leased');
  return (message) => message.format();
}

/** A number and the text of its digits are two groups. */
const keyOf = (value: Plain) => (value === undefined ? '' : JSON.stringify(value));

/** How many messages have which value, most first. */
export function countGroups(column: ColumnId, slots: Uint32Array, messageIndex: MessageIndex): Groups {
  const counts = new Map<string, number>();
  const key = groupKeyOf(column, messageIndex);
  for (const slot of slots) {
    const message = messageIndex.entries[slot];
    if (!message) continue;
    const of = key(message);
    counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  const all = [...counts].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const groups = all
    .slice(0, MOST_GROUPS)
    .map(([of, count]): Group => ({ key: of, label: groupLabel(column, of), count }));
  const rest = all.slice(MOST_GROUPS);
  return { column, groups, more: { values: rest.length, messages: rest.reduce((sum, [, count]) => sum + count, 0) } };
}
