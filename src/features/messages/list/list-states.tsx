import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff, Plus, Search } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { describeError } from '@/azure/diagnosis/failure-text';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Listed } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { FailureView } from '@/state/navigation/failure-view';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';
import { clockTime } from '@/ui/format/relative-time';

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
