import type { SentMessage } from '@/azure/protocol/model';
import { isQueueGone, isRefusedReceipt, mayBeCarriedOut } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { deleteLeased } from '@/bulk/work/lease-actions';
import { claimedBy, type MessageRecord } from '@/messages/record';
import { clockTime } from '@/words/times';

/**
 * The result of taking back a message that was just added.
 * - `likely`: the first try got no answer, and its repeat found the receipt no longer valid.
 * - `unknown`: no answer arrived.
 * - `kept`: the message was not removed, with the reason as a sentence.
 */
export type TakenBack =
  | { is: 'removed' | 'likely' }
  | { is: 'unknown'; error: unknown }
  | { is: 'kept'; why: string; error?: unknown };

/**
 * Deletes a message that was just added. The receipt of Put Message works until the message is first received; when this
 * tab received it, its own receipt is used, if the text is still the same. `wasLost`: an earlier try got no answer.
 */
export async function takeBack(
  target: QueueTarget,
  sent: SentMessage,
  text: string,
  wasLost = false,
): Promise<TakenBack> {
  const record = target.records.get(sent.id);
  const why = record && obstacleTo(record, text);
  if (why !== undefined) return { is: 'kept', why };
  if (record?.lease?.receipt !== undefined && record.lease.receipt !== sent.receipt)
    return takeBackLeased(target, sent);
  try {
    await target.account.deleteMessage(target.queue, sent);
    return { is: 'removed' };
  } catch (error) {
    // This tab received the message meanwhile.
    const { receipt } = target.records.get(sent.id)?.lease ?? {};
    if (isRefusedReceipt(error) && receipt !== undefined && receipt !== sent.receipt) {
      return takeBack(target, sent, text, wasLost);
    }
    return afterRefusal(error, wasLost);
  }
}

async function takeBackLeased(target: QueueTarget, { id }: SentMessage): Promise<TakenBack> {
  const [outcome] = await deleteLeased(target, [id]);
  const { kind, reason = '', error } = outcome ?? {};
  if (kind === 'done') return { is: 'removed' };
  if (kind === 'maybeDone') return isRefusedReceipt(error) ? { is: 'likely' } : { is: 'unknown', error };
  return { is: 'kept', why: reason, error };
}

function afterRefusal(error: unknown, wasLost: boolean): TakenBack {
  if (isRefusedReceipt(error))
    return wasLost || mayBeCarriedOut(error) ? { is: 'likely' } : { is: 'kept', why: REFUSED, error };
  if (isQueueGone(error)) return { is: 'kept', why: 'The queue was deleted, and the message with it.', error };
  return mayBeCarriedOut(error) ? { is: 'unknown', error } : { is: 'kept', why: 'The request was refused.', error };
}

const REFUSED =
  'Its receipt is no longer valid: another consumer received the message, or it was deleted or has expired.';

/** Why this tab knows that the message must not be removed; undefined when it may be tried. */
function obstacleTo({ claim, lease, standing, message }: MessageRecord, text: string): string | undefined {
  if (standing.is === 'deleted') return 'It is deleted already.';
  if (claim) return claimedBy(claim);
  if (lease?.holder === 'elsewhere') {
    return `Another tab of this browser has received it, until ${clockTime(lease.endsAt)}.`;
  }
  if (message && message.text !== text) return 'Its text has been changed since then.';
  return lease?.state === 'unknown' ? 'You have leased it, by a receipt that this tab does not have.' : undefined;
}
