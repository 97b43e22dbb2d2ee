import type { Column, Sort } from '@/ui/grid/data-grid';
import { DequeuesCell, ExpiresCell, FormatCell, InsertedCell, LeaseCell, PreviewCell, SizeCell } from './message-cells';
import type { MessageRow } from './message-rows';
import { shortId } from './short-id';
import { sortValue } from './sort-rows';

const COLUMNS: Column<MessageRow>[] = [
  {
    id: 'position',
    header: '#',
    width: 22,
    align: 'end',
    cellClassName: 'text-text-3',
    cell: (row) => row.position,
  },
  {
    id: 'id',
    header: 'ID',
    width: 60,
    hideOrder: 3,
    cellClassName: 'font-mono text-text',
    cell: (row) => <span title={row.id}>{shortId(row.id)}</span>,
  },
  { id: 'inserted', header: 'Inserted', width: 56, align: 'end', cell: (row) => <InsertedCell row={row} /> },
  {
    id: 'expires',
    header: 'Expires',
    width: 56,
    align: 'end',
    hideOrder: 1,
    cell: (row) => <ExpiresCell row={row} />,
  },
  {
    id: 'dequeues',
    header: (
      <abbr title="Dequeue count" className="no-underline">
        Deq
      </abbr>
    ),
    width: 28,
    align: 'end',
    cell: (row) => <DequeuesCell row={row} />,
  },
  { id: 'lease', header: 'Lease', width: 82, cellClassName: 'pl-2', cell: (row) => <LeaseCell lease={row.lease} /> },
  {
    id: 'size',
    header: 'Size',
    width: 48,
    align: 'end',
    hideOrder: 2,
    cell: (row) => <SizeCell size={row.size} />,
  },
  {
    id: 'format',
    header: 'Format',
    width: 56,
    cell: (row) => <FormatCell row={row} />,
  },
  { id: 'body', header: 'Body', width: 180, grow: true, cell: (row) => <PreviewCell row={row} /> },
];

/** The grid's columns; what they sort by depends on the direction, since leased rows stay on top in both. */
export const messageColumns = (sort: Sort | undefined): Column<MessageRow>[] =>
  COLUMNS.map((column) => (column.id === 'body' ? column : sortable(column, sort?.descending ?? false)));

const sortable = (column: Column<MessageRow>, descending: boolean): Column<MessageRow> => ({
  ...column,
  sortBy: sortValue(column.id, descending),
});
