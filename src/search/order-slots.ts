import { compareValues, isLong, type Plain } from './compare-values';
import type { Order } from './protocol';
import { type Kept, pathOf, type Shelf } from './shelf';

const OWN: Record<string, (message: Kept) => Plain> = {
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
export function orderSlots(slots: Uint32Array, { column, descending }: Order, shelf: Shelf) {
  const top = column === 'lease' ? 0 : leasedFirst(slots, shelf);
  const path = pathOf(column);
  const value = path ? (message: Kept) => shelf.value(message, column, path) : OWN[column];
  if (value) byValue(slots.subarray(top), descending, (slot) => value(messageAt(shelf, slot)));
}

const messageAt = (shelf: Shelf, slot: number) => shelf.kept[slot] as Kept;

/** Our leases move to the front; gives how many there are. */
function leasedFirst(slots: Uint32Array, shelf: Shelf): number {
  const leased = slots.filter((slot) => messageAt(shelf, slot).isLeased);
  if (leased.length === 0) return 0;
  slots.set([...leased, ...slots.filter((slot) => !messageAt(shelf, slot).isLeased)]);
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
