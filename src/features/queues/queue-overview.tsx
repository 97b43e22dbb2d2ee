import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Layers, OctagonAlert, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ActionButton, ActionIconButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { LiveControls } from '@/actions/live-controls';
import { OpenByName, openQueueByName } from '@/actions/open-by-name';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { type KnownQueues, useKnownQueues } from '@/queries/known-queues';
import { useLiveInterval } from '@/queries/live';
import { pacedInterval } from '@/queries/live-cost';
import { countQueues, queueProperties } from '@/queries/queues';
import { useAccount } from '@/queries/use-account';
import { useCountSamples, useCountTotals } from '@/state/activity/queue-counts';
import { useConnection } from '@/state/connections/connections';
import { FailureView } from '@/state/navigation/failure-view';
import { openQueue, queueRoute, routeHref } from '@/state/navigation/route';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { usePreference } from '@/state/settings/preferences';
import { useMedia } from '@/ui/browser/use-media';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { cx } from '@/ui/format/cx';
import { quietPart } from '@/ui/parts/lazy-part';
import { count, exactly, plural } from '@/words/counts';
import { arrangeQueues } from './arrange-queues';
import { QueueBrowser } from './queue-browser';

// Few lists fail.
const OpenedByName = quietPart(async () => (await import('./unlisted-queues')).OpenedByName);

type QueueOverviewProps = {
  connectionId: string;
  leading?: ReactNode;
  /** How the connection is, where there is no status bar. */
  sign?: ReactNode;
  /** What is leased to this browser, in the head. */
  leases?: ReactNode;
};

/** An account without an open queue: totals and poison queues, or the list of queues where there is no sidebar. */
export function QueueOverview({ connectionId, leading, sign, leases }: QueueOverviewProps) {
  'use memo';
  const account = useAccount(connectionId);
  const isNarrow = useMedia('(width < 960px), (height < 520px)');
  const { open: isSidebarOpen } = usePreference('sidebar');
  if (!account) return null;
  return isSidebarOpen && !isNarrow ? (
    <Overview key={account.id} account={account} leases={leases} />
  ) : (
    <ListAlone key={account.id} account={account} leading={leading} sign={sign} leases={leases} />
  );
}

type ListAloneProps = { account: Account; leading: ReactNode; sign: ReactNode; leases: ReactNode };

function ListAlone({ account, leading, sign, leases }: ListAloneProps) {
  const known = useKnownQueues(account);
  const isRelayed = useConnection(account.id)?.relay ?? false;
  return (
    <div className="flex h-full min-h-0 flex-col bg-canvas short:h-auto short:min-h-full">
      <header className="flex h-15 flex-none items-center gap-3 px-4 max-desk:px-3 short:sticky short:top-0 short:z-20 short:h-11 short:gap-1 short:border-b short:border-line short:bg-canvas short:px-2">
        {leading}
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <h1 className="min-w-12 truncate text-15 font-semibold" title={account.name}>
            {account.name}
          </h1>
          {sign}
          {/* Where there is no status bar, the sign says it. */}
          {isRelayed && (
            <Badge
              title="The local server of this page passes its requests on"
              className="max-desk:hidden short:hidden"
            >
              By relay
            </Badge>
          )}
        </span>
        {leases}
        <LiveControls className="flex-none [&>:not(:first-child)]:max-desk:hidden" />
        <ActionIconButton action={accountActions.clear} on={{ connectionId: account.id }} />
      </header>
      {known.failure ? (
        <NotListed account={account} known={known} failure={known.failure} />
      ) : (
        <QueueBrowser account={account} />
      )}
    </div>
  );
}

