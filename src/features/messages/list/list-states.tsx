import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff, Layers, Plus, Search } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { readActions } from '@/actions/queue-actions';
import { describeError } from '@/azure/diagnosis/failure-text';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Listed } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { useQueueRecords } from '@/state/messages/records';
import { FailureView } from '@/state/navigation/failure-view';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';
import { count } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';

/** The state of a queue without visible messages. */
export function EmptyQueue({ at, approximate, ...ref }: QueueRef & Omit<Hidden, 'ours'>) {
  const { queue } = ref;
  const { records } = useQueueRecords(ref.connectionId, queue);
  const hidden = approximate !== undefined && approximate > 0;
  return (
    <StatePanel
      role="status"
      icon={<Layers />}
      title={hidden ? `No message of ${queue} is visible` : `${queue} is empty`}
      actions={<ActionButton action={readActions.add} on={ref} variant="primary" />}
    >
      {emptyText({ approximate, at, ours: hiddenHere(records) })}
    </StatePanel>
  );
}

/** Messages of a queue that this tab leases or has hidden. */
export const hiddenHere = (records: QueueRecords): number =>
  records.held + [...records.leased('nobody')].filter(({ standing }) => standing.is === 'hidden').length;

type Hidden = {
  approximate: number | undefined;
  /** Epoch ms of the peek that showed none. */
  at: number;
  /** Messages that this tab has hidden. */
  ours: number;
};

/** Why no message of a queue can be seen. */
export function emptyText({ approximate = 0, at, ours }: Hidden): string {
  const time = clockTime(at);
  if (approximate === 0)
    return `No visible messages at ${time}. Messages leased by other consumers stay hidden until their lease ends.`;
  const are = approximate === 1 ? 'message is' : 'messages are';
  const others = 'leased by other consumers, or waiting for a delay to end';
  const why =
    ours === 0
      ? others
      : ours >= approximate
        ? 'this tab has hidden all of them'
        : `${count(ours)} hidden by this tab, the others ${others}`;
  return `About ${count(approximate)} ${are} in it, none visible at ${time}: ${why}.`;
}

/** The state of a filter that no loaded row matches. */
export function NoMatch({ loaded, onClear }: { loaded: number; onClear: () => void }) {
  return (
    <StatePanel
      role="status"
      icon={<Search />}
      title={loaded === 1 ? 'The one loaded message does not match' : `None of ${loaded} loaded messages matches`}
      actions={<Button onClick={onClear}>Clear filters</Button>}
    >
      The filter looks at ids and decoded bodies of what is loaded, not at the rest of the queue.
    </StatePanel>
  );
}

/** The state of a first peek that failed. */
export function FirstLoadFailure({
  connectionId,
  queue,
  error,
  onRetry,
}: QueueRef & { error: Error; onRetry: () => void }) {
  if (!(error instanceof StorageError && error.code === 'QueueNotFound'))
    return <FailureView error={error} connectionId={connectionId} onRetry={onRetry} />;
  return (
    <StatePanel
      role="alert"
      icon={<Search />}
      title={`${queue} does not exist`}
      actions={
        <>
          <Button variant="primary" onClick={() => openDialog({ kind: 'chooseQueue', connectionId })}>
            Choose a queue
          </Button>
          <ActionButton action={accountActions.create} on={{ connectionId, name: queue }} icon={<Plus />}>
            Create {queue}
          </ActionButton>
        </>
      }
      foot={{ code: `${error.status} ${error.code}`, action: <ViewRequest onView={viewRequestOf(error)} /> }}
    >
      It was deleted, or never was there. After a delete, Azure keeps the name busy for about 30 seconds.
    </StatePanel>
  );
}

/** Says above the rows that the last peek failed. */
export function StaleRows({ peek }: { peek: UseQueryResult<Listed> }) {
  const { error, dataUpdatedAt, refetch, isFetching } = peek;
  if (!error) return null;
  const isUnanswered = error instanceof UnreachableError;
  const { reason, code } = describeError(error);
  return (
    <Strip
      tone="warn"
      icon={<CloudOff />}
      title={`${isUnanswered ? (navigator.onLine ? 'No answer' : 'Offline') : 'Not refreshed'} since ${clockTime(dataUpdatedAt)}`}
      action={
        <>
          <ViewRequest onView={viewRequestOf(error)} />
          <Button size="sm" disabled={isFetching} onClick={() => void refetch()}>
            Retry
          </Button>
        </>
      }
    >
      {isUnanswered ? (
        'The rows below are the last known. Leases keep running on the server.'
      ) : (
        <>
          {reason} <span className="font-mono">{code}</span>
        </>
      )}
    </Strip>
  );
}
