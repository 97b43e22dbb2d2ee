import type { MessageRow } from '@/messages/message-rows';
import type { Column } from '@/ui/grid/data-grid';
import { shortId } from '../shared/short-id';
import { LazyPathCell } from './lazy-path-cell';
import { DequeuesCell, ExpiresCell, FormatCell, InsertedCell, LeaseCell, PreviewCell, SizeCell } from './message-cells';

const DequeuesHead = () => (
  <abbr title="Dequeue count" className="no-underline">
    Deq
  </abbr>
);

const COLUMNS: Column<MessageRow>[] = [
  { id: 'position', header: '#', width: 22, align: 'end', cellClassName: 'text-text-3', cell: (row) => row.position },
  {
    id: 'id',
    header: 'ID',
    width: 60,
    hideOrder: 3,
    cellClassName: 'font-mono text-text',
    cell: (row) => <span title={row.id}>{shortId(row.id)}</span>,
  },
  { id: 'inserted', header: 'Inserted', width: 56, align: 'end', cell: (row) => <InsertedCell row={row} /> },
  { id: 'expires', header: 'Expires', width: 56, align: 'end', hideOrder: 1, cell: (row) => <ExpiresCell row={row} /> },
  { id: 'dequeues', header: <DequeuesHead />, width: 28, align: 'end', cell: (row) => <DequeuesCell row={row} /> },
  { id: 'lease', header: 'Lease', width: 82, cellClassName: 'pl-2', cell: (row) => <LeaseCell row={row} /> },
  { id: 'size', header: 'Size', width: 48, align: 'end', hideOrder: 2, cell: (row) => <SizeCell size={row.size} /> },
  { id: 'format', header: 'Format', width: 56, cell: (row) => <FormatCell row={row} /> },
];
/** The fixed columns and, before the body, one for each path. In a narrow grid the last paths are hidden first. */
export const messageColumns = (paths: readonly string[]): Column<MessageRow>[] => [
  ...COLUMNS.map((column) => Object.assign({}, column, { sortable: true })),
  ...paths.map((path, index) => pathColumn(path, 4 + paths.length - index)),
  { id: 'body', header: 'Body', width: 180, grow: true, cell: (row) => <PreviewCell row={row} /> },
];

const pathColumn = (path: string, hideOrder: number): Column<MessageRow> => ({
  id: `path:${path}`,
  header: <span title={path}>{path.replace(/^.*\.(?=[^.\]]+$)/, '')}</span>,
  width: 120,
  hideOrder,
  sortable: true,
  cellClassName: 'font-mono text-text',
  cell: (row) => <LazyPathCell message={row.message} path={path} />,
});
