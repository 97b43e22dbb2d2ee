import { CircleAlert, Plus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { UnreachableError } from '@/azure/protocol/errors';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { clockTime } from '@/ui/format/relative-time';
import { isQueueName } from './name-rules';

export const QueuesLoading = () => <Skeleton label="Listing queues" columns={[124, 36, 42]} rowHeight={29} rows={12} />;

/** What the list shows in place of rows: small, since the sidebar is. */
function Note({ title, children, actions }: { title: string; children?: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex-1 px-4 py-3">
      <h3 className="font-semibold break-words">{title}</h3>
      {children && <div className="mt-1 text-12 text-pretty text-text-2">{children}</div>}
      <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>
    </div>
  );
}

export const NoQueues = ({ onCreate, reason }: { onCreate: () => void; reason: string | undefined }) => (
  <Note
    title="No queues yet"
    actions={
      <Button icon={<Plus />} disabled={reason !== undefined} title={reason} onClick={onCreate}>
        Create a queue
      </Button>
    }
  >
    This account has no queues.
  </Note>
);

/** `reason`: why no queue can be created. */
type NoMatchProps = { connectionId: string; filter: string; reason: string | undefined; onClear: () => void };

export function NoMatch({ connectionId, filter, reason, onClear }: NoMatchProps) {
  const name = filter.trim();
  const create = () => openDialog({ kind: 'createQueue', connectionId, name });
  return (
    <Note
      title={`Nothing matches “${name}”`}
      actions={
        <>
          <Button kbd="Esc" onClick={onClear}>
            Clear filter
          </Button>
          {isQueueName(name) && (
            <Button
              icon={<Plus />}
              disabled={reason !== undefined}
              title={reason}
              onClick={create}
              className="max-w-full min-w-0"
            >
              <span className="truncate">Create {name}</span>
            </Button>
          )}
        </>
      }
    />
  );
}

export function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { reason, code } = describeError(error);
  return (
    <div role="alert" className="contents">
      <Note
        title="The queues could not be listed"
        actions={
          <>
            <Button onClick={onRetry}>Try again</Button>
            <ViewRequest onView={viewRequestOf(error)} />
          </>
        }
      >
        {reason}
        {code && <span className="mt-1 block font-mono break-words text-text-3">{code}</span>}
      </Note>
    </div>
  );
}

type StaleListProps = { error: Error; updatedAt: number; onRetry: () => void };

/** Above queues that are still shown although asking again failed. */
export const StaleList = ({ error, updatedAt, onRetry }: StaleListProps) => (
  <Strip
    tone="warn"
    icon={error instanceof UnreachableError ? <TriangleAlert /> : <CircleAlert />}
    title={`Queues as of ${clockTime(updatedAt)}`}
    className="mb-2"
    action={
      <Button size="sm" onClick={onRetry}>
        Retry
      </Button>
    }
  >
    <span className="font-mono">{describeError(error).code ?? 'No answer'}</span>{' '}
    <ViewRequest onView={viewRequestOf(error)} />
  </Strip>
);
