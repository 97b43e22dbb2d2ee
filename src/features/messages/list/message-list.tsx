import { ArrowDownToLine, Eye } from 'lucide-react';
import { type FocusEvent, useRef } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import type { ExplorerRoute } from '@/state/navigation/route';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { DataGrid } from '@/ui/grid/data-grid';
import { isHidden } from '../rows/taken';
import type { MessageRowsModel } from '../rows/use-message-rows';
import { shortId } from '../shared/short-id';
import { EmptyQueue, FirstLoadFailure, NoMatch } from './list-states';
import { MessageCard } from './message-card';
import { messageColumns } from './message-columns';

const ROW_HEIGHTS = { compact: 28, regular: 32, roomy: 36 };
const LEASED_EDGE =
  'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-leased-solid before:content-[""] forced-colors:before:bg-[CanvasText]';

type MessageListProps = {
  route: ExplorerRoute;
  queue: string;
  model: MessageRowsModel;
  selected: ReadonlySet<string>;
  /** Rows on a phone are to be selected. */
  isSelecting: boolean;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  onActiveChange: (id: string) => void;
  onOpen: (id: string) => void;
};

/** The rows, or what is said where rows would be. */
export function MessageList(props: MessageListProps) {
  const { route, queue, model } = props;
  const { peek, all, shown } = model;
  const at = { connectionId: route.connectionId, queue };
  if (all.length === 0) {
    if (peek.error) return <FirstLoadFailure {...at} error={peek.error} onRetry={() => void peek.refetch()} />;
    if (peek.isPending && !peek.isFetching) return <NotPeeked queue={queue} onPeek={() => void peek.refetch()} />;
    if (peek.isPending) return <Loading queue={queue} onCancel={model.cancel} />;
    return <EmptyQueue {...at} at={peek.data.at} approximate={model.approximate} />;
  }
  if (model.search.isFirst) return <Searching queue={queue} onCancel={model.clearFilters} />;
  if (shown.length === 0) return <NoMatch loaded={all.length} onClear={model.clearFilters} />;
  return <Rows {...props} />;
}

function Rows({
  route,
  queue,
  model,
  selected,
  isSelecting,
  onSelectedChange,
  onActiveChange,
  onOpen,
}: MessageListProps) {
  'use memo';
  const rowHeight = ROW_HEIGHTS[usePreference('density')];
  const hiddenColumns = usePreference('hiddenColumns');
  const singleKeys = usePreference('singleKeys');
  const { shown, sort, narrow, newRowCount, showNewRows, approximate } = model;
  const { paths } = useQueueView(route.connectionId, queue);
  const attention = useAttention(model.setAttended);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...attention}>
      {newRowCount > 0 && (
        <div className="pointer-events-none absolute inset-x-0 top-9 z-5 flex justify-center">
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
        label={`Messages in ${queue}`}
        rows={shown}
        rowKey={idOf}
        columns={messageColumns(paths)}
        rowHeight={rowHeight}
        rowCount={approximate}
        selected={selected}
        onSelectedChange={onSelectedChange}
        selectAllLabel="Select all loaded messages"
        selectLabel={selectLabel}
        active={route.message}
        onActiveChange={onActiveChange}
        onOpen={onOpen}
        rowClassName={(row) => (isHidden(row) ? LEASED_EDGE : undefined)}
        renderCompact={card}
        compactSelects={isSelecting}
        sort={sort}
        order={model.search.order}
        onSortChange={(next) => narrow({ sort: next })}
        hiddenColumns={hiddenColumns}
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

const Loading = ({ queue, onCancel }: { queue: string; onCancel: () => void }) => (
  <Skeleton
    head
    label={`Peeking ${queue}`}
    columns={[14, 18, 60, 52, 52, 24, 74, 48, 52, 200]}
    rows={16}
    onCancel={onCancel}
  />
);

/** The first answer of a filter that was there from the start, such as one in the address. */
const Searching = ({ queue, onCancel }: { queue: string; onCancel: () => void }) => (
  <Skeleton
    head
    label={`Searching ${queue}`}
    columns={[14, 18, 60, 52, 52, 24, 74, 48, 52, 200]}
    rows={16}
    onCancel={onCancel}
  />
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
