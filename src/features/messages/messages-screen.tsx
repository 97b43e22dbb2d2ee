import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { runAction, useActions } from '@/actions/action';
import { type MessageSubject, SCREEN_ACTIONS, type SearchTool } from '@/actions/message-actions';
import { refreshActions } from '@/actions/queue-actions';
import { useQueueOnScreen } from '@/actions/queue-on-screen';
import type { Account } from '@/azure/protocol/model';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { useAccount } from '@/queries/use-account';
import { useBrowse } from '@/state/messages/queue-browses';
import { openDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo } from '@/state/navigation/route';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { Arriving } from '@/ui/browser/arriving';
import { useIsShort } from '@/ui/browser/use-media';
import { announce } from '@/ui/feedback/live-region';
import { cx } from '@/ui/format/cx';
import { useHasToastAction } from '@/ui/overlay/toast-store';
import { quietPart } from '@/ui/parts/lazy-part';
import { DetailsPane } from './details/details-pane';
import { FilterBar } from './filter/filter-bar';
import { QueueHeader } from './header/queue-header';
import type { Received } from './leases/receive-bar';
import { MessageList } from './list/message-list';
import { nextAfter } from './list/next-row';
import type { OpenedMenu } from './list/row-menu';
import { ViewProvider } from './rows/use-preview';
import { RowsProvider, useQueueRows } from './rows/use-queue-rows';
import { SearchProvider, UnjudgedProvider, useSearch } from './rows/use-search';
import { useSelection } from './selection/use-selection';
import { useAfterRows } from './use-after-rows';

// Loaded when they are needed.
const Details = quietPart(async () => (await import('./details/details')).Details, { shape: 'pane' });
const BrowsePanel = quietPart(async () => (await import('./browse/browse-panel')).BrowsePanel, {
  waiting: <Arriving isPane />,
});
const CompareDialog = quietPart(async () => (await import('./compare/compare-dialog')).CompareDialog, {
  shape: 'dialog',
});
// Also for who turns a phone on its side without a network.
const ShortHeader = quietPart(async () => (await import('./header/short-header')).default, {
  waiting: <div className="h-11" />,
});

type MessagesScreenProps = { route: ExplorerRoute; leading?: ReactNode; sign?: ReactNode; strips?: ReactNode };

/** The screen of the queue of the route, with `leading` before its name, `sign` beside it, and `strips` above its rows. */
export function MessagesScreen({ route, leading, sign, strips }: MessagesScreenProps) {
  const account = useAccount(route.connectionId);
  const late = useAfterRows();
  if (!account || route.queue === undefined) return null;
  return (
    <>
      {late && <late.LeaseWatch />}
      <QueueMessages
        key={`${account.id}/${route.queue}`}
        route={route}
        account={account}
        queue={route.queue}
        leading={leading}
        sign={sign}
        strips={strips}
      />
    </>
  );
}

type QueueMessagesProps = {
  route: ExplorerRoute;
  account: Account;
  queue: string;
  leading: ReactNode;
  sign: ReactNode;
  strips: ReactNode;
};

