import { type RefObject, useMemo } from 'react';
import type { Column } from './column';

export type Model<Row extends object> = {
  /** In their order. */
  rows: readonly Row[];
  keys: readonly string[];
  indexOf: KeyIndex;
  columns: readonly Column<Row>[];
};

/** The scrolling part of a grid. */
export type GridView<Row extends object> = {
  scroller: RefObject<HTMLElement | null>;
  model: Model<Row>;
  rowHeight: number;
  /** Height of the sticky head in px. */
  head: number;
};

/** Index of a row by its key. */
export type KeyIndex = { get: (key: string) => number | undefined; has: (key: string) => boolean };

type Options<Row extends object> = {
  /** Sorted by the caller. */
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  hidden: readonly string[];
  order: readonly string[] | undefined;
};

/** The grid's columns and rows. Uses the caller's row objects, so a row that was not replaced is not rendered again. */
export function useModel<Row extends object>({ rows, rowKey, columns, hidden, order }: Options<Row>): Model<Row> {
  'use no memo';
  const byKey = useMemo(() => {
    const keys = rows.map(rowKey);
    return { rows, keys, indexOf: indexOfKeys(keys) };
  }, [rows, rowKey]);
  const shown = arranged(columns, hidden, order);
  const ids = shown.map(({ id }) => id).join('\n');
  // The same array until the ids change, although `hidden` may be a new array each time.
  // oxlint-disable-next-line react/exhaustive-deps -- `ids` identifies `shown`
  const visible = useMemo(() => shown, [columns, ids]);
  return useMemo(() => ({ ...byKey, columns: visible }), [byKey, visible]);
}

/** Built on first use: for 100,000 rows it takes longer than a frame, and is rarely needed. */
function indexOfKeys(keys: readonly string[]): KeyIndex {
  let indexes: Map<string, number> | undefined;
  const indexesByKey = () => (indexes ??= new Map(keys.map((key, index) => [key, index])));
  return { get: (key) => (key === '' ? undefined : indexesByKey().get(key)), has: (key) => indexesByKey().has(key) };
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
