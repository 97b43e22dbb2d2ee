import type { QueryClient } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import type { LeaseOutcome } from '@/bulk/work/lease-actions';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import { isLeaving } from '@/messages/record';
import { deleteMessages, extendLeases, releaseLeases } from '@/queries/messages';
import { queueTarget } from '@/queries/queue-target';
import { currentConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { scheduleDelete } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { type ChosenMessages, openDialog } from '@/state/navigation/open-dialog';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { filterOf, scopeOf } from './action';
import { failureToast, outcomesToast } from './failure-toast';
import { runMutation } from './run-mutation';
import { workableLease } from './taken';
import { showWaitingDeletes } from './waiting-deletes';

/** A queue and what requests on its leases are sent by. */
export type QueueContext = { client: QueryClient; account: Account; queue: string };

/**
 * Deletes leased messages: their rows leave at once, and the request waits five seconds for Undo. False, and nothing is
 * done, when a lease ends too soon for that or something else of this tab has one of the messages.
 */
export function deleteWithUndo(context: QueueContext, ids: readonly string[]): boolean {
  showWaitingDeletes();
  return (
    scheduleDelete(queueTarget(context.account, context.queue), ids, () => sendDeletes(context, ids)) !== undefined
  );
}

/** More than this are deleted as a job, and only after the number has been seen. */
const MANY = 20;

/** A queue on its screen, which lets messages leave the rows. */
type OnScreen = QueueContext & { connectionId: string; screen: { leave: (ids: ReadonlySet<string>) => void } };

/**
 * Deletes a few leased messages at once, with Undo. For many, for those that have to be leased first, for leases that are
 * about to end, and in production, a dialog tells more.
 */
export function deleteRows(on: OnScreen, rows: readonly MessageRow[]) {
  const { environment } = currentConnections().find(({ id }) => id === on.connectionId) ?? {};
  const left = notLeaving(rows, recordsOf(on.connectionId, on.queue));
  if (left.length === 0) return;
  const ids = left.map(({ id }) => id);
  if (!goesAtOnce(left, environmentOf(environment)?.production ?? false) || !deleteWithUndo(on, ids))
    openDialog({ kind: 'deleteMessages', ...(scopeOf(on, left) as ChosenMessages), ...filterOf(on) });
  else on.screen.leave(new Set(ids));
}

/** Whether rows can be deleted without a dialog: few, all of them leased, and not in production. */
export const goesAtOnce = (rows: readonly MessageRow[], isProduction: boolean): boolean =>
  rows.every((row) => workableLease(row)) && rows.length <= MANY && !isProduction;

/** The rows that are not being deleted yet: a second press of the key deletes nothing. */
export const notLeaving = (rows: readonly MessageRow[], records: QueueRecords): MessageRow[] =>
  rows.filter(({ id }) => {
    const record = records.get(id);
    return record === undefined || !isLeaving(record);
  });

/** Releases leases: the messages are visible to every consumer again. */
export async function releaseLeased({ client, account, queue }: QueueContext, ids: readonly string[]) {
  const outcomes = await runMutation(client, releaseLeases(account, queue), ids);
  outcomesToast(outcomes, { done: 'released', failed: 'Lease not released' });
  if (outcomes.every(isDone))
    toast({ title: ids.length === 1 ? 'Lease released' : `Released ${counted(ids.length, 'lease')}`, tone: 'success' });
}

/** Leases messages for `seconds` (1–604,800) from now. */
export async function extendLeased({ client, account, queue }: QueueContext, ids: readonly string[], seconds: number) {
  const outcomes = await runMutation(client, extendLeases(account, queue), { ids, seconds });
  outcomesToast(outcomes, { done: 'extended', failed: 'Lease not extended' });
}

const NOT_DELETED = 'Message not deleted';

const isDone = ({ kind }: LeaseOutcome) => kind === 'done';

/** Sends deletes whose undo window is over; never rejects. */
async function sendDeletes({ client, account, queue }: QueueContext, ids: readonly string[]) {
  const records = recordsOf(account.id, queue);
  const wanted = new Set(ids);
  // Keeps the texts until the deletion is noted.
  records.pin(wanted, wanted);
  try {
    // First: without it nothing that was deleted could be added again.
    const { deletions } = await import('@/state/messages/deleted-messages');
    const outcomes = await runMutation(client, deleteMessages(account, queue), ids);
    outcomesToast(outcomes, { done: 'deleted', failed: NOT_DELETED });
    const done = outcomes.filter(isDone).map(({ item }) => item.id);
    deletions.note({ ref: records.ref, what: 'deleted', ids: done });
  } catch (error) {
    failureToast(ids.length === 1 ? NOT_DELETED : `${counted(ids.length, 'message')} not deleted`, error);
  } finally {
    records.pin(wanted, undefined);
  }
}
