import { compareValues, isLong, type Plain } from './compare-values';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import type { Order } from './protocol';

const OWN: Record<string, (message: IndexedMessage) => Plain> = {
  id: ({ id }) => id,
  inserted: ({ insertedAt }) => known(insertedAt),
  expires: ({ expiresAt }) => known(expiresAt),
  dequeues: ({ dequeueCount }) => known(dequeueCount),
  size: ({ size }) => size,
  lease: ({ leaseEnds }) => leaseEnds ?? undefined,
  format: ({ format }) => format(),
};

/** Missing for never, and for what could not be read. */
const known = (value: number | null): Plain => (value === null || Number.isNaN(value) ? undefined : value);

/**
 * Sorts slots in place by a column. Leased messages stay on top, except for column `lease`; missing values come last in both
 * directions; the sort is stable.
 */
export function orderSlots(slots: Uint32Array, { column, descending }: Order, messageIndex: MessageIndex) {
  const top = column === 'lease' ? 0 : leasedFirst(slots, messageIndex);
  const value = pathOf(column) ? (message: IndexedMessage) => messageIndex.value(message, column) : OWN[column];
  if (value) byValue(slots.subarray(top), descending, (slot) => value(messageAt(messageIndex, slot)));
}

const messageAt = (messageIndex: MessageIndex, slot: number) => messageIndex.entries[slot] as IndexedMessage;

/** Moves leased messages to the front and returns their number. */
function leasedFirst(slots: Uint32Array, messageIndex: MessageIndex): number {
  const leased = slots.filter((slot) => messageAt(messageIndex, slot).isLeased);
  if (leased.length === 0) return 0;
  slots.set([...leased, ...slots.filter((slot) => !messageAt(messageIndex, slot).isLeased)]);
  return leased.length;
}

/**
 * Sorts without millions of calls of a comparison function: ranks the distinct values, and sorts numbers of rank and index
 * natively, which keeps the order of ties.
 */
function byValue(slots: Uint32Array, descending: boolean, value: (slot: number) => Plain) {
  const keys = Array.from(slots, value);
  const ranked = ranks([...new Set(keys)].filter((key) => key !== undefined));
  if (descending) ranked.reverse();
  const rank = new Map(ranked.map((key, index) => [key, index]));
  const packed = Float64Array.from(
    keys,
    (key, index) => (rank.get(key) ?? ranked.length) * MOST_SLOTS + index,
  ).toSorted();
  const before = slots.slice();
  packed.forEach((key, index) => {
    slots[index] = before[key % MOST_SLOTS] ?? 0;
  });
}

/** More than there can be messages; a rank times this is still exact. */
const MOST_SLOTS = 0x1_0000_0000;

/** Sorts distinct values in ascending order, natively when they are of one kind. */
function ranks(values: Plain[]): Plain[] {
  if (values.every((value) => typeof value === 'number')) return [...Float64Array.from(values).toSorted()];
  if (values.every((value) => typeof value === 'string' && !isLong(value)))
    return values.toSorted((a, b) => ((a as string) < (b as string) ? -1 : 1));
  return values.toSorted(compareValues);
}
