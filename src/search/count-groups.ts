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

/** Counts messages by value, most frequent first. `members`: their slots, of one group after the other. */
export function countGroups(
  column: ColumnId,
  slots: Uint32Array,
  messageIndex: MessageIndex,
): { groups: Groups; members: Uint32Array<ArrayBuffer> } {
  const found = new Map<string, number[]>();
  const key = groupKeyOf(column, messageIndex);
  for (const slot of slots) {
    const message = messageIndex.entries[slot];
    if (!message) continue;
    const value = key(message);
    const same = found.get(value);
    if (same) same.push(slot);
    else found.set(value, [slot]);
  }
  const all = [...found].toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1));
  const groups = all
    .slice(0, MOST_GROUPS)
    .map(([value, { length: count }]): Group => ({ key: value, label: groupLabel(column, value), count }));
  const remaining = all.slice(MOST_GROUPS);
  const counted: Groups = {
    column,
    groups,
    more: { values: remaining.length, messages: remaining.reduce((sum, [, { length }]) => sum + length, 0) },
  };
  return { groups: counted, members: Uint32Array.from(all.flatMap(([, of]) => of)) };
}
