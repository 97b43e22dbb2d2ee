import { StorageError } from '@/azure/errors';
import type { NotReturned } from '@/bulk/leasing-report';
import { returnReceipts } from '@/bulk/return-receipts';
import { bulkPlace } from '@/queries/bulk-place';
import { queueKeys } from '@/queries/queues';
import { browseOf, putBrowse } from '@/state/browses';
import type { holdReceipts } from '@/state/kept-receipts';
import { counted } from '@/ui/counts';
import { announce } from '@/ui/live-region';
import type { LeaseDesk } from './lease-actions';
import { runMutation } from './run-mutation';

/** Says of a message whether it is among those that are held. */
export function holding(held: readonly { id: string }[]) {
  const ids = new Set(held.map(({ id }) => id));
  return (id: string) => ids.has(id);
}

/** Its messages are gone with it. */
export const isQueueGone = (failure: unknown) => failure instanceof StorageError && failure.code === 'QueueNotFound';

/** Receipts of what ended browses could not return, by their queues. */
const rests = new Map<string, ReturnType<typeof holdReceipts>>();

export const receiptsOf = (connectionId: string, queue: string) =>
  (browseOf(connectionId, queue)?.report.notReturned ?? []).flatMap(({ id, receipt, until }) =>
    receipt === undefined ? [] : { id, receipt, endsAt: until },
  );

/** An ended browse holds the receipts of what it could not return, until that is returned. */
export function keepRest(connectionId: string, queue: string, hold: ReturnType<typeof holdReceipts>) {
  const key = connectionId + queue;
  rests.get(key)?.end();
  rests.set(key, hold);
  endRest(connectionId, queue);
}

/** Lets go of the receipts of an ended browse once all is returned. */
function endRest(connectionId: string, queue: string) {
  const key = connectionId + queue;
  if (receiptsOf(connectionId, queue).length > 0) return;
  rests.get(key)?.end();
  rests.delete(key);
}

/** Tries again to return what an ended browse could not. */
export const returnAgain = (desk: LeaseDesk, signal: AbortSignal) =>
  runMutation(
    desk.client,
    { mutationKey: queueKeys.one(desk.account, desk.queue), mutationFn: () => returnRest(desk, signal) },
    undefined,
  );

async function returnRest({ account, queue }: LeaseDesk, signal: AbortSignal) {
  const ended = browseOf(account.id, queue);
  if (!ended) return;
  // Whose receipt is lost shows again by itself.
  const waiting = ended.report.notReturned.flatMap((one) =>
    one.receipt === undefined ? [] : { ...one, receipt: one.receipt },
  );
  const outcomes = await returnReceipts(bulkPlace(account, queue), waiting, { signal });
  const done = outcomes.filter(({ kind }) => kind === 'done');
  const lost = outcomes.filter(({ kind }) => kind === 'skipped').map(({ item }) => item.id);
  const left = [
    ...ended.report.notReturned.filter(({ receipt }) => receipt === undefined),
    ...outcomes
      .filter(({ kind }) => kind !== 'done' && kind !== 'skipped')
      .map(
        ({ item: { id, receipt, until, reason: before }, reason = before }): NotReturned => ({
          id,
          receipt,
          until,
          reason,
        }),
      ),
  ];
  const latest = browseOf(account.id, queue) ?? ended;
  const { report } = latest;
  putBrowse({
    ...latest,
    isHeld: holding(left),
    report: {
      ...report,
      notReturned: left,
      returned: report.returned + done.length,
      lost: [...report.lost, ...lost],
    },
  });
  endRest(account.id, queue);
  announce(left.length > 0 ? `${counted(left.length, 'message')} could not be returned` : 'All returned');
}
