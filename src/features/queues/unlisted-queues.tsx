import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import { type MouseEvent, type RefObject, useEffect, useId } from 'react';
import { forgetQueueName, OpenByName, openQueueByName } from '@/actions/open-by-name';
import { describeError } from '@/azure/diagnosis/failure-text';
import { UnreachableError } from '@/azure/protocol/errors';
import type { Account } from '@/azure/protocol/model';
import type { KnownQueues } from '@/queries/known-queues';
import { rememberQueue } from '@/state/connections/opened-queues';
import { viewRequestOf } from '@/state/navigation/view-request';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { Button, IconButton } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { cx } from '@/ui/format/cx';
import { clockTime } from '@/words/times';
import type { QueueRow } from './arrange-queues';
import { type AfterQueue, QueueList } from './queue-list';

type OpenedProps = {
  account: Account;
  known: KnownQueues;
  /** The queues that were opened by name, as far as they pass the filter. */
  rows: readonly QueueRow[];
  current: string | undefined;
  /** Called when a queue was chosen, so that a dialog can close. */
  onOpen: (() => void) | undefined;
};

type UnlistedQueuesProps = OpenedProps & {
  /** Gets the focus when a list takes the place of this. */
  field: RefObject<HTMLInputElement | null>;
};

/** In place of a list that was refused or did not arrive: why, and the queues that a person opens by their names. */
export function UnlistedQueues({ field, ...opened }: UnlistedQueuesProps) {
  const { list, names, failure } = opened.known;
  if (!failure) return null;
  const { reason, code } = describeError(failure);

  async function retry() {
    const { data } = await list.refetch();
    // The button that was pressed is gone.
    if (data) field.current?.focus();
  }

  return (
    <>
      <div className={cx('flex-none overflow-auto px-4 py-3', names.length > 0 && 'max-h-3/5')}>
        <div role="alert">
          <h3 className="font-semibold">The queues could not be listed</h3>
          <div className="mt-1 text-12 text-pretty text-text-2">
            {reason}
            {code && <span className="mt-1 block font-mono break-words text-text-3">{code}</span>}
          </div>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <Button aria-busy={list.isFetching} onClick={() => !list.isFetching && void retry()}>
              Try again
            </Button>
            <ViewRequest onView={viewRequestOf(failure)} />
          </div>
        </div>
      </div>
      <OpenedByName {...opened} />
    </>
  );
}

/** A field to open a queue by its name, and the queues that were opened so before. Fills its parent when there are some. */
export function OpenedByName({ account, known: { names }, rows, current, onOpen }: OpenedProps) {
  const title = useId();
  // A link or the address may have opened it.
  useEffect(() => {
    if (current !== undefined) void rememberQueue(account.id, current);
  }, [account.id, current]);

  function open(queue: string) {
    openQueueByName(account.id, queue);
    onOpen?.();
  }

  return (
    <>
      <div data-open-by-name className="flex-none px-4 pb-3">
        <OpenByName onOpen={open} />
        {names.length === 0 && (
          <p className="mt-1.5 text-12 text-pretty text-text-3">
            Where the credential may use a queue, it can be opened without the list.
          </p>
        )}
      </div>
      {names.length > 0 && (
        <section aria-labelledby={title} className="flex min-h-32 flex-1 flex-col">
          <h3 id={title} className="flex h-7 flex-none items-center px-4 text-11 font-semibold text-text-3">
            Opened by name
          </h3>
          {rows.length === 0 ? (
            <p className="px-4 text-12 text-text-2">None of them matches the filter.</p>
          ) : (
            <QueueList
              account={account}
              rows={rows}
              current={current}
              onOpen={onOpen}
              label="Opened by name"
              After={Forget}
            />
          )}
        </section>
      )}
    </>
  );
}

type OpenFilteredProps = Pick<OpenedProps, 'account' | 'onOpen'> & { name: string };

/** Opens the queue whose name is in the filter, and which the list leaves out. */
export function OpenFiltered({ account, name, onOpen }: OpenFilteredProps) {
  if (!mayNameQueues(account.id)) return null;
  function open() {
    openQueueByName(account.id, name);
    onOpen?.();
  }
  return (
    <Button className="max-w-full min-w-0" onClick={open}>
      <span className="truncate">Open {name}</span>
    </Button>
  );
}

const Forget = ({ account, name, tabIndex }: AfterQueue) => (
  <IconButton
    size="sm"
    variant="ghost"
    label={`Forget ${name}`}
    icon={<X />}
    tabIndex={tabIndex}
    className="ml-0.5"
    onClick={(event) => {
      focusAfter(event);
      void forgetQueueName(account.id, name);
    }}
  />
);

/** Moves the focus from a row that goes to the one beside it, else to the field above. */
function focusAfter({ currentTarget }: MouseEvent<HTMLElement>) {
  const row = currentTarget.closest('li');
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  const target =
    beside?.querySelector<HTMLElement>('a') ??
    // Of this list: a dialog may stand over another one.
    currentTarget.closest('[data-queues]')?.querySelector<HTMLElement>('[data-open-by-name] input');
  target?.focus();
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
