import type { Sort } from '@/ui/grid/data-grid';
import { previewOf } from './message-preview';
import type { MessageRow } from './message-rows';

type Value = string | number | undefined;

/** What each column sorts by; undefined goes last in both directions. */
const VALUES: Record<string, (row: MessageRow) => Value> = {
  position: (row) => row.position,
  id: (row) => row.id,
  inserted: (row) => row.message.insertedAt.getTime(),
  expires: (row) => row.message.expiresAt?.getTime(),
  dequeues: (row) => row.message.dequeueCount,
  size: (row) => row.size,
  format: (row) => previewOf(row.message).format,
};

/**
 * What the grid is to sort a column by, so that leased rows stay on top: they all get a value before any other, which
 * one depends on the direction. Only the column of leases sorts the leased ones.
 */
export function sortValue(id: string, descending: boolean): (row: MessageRow) => Value {
  if (id === 'lease') return (row) => row.lease?.endsAt.getTime();
  const value = VALUES[id];
  const isText = id === 'id' || id === 'format';
  const top = isText ? (descending ? '\uffff' : '') : descending ? Number.MAX_VALUE : -Number.MAX_VALUE;
  return (row) => (row.lease ? top : value?.(row));
}

/** Rows in the order the grid shows them. Equal rows keep their order. */
export function sortRows(rows: readonly MessageRow[], sort: Sort | undefined): readonly MessageRow[] {
  if (!sort) return rows;
  const value = sortValue(sort.id, sort.descending);
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === right) return 0;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right ? -sign : sign;
  });
}
