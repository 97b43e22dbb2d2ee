import { FileWarning } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { queueActions, readActions } from '@/actions/queue-actions';
import { verdict } from '@/azure/diagnosis/verdict-text';
import type { StorageError } from '@/azure/protocol/errors';
import type { QueueRef } from '@/messages/record';
import { connectionOf } from '@/state/connections/connections';
import { viewRequestOf } from '@/state/navigation/view-request';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { Button } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { StatePanel } from '@/ui/feedback/state-panel';

type UnreadableQueueProps = QueueRef & { error: StorageError; onRetry: () => void };

/** The state of a queue with a message that the service itself cannot write into an answer, with the ways around it. */
export function UnreadableQueue({ error, onRetry, ...on }: UnreadableQueueProps) {
  const peekCount = usePreference('peekCount');
  const connection = connectionOf(on.connectionId);
  if (!connection) return null;
  const { title, explanation } = verdict('unreadableMessage', { connection, origin: location.origin });
  return (
    <StatePanel
      role="alert"
      tone="warn"
      icon={<FileWarning />}
      title={title}
      actions={
        <>
          {peekCount > 1 ? (
            <Button variant="primary" onClick={() => setPreference('peekCount', 1)}>
              Peek 1 message
            </Button>
          ) : (
            <Button variant="primary" onClick={onRetry}>
              Check again
            </Button>
          )}
          <ActionButton action={readActions.receive} on={on}>
            Receive one at a time
          </ActionButton>
          <ActionButton action={queueActions.clear} on={on} />
        </>
      }
      foot={{ code: String(error.status), action: <ViewRequest onView={viewRequestOf(error)} /> }}
    >
      <p>{explanation}</p>
    </StatePanel>
  );
}
