import { compareValues, isLong, type Plain } from './compare-values';
import { type IndexedMessage, type MessageIndex, pathOf } from './message-index';
import type { Order } from './protocol';

const OWN: Record<string, (message: IndexedMessage) => Plain> = {
  id: ({ id }) => id,
  inserted: ({ insertedAt }) => insertedAt,
  expires: ({ expiresAt }) => expiresAt ?? undefined,
  dequeues: ({ dequeueCount }) => dequeueCount,
  size: ({ size }) => size,
  lease: ({ leaseEnds }) => leaseEnds ?? undefined,
  format: ({ format }) => format(),
};

/**
 * Sorts slots in place by a column. Our leases stay on top, except in their own column; what has no value comes last in
 * both directions; equal ones keep their order.
 */
export function orderSlots(slots: Uint32Array, { column, descending }: Order, messageIndex: MessageIndex) {
  const top = column === 'lease' ? 0 : leasedFirst(slots, messageIndex);
  const path = pathOf(column);
  const value = path ? (message: IndexedMessage) => messageIndex.value(message, column, path) : OWN[column];
  if (value) byValue(slots.subarray(top), descending, (slot) => value(messageAt(messageIndex, slot)));
}

const messageAt = (messageIndex: MessageIndex, slot: number) => messageIndex.entries[slot] as IndexedMessage;

/** Our leases move to the front; gives how many there are. */
function leasedFirst(slots: Uint32Array, messageIndex: MessageIndex): number {
  const leased = slots.filter((slot) => messageAt(messageIndex, slot).isLeased);
  if (leased.length === 0) return 0;
  slots.set([...leased, ...slots.filter((slot) => !messageAt(messageIndex, slot).isLeased)]);
  return leased.length;
}

/**
 * A comparison function called two million times is what makes a sort slow: the distinct values are ranked, and numbers of
 * rank and place, which keep ties as they were, are sorted natively.
 */
function byValue(slots: Uint32Array, descending: boolean, value: (slot: number) => Plain) {
  const keys = Array.from(slots, value);
  const ranked = ranks([...new Set(keys)].filter((key) => key !== undefined));
  if (descending) ranked.reverse();
  const rank = new Map(ranked.map((key, index) => [key, index]));
  const packed = Float64Array.from(keys, (key, place) => (rank.get(key) ?? ranked.length) * PLACES + place).toSorted();
  const before = slots.slice();
  packed.forEach((key, index) => {
    slots[index] = before[key % PLACES] ?? 0;
  });
}

/** More places than there can be messages; a rank times this is still exact. */
const PLACES = 0x1_0000_0000;

/** Distinct values in ascending order; those of one kind are sorted natively. */
function ranks(values: Plain[]): Plain[] {
  if (values.every((value) => typeof value === 'number')) return [...Float64Array.from(values).toSorted()];
  if (values.every((value) => typeof value === 'string' && !isLong(value)))
    return values.toSorted((a, b) => ((a as string) < (b as string) ? -1 : 1));
  return values.toSorted(compareValues);
}