/** Why the queues could not be listed, and below it those that a person opens by their names. */
function NotListed({ account, known, failure }: { account: Account; known: KnownQueues; failure: Error }) {
  const rows = arrangeQueues(known.names, { filter: '', sort: 'name', counts: NO_COUNTS });
  return (
    <div data-queues className="flex min-h-0 flex-1 flex-col">
      <div className={cx('flex min-h-0 flex-col', known.names.length > 0 ? 'max-h-3/5' : 'flex-1')}>
        <FailureView error={failure} connectionId={account.id} onRetry={() => void known.list.refetch()} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-t border-line pt-3 not-has-[section]:flex-none">
        <OpenedByName account={account} known={known} rows={rows} current={undefined} onOpen={undefined} />
      </div>
    </div>
  );
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

function Overview({ account, leases }: { account: Account; leases: ReactNode }) {
  const { list, names, failure } = useKnownQueues(account);
  if (list.data)
    return names.length === 0 ? (
      <Empty account={account} />
    ) : (
      <Totals account={account} names={names} leases={leases} />
    );
  if (failure)
    return (
      <>
        <h1 className="sr-only">{account.name}</h1>
        <FailureView error={failure} connectionId={account.id} onRetry={() => void list.refetch()} />
        <p className="border-t border-line px-6 py-2 text-12 text-text-3">
          A queue that this credential may use can be opened by its name, in the pane of queues beside this one.
        </p>
      </>
    );
  return <Skeleton label={`Listing queues of ${account.name}`} />;
}

const Empty = ({ account }: { account: Account }) => (
  <>
    <h1 className="sr-only">{account.name}</h1>
    <StatePanel
      icon={<Layers />}
      title="No queues yet"
      actions={
        <ActionButton
          action={accountActions.create}
          on={{ connectionId: account.id }}
          variant="primary"
          icon={<Plus />}
        >
          Create a queue
        </ActionButton>
      }
    >
      <p>{account.name} answers and holds no queue. Create one to add messages to.</p>
    </StatePanel>
  </>
);

function Totals({ account, names, leases }: { account: Account; names: readonly string[]; leases: ReactNode }) {
  const { counted, messages } = useCountTotals(account.id);
  const [isCountingAll, setIsCountingAll] = useState(false);
  const on = { connectionId: account.id };
  const mayOpenOthers = account.onlyQueue !== undefined && mayNameQueues(account.id);
  const poison = names.filter((name) => poisonParent(name) !== undefined);
  // Counts poison queues unasked: they are few, and need attention.
  useCounting(account, isCountingAll ? names : poison);
  return (
    <div className="h-full overflow-auto">
      <header className="flex min-h-13 items-center gap-3 border-b border-line px-4">
        <h1 className="min-w-0 truncate text-18 font-semibold">{account.name}</h1>
        <p className="text-text-2">{exactly(names.length, 'queue')}</p>
        <LiveControls className="flex-none" />
        <span className="flex-1" />
        {leases}
      </header>
      <div className="grid max-w-180 gap-8 p-4">
        <section>
          <h2 className="text-15 font-semibold">Choose a queue</h2>
          <p className="mt-1 text-text-2">
            {account.onlyQueue === undefined
              ? totalText(names.length, counted, messages)
              : mayOpenOthers
                ? 'The shared access signature of this connection may not list queues. It may use others that you name.'
                : 'The shared access signature of this connection is for one queue. Other queues of the account cannot be seen with it.'}
          </p>
          {mayOpenOthers && (
            <div className="mt-4 max-w-90">
              <OpenByName onOpen={(queue) => openQueueByName(account.id, queue)} />
            </div>
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            {counted < names.length && (
              <Button disabled={isCountingAll} onClick={() => setIsCountingAll(true)}>
                {isCountingAll ? 'Counting' : 'Count all queues'}
              </Button>
            )}
            {account.onlyQueue !== undefined && (
              <Button variant="primary" onClick={() => openQueue(account.id, account.onlyQueue)}>
                Open {account.onlyQueue}
              </Button>
            )}
            <ActionButton action={accountActions.create} on={on} icon={<Plus />}>
              Create a queue
            </ActionButton>
            <ActionButton action={accountActions.clear} on={on} />
          </div>
        </section>
        {poison.length > 0 && <PoisonQueues account={account} queues={poison} />}
      </div>
    </div>
  );
}

/** The poison queues, whose messages wait for a person. */
function PoisonQueues({ account, queues }: { account: Account; queues: readonly string[] }) {
  const interval = pacedInterval(useLiveInterval(account.id), queues.length);
  return (
    <section>
      <h2 className="text-15 font-semibold">Poison queues</h2>
      <p className="mt-1 text-text-2">Messages that kept failing, and that nobody receives any more.</p>
      <table className="mt-3 w-full table-fixed text-left">
        <thead className="text-11 text-text-3">
          <tr className="h-7 border-y border-line bg-canvas">
            <th className="px-3 font-semibold">Queue</th>
            <th className="px-3 font-semibold">Comes from</th>
            <th className="w-24 px-3 text-right font-semibold">Messages</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <PoisonQueue key={queue} account={account} queue={queue} interval={interval} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PoisonQueue({ account, queue, interval }: { account: Account; queue: string; interval: number | false }) {
  useQuery({ ...queueProperties(account, queue), refetchInterval: interval, enabled: interval !== false });
  const sample = useCountSamples(account.id, queue).at(-1);
  const messages = sample?.count;
  const isAlarming = messages !== undefined && messages > 0;
  return (
    <tr className="h-8 border-b border-line">
      <td className="truncate px-3">
        <a
          href={routeHref(queueRoute(account.id, queue))}
          className={cx(
            'inline-flex max-w-full items-center gap-1.5 hover:underline',
            isAlarming ? 'text-danger' : 'text-text-2',
          )}
        >
          <OctagonAlert className="size-3.5 flex-none" />
          <span className="truncate">{queue}</span>
        </a>
      </td>
      <td className="truncate px-3 text-text-2">{poisonParent(queue)}</td>
      <td className={isAlarming ? 'px-3 text-right font-semibold text-danger' : 'px-3 text-right text-text-3'}>
        {messages === undefined ? sample && '?' : count(messages)}
      </td>
    </tr>
  );
}

function totalText(queues: number, counted: number, messages: number): string {
  const sum = `about ${count(messages)} ${plural(messages, 'message')}`;
  if (counted === 0) return 'No counts yet.';
  if (counted < queues)
    return `So far ${sum} in the ${count(counted)} of ${count(queues)} ${plural(queues, 'queue')} that were counted.`;
  return `Together they hold ${sum}, leased ones included.`;
}

/** Counts queues in the background while the component is mounted. */
function useCounting(account: Account, queues: readonly string[]) {
  const client = useQueryClient();
  useEffect(() => {
    const controller = new AbortController();
    void countQueues(client, account, queues, controller.signal);
    return () => controller.abort();
  }, [client, account, queues]);
}
