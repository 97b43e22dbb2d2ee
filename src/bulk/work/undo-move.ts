import type { SentMessage } from '@/azure/protocol/model';
import { untilSent } from '../requests/network';
import {
  howLost,
  isQueueGone,
  isRefusedReceipt,
  mayBeCarriedOut,
  type Outcome,
  troubled,
  type Work,
} from '../requests/outcome';
import { type QueueTarget, remainingTimeToLive, serviceTime } from '../requests/queue-target';

/** A message that was moved: its text, that of its copy where it was changed on its way, and what Put Message answered. */
export type MovedMessage = { id: string; text: string; sent?: string | undefined; copy: SentMessage };

/**
 * Undoes a move: adds the text to its source again, as a new message at its end with the time to live that is left, and then deletes
 * the copy by the receipt of its Put Message, or by that of this tab's own lease. That order can leave a message twice, and never
 * loses one. What was added again is taken back in the same way when the copy cannot be deleted, as a consumer has it. A retry
 * leaves out what may have been added again already.
 */
export const undoMove =
  ({ from, to }: { from: QueueTarget; to: QueueTarget }): Work<MovedMessage, SentMessage> =>
  async (item, previous, signal) => {
    if (previous && previous.kind !== 'failed') return previous;
    const { text, copy } = item;
    const obstacle = obstacleTo(item, to);
    if (obstacle !== undefined) return troubled(item, 'failed', `Not moved back: ${obstacle}`);
    const timeToLive = remainingTimeToLive(copy.expiresAt, serviceTime(to));
    if (timeToLive === undefined) return troubled(item, 'skipped', 'The message has expired.');
    let added: SentMessage;
    try {
      added = await from.account.sendMessage(
        from.queue,
        { text, timeToLive },
        { origin: { key: copy.id, text: item.sent ?? text } },
      );
    } catch (error) {
      return mayBeCarriedOut(error)
        ? troubled(
            item,
            'maybeTwice',
            `The copy is kept, and the text may have been added again: ${howLost(error)}`,
            error,
          )
        : troubled(item, 'failed', 'Not moved back.', error);
    }
    return removeCopy(item, { from, to, added, signal });
  };

type Added = { from: QueueTarget; to: QueueTarget; added: SentMessage; signal: AbortSignal | undefined };

async function removeCopy(
  item: MovedMessage,
  { from, to, added, signal }: Added,
): Promise<Outcome<MovedMessage, SentMessage>> {
  try {
    await untilSent(
      () => to.account.deleteMessage(to.queue, { id: item.copy.id, receipt: receiptOf(item.copy, to) }),
      signal,
    );
    return { item, kind: 'done', value: added };
  } catch (error) {
    if (isQueueGone(error)) return { item, kind: 'done', value: added };
    if (mayBeCarriedOut(error)) {
      return {
        ...troubled(item, 'maybeTwice', `Added again, and the copy may still be there: ${howLost(error)}`, error),
        value: added,
      };
    }
    const reason = isRefusedReceipt(error)
      ? `a consumer of ${to.queue} has received the copy, or it is gone.`
      : 'the copy could not be deleted.';
    return takeAway(item, { from, added, signal }, reason, error);
  }
}

/** Deletes what was added again, since the copy stays. */
async function takeAway(
  item: MovedMessage,
  { from, added, signal }: Omit<Added, 'to'>,
  reason: string,
  cause: unknown,
): Promise<Outcome<MovedMessage, SentMessage>> {
  try {
    if (added.receipt === '') throw new Error('The service gave no receipt for what was added again.');
    await untilSent(() => from.account.deleteMessage(from.queue, added), signal);
    return troubled(item, 'failed', `Not moved back, and what was added again was taken back: ${reason}`, cause);
  } catch (error) {
    if (isQueueGone(error)) return troubled(item, 'failed', `Not moved back: ${reason}`, cause);
    return mayBeCarriedOut(error)
      ? troubled(item, 'maybeTwice', `Added again, but ${reason} Whether it was taken back is not known.`, error)
      : troubled(item, 'inBoth', `Added again, but ${reason} It could not be taken back.`, error);
  }
}

/** The receipt that works: of this tab's lease on the copy, where it received it since. */
function receiptOf(copy: SentMessage, to: QueueTarget): string {
  const lease = to.records.get(copy.id)?.lease;
  return lease?.state === 'held' && lease.receipt !== undefined ? lease.receipt : copy.receipt;
}

/** Why nothing is sent, as a sentence that begins in lower case; undefined when it may be tried. */
function obstacleTo({ text, sent = text, copy }: MovedMessage, to: QueueTarget): string | undefined {
  const { standing, claim, message } = to.records.get(copy.id) ?? {};
  if (standing?.is === 'deleted') return 'the copy is deleted already.';
  if (claim) return 'other work of this tab has the copy.';
  if (message && message.text !== sent) return 'the text of the copy was changed since.';
  return copy.receipt === '' && receiptOf(copy, to) === '' ? 'the service gave no receipt for the copy.' : undefined;
}
