import { CircleAlert, Plus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ActionButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { describeError } from '@/azure/diagnosis/failure-text';
import { UnreachableError } from '@/azure/protocol/errors';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { clockTime } from '@/ui/format/relative-time';
import { isQueueName } from './name-rules';

export const QueuesLoading = () => <Skeleton label="Listing queues" columns={[124, 36, 42]} rowHeight={29} rows={12} />;

/** A state in place of the rows, small enough for the sidebar. */
function Note({ title, children, actions }: { title: string; children?: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex-1 px-4 py-3">
      <h3 className="font-semibold break-words">{title}</h3>
      {children && <div className="mt-1 text-12 text-pretty text-text-2">{children}</div>}
      <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>
    </div>
  );
}

export const NoQueues = (on: { connectionId: string }) => (
  <Note
    title="No queues yet"
    actions={
      <ActionButton action={accountActions.create} on={on} icon={<Plus />}>
        Create a queue
      </ActionButton>
    }
  >
    This account has no queues.
  </Note>
);

type NoMatchProps = { connectionId: string; filter: string; onClear: () => void };

export function NoMatch({ connectionId, filter, onClear }: NoMatchProps) {
  const name = filter.trim();
  return (
    <Note
      title={`Nothing matches “${name}”`}
      actions={
        <>
          <Button kbd="Esc" onClick={onClear}>
            Clear filter
          </Button>
          {isQueueName(name) && (
            <ActionButton
              action={accountActions.create}
              on={{ connectionId, name }}
              icon={<Plus />}
              className="max-w-full min-w-0"
            >
              <span className="truncate">Create {name}</span>
            </ActionButton>
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

/** Says above the queues that the last list failed. */
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
