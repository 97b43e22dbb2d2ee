import { useMemo } from 'react';
import type { Column } from './column';

export type Model<Row extends object> = {
  /** In the order shown. */
  rows: readonly Row[];
  keys: readonly string[];
  indexOf: Places;
  columns: readonly Column<Row>[];
};

/** Where a row is, by its key. */
export type Places = { get: (key: string) => number | undefined; has: (key: string) => boolean };

type Options<Row extends object> = {
  /** In the order to show: whoever has them sorts them, off this thread where they are many. */
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  hidden: readonly string[];
  order: readonly string[] | undefined;
};

/** The grid's columns and rows. It keeps the caller's row objects, so a row that was not replaced is not drawn again. */
export function useModel<Row extends object>({ rows, rowKey, columns, hidden, order }: Options<Row>): Model<Row> {
  'use no memo';
  const byKey = useMemo(() => {
    const keys = rows.map(rowKey);
    return { rows, keys, indexOf: placesOf(keys) };
  }, [rows, rowKey]);
  const shown = arranged(columns, hidden, order);
  const ids = shown.map(({ id }) => id).join('\n');
  // The same array while nothing changed, although `hidden` may be another one each time.
  // oxlint-disable-next-line react/exhaustive-deps -- `ids` says all that matters of `shown`
  const visible = useMemo(() => shown, [columns, ids]);
  return useMemo(() => ({ ...byKey, columns: visible }), [byKey, visible]);
}

/** Made when first asked: at 100,000 rows it takes longer than a frame, and most orders are seen without a question. */
function placesOf(keys: readonly string[]): Places {
  let places: Map<string, number> | undefined;
  const known = () => (places ??= new Map(keys.map((key, index) => [key, index])));
  return { get: (key) => (key === '' ? undefined : known().get(key)), has: (key) => known().has(key) };
}

function arranged<Row extends object>(
  columns: readonly Column<Row>[],
  hidden: readonly string[],
  order: readonly string[] | undefined,
): Column<Row>[] {
  const shown = columns.filter(({ id }) => !hidden.includes(id));
  if (!order) return shown;
  const named = order.flatMap((id) => shown.find((column) => column.id === id) ?? []);
  return [...named, ...shown.filter(({ id }) => !order.includes(id))];
}
