import {
  type ColumnDef,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type Row as TableRow,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column, Sort } from './column';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

export type Model<Row extends object> = {
  /** In the order shown. */
  rows: readonly Row[];
  keys: readonly string[];
  indexOf: ReadonlyMap<string, number>;
  columns: readonly Column<Row>[];
};

type Options<Row extends object> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  hidden: readonly string[];
  order: readonly string[] | undefined;
  sort: Sort | undefined;
};

/**
 * The grid's columns and row order, worked out by TanStack Table. It keeps the caller's row objects, so a row that was
 * not replaced is not drawn again.
 */
export function useModel<Row extends object>({ rows, rowKey, columns, hidden, order, sort }: Options<Row>): Model<Row> {
  // The table is one object that changes inside; the compiler would take its answers for unchanged.
  'use no memo';
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const hiddenIds = hidden.join('\n');
  const orderIds = order?.join('\n') ?? '';
  const columnVisibility = useMemo(
    () => Object.fromEntries(hiddenIds === '' ? [] : hiddenIds.split('\n').map((id) => [id, false])),
    [hiddenIds],
  );
  const columnOrder = useMemo(() => (orderIds === '' ? [] : orderIds.split('\n')), [orderIds]);
  const sortId = sort?.id;
  const descending = sort?.descending ?? false;
  const sorting = useMemo(() => (sortId === undefined ? [] : [{ id: sortId, desc: descending }]), [sortId, descending]);

  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    state: { columnVisibility, columnOrder, sorting },
  });

  const sorted = table.getRowModel().rows;
  const shown = table
    .getVisibleLeafColumns()
    .map((column) => column.id)
    .join('\n');
  const rowModel = useMemo(() => {
    const keys = sorted.map((row) => row.id);
    return {
      rows: sorted.map((row) => row.original),
      keys,
      indexOf: new Map(keys.map((key, index) => [key, index])),
    };
  }, [sorted]);
  const visible = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return shown.split('\n').flatMap((id) => byId.get(id) ?? []);
  }, [columns, shown]);
  return useMemo(() => ({ ...rowModel, columns: visible }), [rowModel, visible]);
}

function toDefinition<Row extends object>(column: Column<Row>): ColumnDef<Features, Row> {
  return {
    id: column.id,
    header: column.id,
    accessorFn: column.sortBy ?? (() => undefined),
    size: column.width,
    enableSorting: column.sortBy !== undefined,
    sortUndefined: 'last',
    sortFn: compare,
  };
}

function compare<Row extends object>(a: TableRow<Features, Row>, b: TableRow<Features, Row>, column: string): number {
  const left: unknown = a.getValue(column);
  const right: unknown = b.getValue(column);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return Number(left) - Number(right);
}
