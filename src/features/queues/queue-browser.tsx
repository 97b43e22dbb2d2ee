import { useQueryClient } from '@tanstack/react-query';
import { ChevronsUpDown, ListFilter, RefreshCw } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { shownKey, useActions } from '@/actions/action';
import { ActionIconButton } from '@/actions/action-button';
import { accountActions, queueListActions } from '@/actions/connection-actions';
import { queueActions } from '@/actions/queue-actions';
import type { Account } from '@/azure/protocol/model';
import { firstScreenIsThere } from '@/parts/first-screen';
import { useKnownQueues } from '@/queries/known-queues';
import { useLiveInterval } from '@/queries/live';
import { countQueues, refreshQueues } from '@/queries/queues';
import { latestCounts, useCountTotals } from '@/state/activity/queue-counts';
import { openQueue } from '@/state/navigation/route';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { findRows, focusRowsOf } from '@/ui/browser/focus-when-there';
import { isComposing } from '@/ui/browser/is-composing';
import { useAsync } from '@/ui/browser/use-async';
import { IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { Menu } from '@/ui/overlay/menu';
import { quietPart } from '@/ui/parts/lazy-part';
import { count } from '@/words/counts';
import { arrangeQueues } from './arrange-queues';
import { NoMatch, NoQueues, QueuesLoading } from './list-states';
import { QueueList } from './queue-list';

// Few lists fail. Where these cannot be loaded either, the failure is told all the same.
const StaleList = quietPart(async () => (await import('./unlisted-queues')).StaleList, {
  beside: ({ error }) => <p className="px-4 pb-2">{error.message}</p>,
});
const OpenFiltered = quietPart(async () => (await import('./unlisted-queues')).OpenFiltered);
const UnlistedQueues = quietPart(async () => (await import('./unlisted-queues')).UnlistedQueues, {
  beside: ({ known }) => (
    <p role="alert" className="p-4">
      {known.failure?.message}
    </p>
  ),
});

type QueueBrowserProps = {
  account: Account;
  current?: string | undefined;
  /** Called when a queue was chosen, so that a dialog can close. */
  onOpen?: (() => void) | undefined;
  /** The filter field, where a dialog puts the focus. */
  field?: RefObject<HTMLInputElement | null> | undefined;
};

/** The queues of an account: sort, refresh, create, filter, and the list or its state. */
export function QueueBrowser({ account, current, onOpen, field: outer }: QueueBrowserProps) {
  'use memo';
  const client = useQueryClient();
  const own = useRef<HTMLInputElement>(null);
  const field = outer ?? own;
  const [filter, setFilter] = useState('');
  const [round, setRound] = useState(0);
  const sort = usePreference('queueSort');
  const live = useLiveInterval(account.id);
  const known = useKnownQueues(account, { refetchInterval: live && Math.max(live, LIST_INTERVAL_MS) });
  const { list, names, failure } = known;
  const { counts, isCounting } = useRanking(account, names, sort === 'count' && list.isFetched, round);
  const { counted } = useCountTotals(account.id);
  const isFirst = current === undefined && (list.data !== undefined || failure !== undefined);
  useEffect(() => {
    if (isFirst) firstScreenIsThere();
  }, [isFirst]);
  const rows = arrangeQueues(names, { filter, sort, counts });

  const refresh = () => {
    void refreshQueues(client, account);
    setRound((one) => one + 1);
  };
  const clearFilter = () => {
    setFilter('');
    field.current?.focus();
  };
  const focusFilter = () => {
    field.current?.focus();
    field.current?.select();
  };
  const step = (by: 1 | -1) => {
    const index = rows.findIndex(({ name }) => name === current);
    const next = rows[index < 0 ? 0 : (index + by + rows.length) % rows.length];
    if (next) openQueue(account.id, next.name);
  };
  const on = { connectionId: account.id };
  useActions(Object.values(queueListActions), { ...on, sort, focusFilter, refresh, step });
  useActions(account.onlyQueue === undefined ? Object.values(accountActions) : [], on);
  useActions(current === undefined ? [] : [queueActions.policies], { ...on, queue: current ?? '' });

  function onFilterKey(event: KeyboardEvent) {
    const [first] = rows;
    if (event.key === 'Escape' && filter) {
      event.stopPropagation();
      setFilter('');
    } else if (event.key === 'Escape' && outer === undefined) findRows()?.focus();
    else if (event.key === 'Enter' && first && !isComposing(event.nativeEvent)) {
      openQueue(account.id, first.name);
      onOpen?.();
      void focusRowsOf(first.name);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      event.currentTarget.closest('[data-queues]')?.querySelector<HTMLElement>('li a[tabindex="0"]')?.focus();
    }
  }

  return (
    <div data-queues className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-7 flex-none items-center gap-1 pr-1.5 pl-4 text-11 text-text-3 max-desk:h-11 [&_.lucide]:text-text-3">
        <h2 className="font-semibold tracking-[0.01em]">Queues</h2>
        {list.data && <span className="ml-0.5">{count(names.length)}</span>}
        <span className="flex-1" />
        <Menu
          trigger={<IconButton size="sm" label="Sort queues" icon={<ChevronsUpDown />} />}
          items={[
            { label: 'By name', checked: sort === 'name', onSelect: () => setPreference('queueSort', 'name') },
            { label: 'By count', checked: sort === 'count', onSelect: () => setPreference('queueSort', 'count') },
          ]}
        />
        <IconButton size="sm" label="Refresh counts" icon={<RefreshCw />} onClick={refresh} />
        <ActionIconButton action={accountActions.create} on={on} size="sm" />
      </div>
      <div className="flex-none px-2 pt-1 pb-2">
        <TextInput
          ref={field}
          aria-label="Filter queues"
          placeholder="Filter queues"
          icon={<ListFilter className="size-3.5" />}
          kbd={filter ? undefined : shownKey(queueListActions.filter)}
          soft
          className="bg-transparent!"
          value={filter}
          {...REFUSES_SECRETS}
          onChange={setFilter}
          onKeyDown={onFilterKey}
        />
      </div>
      <>
        {list.error && list.data && (
          <StaleList error={list.error} updatedAt={list.dataUpdatedAt} onRetry={() => void list.refetch()} />
        )}
      </>
      {list.data ? (
        names.length === 0 ? (
          <NoQueues connectionId={account.id} />
        ) : rows.length === 0 ? (
          <NoMatch
            connectionId={account.id}
            filter={filter}
            onClear={clearFilter}
            open={
              known.isWhole ? undefined : (
                <>
                  <OpenFiltered account={account} name={filter.trim()} onOpen={onOpen} />
                </>
              )
            }
          />
        ) : (
          <QueueList
            account={account}
            rows={rows}
            current={current}
            onOpen={onOpen}
            filter={filter}
            progress={isCounting ? { done: Math.min(counted, names.length), of: names.length } : undefined}
          />
        )
      ) : failure ? (
        <>
          <UnlistedQueues account={account} known={known} rows={rows} current={current} onOpen={onOpen} field={field} />
        </>
      ) : (
        <QueuesLoading />
      )}
    </div>
  );
}

/** Between two lists of queues in live mode: names change seldom, and 5,000 of them are a megabyte. */
const LIST_INTERVAL_MS = 30_000;

type Ranking = { counts: ReturnType<typeof latestCounts>; isFinished: boolean };

/**
 * Counts to sort by. While `isNeeded`, counts every queue in the background and takes the counts over once a second and
 * at the end; then they stand still until `round` changes, so that rows do not swap places under the pointer.
 */
function useRanking(account: Account, names: readonly string[], isNeeded: boolean, round: number) {
  'use memo';
  const client = useQueryClient();
  const [known] = useState(() => latestCounts(account.id));
  const key = isNeeded ? [client, account, names.join(' '), round] : undefined;
  const { value, last } = useAsync<Ranking>(key, async (signal, show) => {
    const rank = (isFinished: boolean) => show({ counts: latestCounts(account.id), isFinished });
    const timer = setInterval(rank, 1000, false);
    try {
      await countQueues(client, account, names, signal);
    } finally {
      clearInterval(timer);
    }
    rank(true);
  });
  return { counts: last?.counts ?? known, isCounting: isNeeded && value?.isFinished !== true };
}
