import { ArrowDownToLine, Eye } from 'lucide-react';
import { type FocusEvent, type HTMLAttributes, useEffect, useRef } from 'react';
import { isHidden } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import { firstScreenIsThere } from '@/parts/first-screen';
import { usePreference } from '@/state/settings/preferences';
import { useIsShort } from '@/ui/browser/use-media';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { type Column, DataGrid, type DataGridProps } from '@/ui/grid/data-grid';
import { quietPart } from '@/ui/parts/lazy-part';
import { isolated } from '@/words/isolate';
import { bytes } from '@/words/sizes';
import { usePaths } from '../rows/use-preview';
import { useRows } from '../rows/use-queue-rows';
import { useRowFilter } from '../rows/use-row-filter';
import { useSearchResults } from '../rows/use-search';
import { shortId } from '../shared/short-id';
import { DequeuesCell, ExpiresCell, FormatCell, InsertedCell, LeaseCell, PreviewCell, SizeCell } from './message-cells';

const ROW_HEIGHTS_PX = { compact: 28, regular: 32, roomy: 36 };
/** Columns that a short window has no room for beside the body. */
const LEFT_OUT_IN_SHORT = ['position', 'expires', 'size'];
const LEASED_EDGE =
  'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-leased-solid before:content-[""] forced-colors:before:bg-[CanvasText]';

type MessageListProps = {
  selected: ReadonlySet<string>;
  /** Rows on a phone are to be selected. */
  isSelecting: boolean;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  onActiveChange: (id: string) => void;
  onCurrentChange: (id: string) => void;
  onOpen: (id: string) => void;
  /** Handlers around the rows that open the menu of a message, once they are loaded. */
  menuEvents: ((rows: readonly MessageRow[]) => HTMLAttributes<HTMLElement>) | undefined;
  /** What a screen reader says for a row, once it is loaded. */
  rowName: DataGridProps<MessageRow>['rowName'];
};

/** The rows, or the state that explains why there are none. */
export function MessageList(props: MessageListProps) {
  const { connectionId, queue, peek, all, approximate, cancel } = useRows();
  const { isFirst, shown } = useSearchResults();
  const { clear } = useRowFilter();
  const ref = { connectionId, queue };
  const retry = () => void peek.refetch();
  const hasCome = !peek.isPending || !peek.isFetching;
  useEffect(() => {
    if (hasCome) firstScreenIsThere();
  }, [hasCome]);
  if (all.length === 0) {
    if (peek.error) return <FirstLoadFailure {...ref} error={peek.error} onRetry={retry} />;
    if (peek.isPending && !peek.isFetching) return <NotPeeked queue={queue} onPeek={retry} />;
    if (peek.isPending) return <RowsLoading label={`Peeking ${queue}`} onCancel={cancel} />;
    return <EmptyQueue {...ref} at={peek.data.at} approximate={approximate} />;
  }
  // The first answer of a filter that was there from the start, such as one in the address.
  if (isFirst) return <RowsLoading label={`Searching ${queue}`} onCancel={clear} />;
  if (shown.length === 0) return <NoMatch loaded={all.length} onClear={clear} />;
  return <Rows {...props} />;
}

function Rows({
  selected,
  isSelecting,
  onSelectedChange,
  onActiveChange,
  onCurrentChange,
  onOpen,
  menuEvents,
  rowName,
}: MessageListProps) {
  'use memo';
  const isShort = useIsShort();
  const density = ROW_HEIGHTS_PX[usePreference('density')];
  const hiddenColumns = usePreference('hiddenColumns');
  const singleKeys = usePreference('singleKeys');
  const { queue, newRowCount, showNewRows, approximate, setIsAttended, openId } = useRows();
  const { shown, order } = useSearchResults();
  const { sort, narrow } = useRowFilter();
  const paths = usePaths();
  const attention = useAttention(setIsAttended);
  return (
    // Bars above it may leave no room: the screen then scrolls, and three rows stay.
    <div
      className="relative flex min-h-36 flex-1 shrink-0 flex-col max-desk:min-h-56 short:block"
      {...attention}
      {...menuEvents?.(shown)}
    >
      {newRowCount > 0 && (
        <div className="pointer-events-none absolute inset-x-0 top-9 z-5 flex justify-center short:sticky short:top-13 short:h-0">
          <Button
            icon={<ArrowDownToLine />}
            className="pointer-events-auto rounded-full! shadow-2"
            onClick={showNewRows}
          >
            {newRowCount} new, show
          </Button>
        </div>
      )}
      <DataGrid
        label={`Messages in ${isolated(queue)}`}
        description="Enter opens details, F6 goes to them and Shift F6 comes back"
        rows={shown}
        rowKey={idOf}
        columns={messageColumns(paths)}
        rowHeight={isShort ? ROW_HEIGHTS_PX.roomy : density}
        rowCount={approximate}
        selected={selected}
        onSelectedChange={onSelectedChange}
        selectAllLabel="Select all loaded messages"
        selectLabel={selectLabel}
        active={openId}
        onActiveChange={onActiveChange}
        onCurrentChange={onCurrentChange}
        onOpen={onOpen}
        rowClassName={(row) => (isHidden(row) ? LEASED_EDGE : undefined)}
        rowName={rowName}
        renderCompact={card}
        compactSelects={isSelecting}
        sort={sort}
        order={order}
        onSortChange={(next) => narrow({ sort: next })}
        hiddenColumns={isShort ? [...hiddenColumns, ...LEFT_OUT_IN_SHORT] : hiddenColumns}
        letterKeys={singleKeys}
      />
    </div>
  );
}