/** One queue: its header, what narrows the rows, the rows, and the message that is open. */
function QueueMessages({ route, account, queue, leading, sign, strips }: QueueMessagesProps) {
  'use memo';
  const region = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<string>();
  const [received, setReceived] = useState<Received>();
  const [menu, setMenu] = useState<OpenedMenu>();
  const [tool, setTool] = useState<SearchTool>();
  const [isFilterOpen, setIsFilterOpen] = useState(false);
  const [comparing, setComparing] = useState<readonly MessageRow[]>([]);
  const ref = { connectionId: account.id, queue };
  const view = useQueueView(ref.connectionId, queue);
  const rows = useQueueRows({ route, account, queue });
  const { all, open } = rows;
  const search = useSearch(all, ref);
  const { shown } = search;
  const selection = useSelection(ref, { all, shown });
  const browse = useBrowse(ref.connectionId, queue);
  const late = useAfterRows();
  const current = open ?? all.find(({ id }) => id === cursor);
  const hasDetails = route.message !== undefined;
  const isShort = useIsShort();
  const isFilterShown = isFilterOpen || tool !== undefined || search.isNarrowed;

  const show = (message: string | undefined, replace: boolean) => goTo({ ...route, message }, { replace });
  /** In a short window the filter is shown when it is asked for. */
  function showFilter(isShown: boolean) {
    flushSync(() => setIsFilterOpen(isShown));
    if (isShown) field.current?.focus();
  }
  const grid = () => region.current?.querySelector<HTMLElement>('[role=grid]');
  const focusGrid = () => grid()?.focus();
  function close() {
    show(undefined, false);
    focusGrid();
  }

  // What means the queue as a whole asks whether it means what the filter leaves.
  const narrowed = search.isNarrowed && all.length > 0 ? { shown, filter: search.filter } : undefined;
  const on: MessageSubject = {
    ...ref,
    ...narrowed,
    account,
    client: useQueryClient(),
    isSelection: selection.rows.length > 0 || undefined,
    rows: selection.rows.length > 0 ? selection.rows : current ? [current] : [],
    open: current,
    showNewRows: rows.showNewRows,
    screen: {
      leave(ids) {
        selection.deselect(ids);
        if (hasDetails && ids.has(route.message ?? '')) show(nextAfter(shown, route.message ?? '', ids), true);
        focusGrid();
      },
      deselect: selection.deselect,
      selectAll: selection.selectAll,
      toggleLeasing: () => selection.setIsLeasing(!selection.isLeasing),
      compare: setComparing,
      step(by) {
        const next = shown[shown.findIndex(({ id }) => id === route.message) + by];
        if (hasDetails) return next && show(next.id, true);
        focusGrid();
        // The grid knows its current row.
        const key = by > 0 ? 'j' : 'k';
        grid()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      },
      toggleDetails() {
        const last = shown.find(({ id }) => id === cursor) ?? shown[0];
        if (hasDetails) {
          setCursor(route.message);
          close();
        } else if (last) show(last.id, false);
      },
      focusFilter: () => showFilter(true),
      openTool: setTool,
      show: (id) => show(id, hasDetails),
      escape: selection.isSelecting ? selection.clear : hasDetails ? close : undefined,
    },
  };
  // Undo can be done while a toast offers it.
  useHasToastAction('Z');
  useActions(SCREEN_ACTIONS, on);
  useQueueOnScreen(on);
  const hasKeys = selection.rows.length === 0;
  const isPartMeant = narrowed !== undefined || selection.ids.size > 0;

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {isShort ? (
        <ShortHeader
          on={on}
          mode={route.mode}
          leading={leading}
          sign={sign}
          narrowed={narrowed}
          isPartMeant={isPartMeant}
          isFilterShown={isFilterShown}
          onFilter={showFilter}
          onTool={setTool}
          onSelect={() => selection.setIsSelecting(true)}
        />
      ) : (
        <QueueHeader
          route={route}
          account={account}
          queue={queue}
          leading={leading}
          sign={sign}
          narrowed={narrowed}
          isPartMeant={isPartMeant}
        />
      )}
      {!isShort && strips}
      <RowsProvider value={rows}>
        <SearchProvider value={search}>
          <div className="relative flex min-h-0 flex-1">
            <section
              ref={region}
              aria-label="Message list"
              className="flex min-h-0 min-w-0 flex-1 flex-col overflow-x-hidden overflow-y-auto short:overflow-visible data-dropping:outline-2 data-dropping:-outline-offset-2 data-dropping:outline-accent-solid"
              {...fileDrop(ref)}
              {...BACK_TO_ROWS}
            >
              {!(late && selection.isSelecting) && (
                <div className={cx('contents', !isFilterShown && 'short:not-focus-within:hidden')}>
                  <FilterBar
                    field={field}
                    tool={tool}
                    onTool={setTool}
                    tools={
                      late && (
                        <late.SearchTools
                          on={on}
                          onSelectRows={selection.select}
                          tool={tool}
                          onTool={setTool}
                          onRefresh={() => runAction(refreshActions.refresh, on)}
                          onSelect={() => selection.setIsSelecting(true)}
                        />
                      )
                    }
                  />
                </div>
              )}
              {late && (
                <late.Fold mode={route.mode}>
                  {selection.isSelecting && <late.SelectionBar selection={selection} on={on} />}
                  {selection.isLeasing && (
                    <late.LeaseSelected on={on} rows={selection.rows} onClose={() => selection.setIsLeasing(false)} />
                  )}
                  {isShort && <late.LeaseLine on={on} />}
                  {isShort && strips}
                  {route.mode === 'receive' && (
                    <late.ReceiveBar account={account} queue={queue} onReceived={setReceived} />
                  )}
                  <late.RestoredLeasesStrip key={queue} on={on} />
                  {(route.mode === 'browse' || browse) && <BrowsePanel mode={route.mode} on={on} />}
                  {received && (
                    <late.ReceivedStrip
                      received={received}
                      on={on}
                      onSelect={selection.select}
                      onClose={() => setReceived(undefined)}
                    />
                  )}
                  {rows.peek.data && <late.StaleRows peek={rows.peek} />}
                </late.Fold>
              )}
              {late && <late.RowsAnnouncer />}
              {late && <late.PrintSheet selected={selection.rows} />}
              <UnjudgedProvider value={search.unjudged}>
                <ViewProvider value={view}>
                  <MessageList
                    rowName={late?.messageRowName}
                    menuEvents={
                      late &&
                      ((list) =>
                        late.rowMenuEvents(list, {
                          open: setMenu,
                          select: selection.begin,
                          isSelecting: selection.isSelecting,
                        }))
                    }
                    selected={selection.ids}
                    isSelecting={selection.isSelecting}
                    onSelectedChange={selection.select}
                    onActiveChange={(id) => {
                      setCursor(id);
                      if (hasDetails && route.message !== id) show(id, true);
                    }}
                    onCurrentChange={setCursor}
                    onOpen={(id) => {
                      if (route.message !== id) show(id, hasDetails);
                      if (!hasDetails) announce('Details are open. F6 goes to them, Esc closes them.');
                    }}
                  />
                </ViewProvider>
              </UnjudgedProvider>
              {/* Its place is there before it, so that no row jumps. */}
              {late ? <late.GridFoot mode={route.mode} /> : rows.peek.data && <div className="h-8 flex-none" />}
            </section>
            {route.message !== undefined && (
              <DetailsPane messageId={route.message} onClose={close}>
                <Details
                  id={route.message}
                  row={open}
                  isLoading={rows.peek.isPending}
                  on={on}
                  hasKeys={hasKeys}
                  onClose={close}
                />
              </DetailsPane>
            )}
          </div>
        </SearchProvider>
      </RowsProvider>
      {late && menu && (
        <late.RowMenu opened={menu} on={on} selected={selection.rows} onClose={() => setMenu(undefined)} />
      )}
      {comparing[0] && comparing[1] && (
        <CompareDialog {...ref} rows={[comparing[0], comparing[1]]} onClose={() => setComparing([])} />
      )}
    </div>
  );
}

/** A handler by which Esc leads from a field of a bar back to the rows. */
const BACK_TO_ROWS = {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
    const isField = event.target instanceof Element && event.target.matches('input:not([type=checkbox]), select');
    if (event.key !== 'Escape' || event.defaultPrevented || !isField) return;
    // It closes nothing besides.
    event.stopPropagation();
    event.currentTarget.querySelector<HTMLElement>('[role=grid]')?.focus();
  },
};

/** Handlers that import a dropped file into the queue; `data-dropping` is set while a file is over the rows. */
const fileDrop = (ref: QueueRef) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.currentTarget.dataset['dropping'] = '';
  },
  onDragLeave: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['dropping'];
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['dropping'];
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    openDialog({ kind: 'importMessages', ...ref, file });
  },
});
