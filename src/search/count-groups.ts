import type { Plain } from './compare-values';
import { groupLabel } from './group-label';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import type { ColumnId, Group, Groups } from './protocol';

const MOST_GROUPS = 200;

/** Returns a function from a message to its group key in a column. */
export function groupKeyOf(column: ColumnId, messageIndex: MessageIndex): (message: IndexedMessage) => string {
  if (pathOf(column)) return (message) => keyOf(messageIndex.value(message, column));
  if (column === 'dequeues') return ({ dequeueCount }) => (Number.isNaN(dequeueCount) ? '' : String(dequeueCount));
  if (column === 'lease') return ({ isLeased }) => (isLeased ? 'Leased by you' : 'Not leased');
  return (message) => message.format();
}

/** Writes a value as JSON, so that a number and the text of its digits are two groups. */
const keyOf = (value: Plain) => (value === undefined ? '' : JSON.stringify(value));

/** Counts messages by value, most frequent first. */
export function countGroups(column: ColumnId, slots: Uint32Array, messageIndex: MessageIndex): Groups {
  const counts = new Map<string, number>();
  const key = groupKeyOf(column, messageIndex);
  for (const slot of slots) {
    const message = messageIndex.entries[slot];
    if (!message) continue;
    const value = key(message);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const all = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const groups = all
    .slice(0, MOST_GROUPS)
    .map(([value, count]): Group => ({ key: value, label: groupLabel(column, value), count }));
  const remaining = all.slice(MOST_GROUPS);
  return {
    column,
    groups,
    more: { values: remaining.length, messages: remaining.reduce((sum, [, count]) => sum + count, 0) },
  };
}
