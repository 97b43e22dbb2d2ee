import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useBrowse } from '@/state/messages/queue-browses';
import { openDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo } from '@/state/navigation/route';
import { useDenialReason } from '@/state/permissions/permissions';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { DetailsPane } from './details/details-pane';
import { FilterBar } from './filter/filter-bar';
import { QueueHeader } from './header/queue-header';
import type { Received } from './leases/receive-bar';
import { fileDrop } from './list/file-drop';
import { GridFoot } from './list/list-footer';
import { StaleRows } from './list/list-states';
import { MessageList } from './list/message-list';
import { nextAfter } from './list/next-row';
import { isFree } from './rows/taken';
import { useMessageRows } from './rows/use-message-rows';
import { ViewProvider } from './rows/use-preview';
import { useMessageWork } from './selection/use-message-selection';
import { changeMode } from './shared/change-mode';
import type { SearchTool } from './shared/search-tool';
import { useAfterRows, withAfterRows } from './use-after-rows';
import { useMessageCommands } from './use-message-commands';

// Not needed until a message is opened.
const Details = lazy(async () => ({ default: (await import('./details/details')).Details }));
const BrowsePanel = lazy(async () => ({ default: (await import('./browse/browse-panel')).BrowsePanel }));
const CompareDialog = lazy(async () => ({ default: (await import('./compare/compare-dialog')).CompareDialog }));

type QueueMessagesProps = { route: ExplorerRoute; account: Account; queue: string; leading: ReactNode };

/** One queue: its header, what narrows the rows, the rows, and the message that is open. */
export function QueueMessages({ route, account, queue, leading }: QueueMessagesProps) {
  'use memo';
  const region = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<string>();
  const [received, setReceived] = useState<Received>();
  const [tool, setTool] = useState<SearchTool>();
  const view = useQueueView(account.id, queue);
  const model = useMessageRows({ route, account, queue });
  const { all, shown, open } = model;
  const browse = useBrowse(account.id, queue);
  const current = open ?? all.find(({ id }) => id === cursor);
  const work = useMessageWork({ account, queue, all, shown, current, withLate: withAfterRows, onLeave: leave });
  const late = useAfterRows();

  const show = (message: string | undefined, replace: boolean) => goTo({ ...route, message }, { replace });
  const grid = () => region.current?.querySelector<HTMLElement>('[role=grid]');
  const focusGrid = () => grid()?.focus();
  function close() {
    show(undefined, false);
    focusGrid();
  }
  function step(by: 1 | -1) {
    const next = shown[shown.findIndex(({ id }) => id === route.message) + by];
    if (next) show(next.id, true);
  }
  /** From wherever the focus is: through the details when they are open, else through the rows. */
  function stepFromAnywhere(by: 1 | -1) {
    if (route.message !== undefined) return step(by);
    focusGrid();
    // The grid alone knows which row it is on.
    const key = by > 0 ? 'j' : 'k';
    grid()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }
  function toggleDetails() {
    if (route.message !== undefined) {
      setCursor(route.message);
      close();
    } else {
      const last = shown.find(({ id }) => id === cursor) ?? shown[0];
      if (last) show(last.id, false);
    }
  }
  function leave(ids: ReadonlySet<string>) {
    if (route.message !== undefined && ids.has(route.message)) show(nextAfter(shown, route.message, ids), true);
    focusGrid();
  }

  function selectAll() {
    work.select(new Set([...work.selected, ...shown.map(({ id }) => id)]));
  }

  useMessageCommands({
    denialReason: useDenialReason(account.id, queue),
    reasons: work.reasons,
    onMode: (mode) => changeMode(route, mode),
    onStep: stepFromAnywhere,
    onSelectAll: selectAll,
    onDetails: toggleDetails,
    onFilter: () => field.current?.focus(),
    onTool: setTool,
    onRefresh: model.refresh,
    onAdd: () => openDialog({ kind: 'addMessage', connectionId: account.id, queue }),
    onEdit: work.onTargets.edit,
    onMove: work.onTargets.move,
    onExport: () => openDialog({ kind: 'exportMessages', connectionId: account.id, queue }),
    onImport: () => openDialog({ kind: 'importMessages', connectionId: account.id, queue }),
    onDelete: work.onTargets.remove,
    onExtend: work.onTargets.extend,
    onRelease: work.onTargets.release,
    onCopy: work.onTargets.copy,
    onCompare: work.compare,
    onEscape:
      work.checked.length > 0 || work.isSelecting ? work.clear : route.message === undefined ? undefined : close,
  });

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <QueueHeader route={route} account={account} queue={queue} leading={leading} />
      <div className="relative flex min-h-0 flex-1">
        <section
          ref={region}
          aria-label="Message list"
          className="flex min-h-0 min-w-0 flex-1 flex-col data-dropping:outline-2 data-dropping:-outline-offset-2 data-dropping:outline-accent-solid"
          {...fileDrop(account.id, queue)}
        >
          {late && (work.checked.length > 0 || work.isSelecting) ? (
            <late.SelectionBar work={work} onSelectAll={selectAll} />
          ) : (
            <FilterBar
              connectionId={account.id}
              queue={queue}
              field={field}
              model={model}
              tool={tool}
              onTool={setTool}
              onSelect={() => work.setIsSelecting(true)}
            />
          )}
          {late && work.isLeasing && work.selected.size > 0 && (
            <late.LeaseSelected
              context={work.context}
              rows={work.checked.filter(isFree)}
              onClose={() => work.setIsLeasing(false)}
            />
          )}
          {late && route.mode === 'receive' && (
            <late.ReceiveBar account={account} queue={queue} onReceived={setReceived} />
          )}
          {late && <late.StillLeased key={queue} context={work.context} />}
          {(route.mode === 'browse' || browse) && (
            <Suspense>
              <BrowsePanel mode={route.mode} work={work} model={model} />
            </Suspense>
          )}
          {late && received && (
            <late.ReceivedStrip received={received} work={work} onClose={() => setReceived(undefined)} />
          )}
          {model.peek.data && <StaleRows peek={model.peek} />}
          <ViewProvider value={view}>
            <MessageList
              route={route}
              queue={queue}
              model={model}
              selected={work.selected}
              isSelecting={work.isSelecting || work.checked.length > 0}
              onSelectedChange={work.select}
              onActiveChange={(id) => {
                setCursor(id);
                if (route.message !== undefined && route.message !== id) show(id, true);
              }}
              onOpen={(id) => {
                if (route.message !== id) show(id, route.message !== undefined);
              }}
            />
          </ViewProvider>
          <GridFoot route={route} model={model} />
        </section>
        {route.message !== undefined && (
          <DetailsPane messageId={route.message} onClose={close}>
            <Suspense>
              <Details
                id={route.message}
                row={open}
                isLoading={model.peek.isPending}
                work={work}
                onStep={step}
                onClose={close}
              />
            </Suspense>
          </DetailsPane>
        )}
      </div>
      <Suspense>
        {work.comparing && (
          <CompareDialog
            connectionId={account.id}
            queue={queue}
            rows={work.comparing}
            onClose={() => work.setComparing(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}
