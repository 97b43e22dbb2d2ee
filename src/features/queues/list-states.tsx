import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { ActionButton } from '@/actions/action-button';
import { accountActions } from '@/actions/connection-actions';
import { Button } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { isolated } from '@/words/isolate';
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

type NoMatchProps = {
  connectionId: string;
  filter: string;
  onClear: () => void;
  /** Opens the queue of that name, where the list may leave it out. */
  open?: ReactNode;
};

export function NoMatch({ connectionId, filter, onClear, open }: NoMatchProps) {
  const name = filter.trim();
  return (
    <Note
      title={`Nothing matches “${isolated(name)}”`}
      actions={
        <>
          <Button kbd="Esc" onClick={onClear}>
            Clear filter
          </Button>
          {isQueueName(name) && open}
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
