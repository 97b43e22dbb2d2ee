import { Plus, Search } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { forgetQueueName } from '@/actions/open-by-name';
import { mayBeUnreadableMessage } from '@/azure/diagnosis/failure-text';
import { StorageError } from '@/azure/protocol/errors';
import type { QueueRef } from '@/messages/record';
import { useOpenedQueues } from '@/state/connections/opened-queues';
import { FailureView } from '@/state/navigation/failure-view';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';
import { lazyPart } from '@/ui/parts/lazy-part';

const UnreadableQueue = lazyPart(async () => (await import('./unreadable-queue')).UnreadableQueue, { shape: 'pane' });

/** The state of a first peek that failed. */
export default function FirstLoadFailure({
  connectionId,
  queue,
  error,
  onRetry,
}: QueueRef & { error: Error; onRetry: () => void }) {
  const isRemembered = useOpenedQueues(connectionId).includes(queue);
  if (error instanceof StorageError && mayBeUnreadableMessage(error))
    return <UnreadableQueue {...{ connectionId, queue, error, onRetry }} />;
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
          {isRemembered && (
            <Button
              title="Leaves it out of the queues that were opened by name"
              onClick={() => void forgetQueueName(connectionId, queue)}
            >
              Forget
            </Button>
          )}
        </>
      }
      foot={{ code: `${error.status} ${error.code}`, action: <ViewRequest onView={viewRequestOf(error)} /> }}
    >
      It was deleted, or never was there. After a delete, Azure keeps the name busy for about 30 seconds.
    </StatePanel>
  );
}
