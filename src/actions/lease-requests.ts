import type { QueryClient } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import type { LeaseOutcome } from '@/bulk/work/lease-actions';
import { deleteMessages, extendLeases, releaseLeases } from '@/queries/messages';
import { queueTarget } from '@/queries/queue-target';
import { scheduleDelete } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { toast } from '@/ui/overlay/toast-store';
import { outcomesToast } from './failure-toast';
import { runMutation } from './run-mutation';
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

/** Releases leases: the messages are visible to every consumer again. */
export async function releaseLeased({ client, account, queue }: QueueContext, ids: readonly string[]) {
  const outcomes = await runMutation(client, releaseLeases(account, queue), ids);
  outcomesToast(outcomes, { done: 'released', failed: 'Lease not released' });
  if (outcomes.every(isDone))
    toast({ title: ids.length === 1 ? 'Lease released' : `Released ${ids.length} leases`, tone: 'success' });
}

/** Leases messages for `seconds` (1–604,800) from now. */
export async function extendLeased({ client, account, queue }: QueueContext, ids: readonly string[], seconds: number) {
  const outcomes = await runMutation(client, extendLeases(account, queue), { ids, seconds });
  outcomesToast(outcomes, { done: 'extended', failed: 'Lease not extended' });
}

const isDone = ({ kind }: LeaseOutcome) => kind === 'done';

async function sendDeletes({ client, account, queue }: QueueContext, ids: readonly string[]) {
  const records = recordsOf(account.id, queue);
  const wanted = new Set(ids);
  // Keeps the texts until the deletion is noted.
  records.pin(wanted, wanted);
  const outcomes = await runMutation(client, deleteMessages(account, queue), ids);
  outcomesToast(outcomes, { done: 'deleted', failed: 'Message not deleted' });
  const done = outcomes.filter(isDone).map(({ item }) => item.id);
  const { deletions } = await import('@/state/messages/deleted-messages');
  deletions.note({ ref: records.ref, what: 'deleted', ids: done });
  records.pin(wanted, undefined);
}