const idOf = (row: MessageRow) => row.id;
const selectLabel = (row: MessageRow) => `Select message ${shortId(row.id)}`;
const card = (row: MessageRow) => <MessageCard row={row} />;

/** Handlers that tell when the rows are being read: scrolled away from the top, or with the focus inside. */
function useAttention(onChange: (attended: boolean) => void) {
  const state = useRef({ scrolled: false, focused: false });
  const tell = (change: Partial<typeof state.current>) => {
    state.current = { ...state.current, ...change };
    onChange(state.current.scrolled || state.current.focused);
  };
  return {
    onScrollCapture: (event: { target: EventTarget }) =>
      tell({ scrolled: event.target instanceof Element && event.target.scrollTop > 0 }),
    onFocus: () => tell({ focused: true }),
    onBlur: (event: FocusEvent) => tell({ focused: event.currentTarget.contains(event.relatedTarget) }),
  };
}

const RowsLoading = (props: { label: string; onCancel: () => void }) => (
  <Skeleton head columns={[14, 18, 60, 52, 52, 24, 74, 48, 52, 200]} rows={16} {...props} />
);

const NotPeeked = ({ queue, onPeek }: { queue: string; onPeek: () => void }) => (
  <StatePanel
    icon={<Eye />}
    title={`${queue} was not peeked`}
    actions={
      <Button variant="primary" onClick={onPeek}>
        Peek {queue}
      </Button>
    }
  >
    The request was cancelled. Peeking changes nothing in the queue.
  </StatePanel>
);

/** A message in two lines, for narrow screens. */
function MessageCard({ row }: { row: MessageRow }) {
  // A card has room for one path.
  const [path] = usePaths();
  return (
    <div className="flex size-full flex-col justify-center gap-0.5 pr-3 pl-3.5">
      <div className="flex h-5 items-center gap-2">
        <span className="flex w-14.5 flex-none">
          <FormatCell row={row} />
        </span>
        <span className="min-w-0 flex-1">
          <PreviewCell row={row} />
        </span>
        {row.message.dequeueCount > 0 && <DequeuesCell row={row} prefix="deq " />}
      </div>
      <div className="flex h-4.5 items-center gap-2">
        <span className="min-w-14.5 flex-none font-mono text-text-3">{shortId(row.id)}</span>
        <span className="min-w-0 flex-1 truncate">
          <InsertedCell row={row} after=" ago" /> <span className="ml-1">{bytes(row.size)}</span>
          {path !== undefined && (
            <span className="ml-2 font-mono text-text">
              <PathCell message={row.message} path={path} />
            </span>
          )}
        </span>
        {isHidden(row) && (
          <span className="flex w-23 flex-none">
            <LeaseCell row={row} />
          </span>
        )}
      </div>
    </div>
  );
}

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
  { id: 'size', header: 'Size', width: 54, align: 'end', hideOrder: 2, cell: (row) => <SizeCell size={row.size} /> },
  { id: 'format', header: 'Format', width: 56, cell: (row) => <FormatCell row={row} /> },
];
/** The fixed columns and, before the body, one for each path. In a narrow grid the last paths are hidden first. */
const messageColumns = (paths: readonly string[]): Column<MessageRow>[] => [
  ...COLUMNS.map((column) => Object.assign({}, column, { sortable: true })),
  ...paths.map((path, index) => pathColumn(path, 4 + paths.length - index)),
  { id: 'body', header: 'Body', width: 180, grow: true, cell: (row) => <PreviewCell row={row} /> },
];

const pathColumn = (path: string, hideOrder: number): Column<MessageRow> => ({
  id: `path:${path}`,
  header: (
    <span title={isolated(path)} dir="auto">
      {path.replace(/^.*\.(?=[^.\]]+$)/, '')}
    </span>
  ),
  width: 120,
  hideOrder,
  sortable: true,
  cellClassName: 'font-mono text-text',
  cell: (row) => <PathCell message={row.message} path={path} />,
});

// With the rest of what comes after the rows, so that it is there when the network is not.
const FirstLoadFailure = quietPart(async () => (await import('./first-load-failure')).default, { shape: 'pane' });
const EmptyQueue = quietPart(async () => (await import('./no-rows')).EmptyQueue, { shape: 'pane' });
const NoMatch = quietPart(async () => (await import('./no-rows')).NoMatch, { shape: 'pane' });
const PathCell = quietPart(async () => (await import('./path-cell')).PathCell);
