import type { SentMessage } from '@/azure/protocol/model';
import type { LeaseHandle } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import { howLost, mayBeCarriedOut, type Outcome, troubled, type Work } from '../requests/outcome';
import { type QueueTarget, remainingTimeToLive } from '../requests/queue-target';
import { uncertainText } from './change-text';
import { notHeld, refusedChange } from './delete-message';
import { newText, type TextChange } from './new-text';

/** A lease must last so long when a copy starts, so that no other consumer receives the message meanwhile. */
export const TIME_TO_COPY_MS = 15_000;

/**
 * Copies leased messages: the exact text, or what `change` makes of it, with the remaining time to live of the original, by its
 * own account's clock. The original does not change, and its source returns it.
 */
export const copyMessage = (to: QueueTarget, change?: TextChange): Work<LeaseHandle, SentMessage> & Planned =>
  planned(change ? ['change', 'send'] : ['send'], async (handle) => {
    const { copied: _copied, ...outcome } = await sendCopy(handle, to, change);
    // To return the original, its text is not needed.
    if (outcome.kind === 'done') handle.dropText();
    return outcome;
  });

/**
 * Sends one copy after ensuring that the lease lasts: its text, or what `change` makes of it; a text that stays the same is sent as
 * it is. A put whose response was lost is not repeated: the outcome is `maybeTwice`, and the original must not be deleted.
 */
export async function sendCopy(
  handle: LeaseHandle,
  to: QueueTarget,
  change?: TextChange,
): Promise<Outcome<LeaseHandle, SentMessage>> {
  if (handle.isExpired) return expired(handle);
  // A worker may take a while for it; it holds for the text that it was made from.
  const before = handle.message?.text;
  const next = change && before !== undefined ? await newText(before, change) : undefined;
  if (next && 'refused' in next) return troubled(handle, 'failed', `Not changed and not copied. ${next.refused}`);
  try {
    await handle.ensureLeased(TIME_TO_COPY_MS);
  } catch (error) {
    return mayBeCarriedOut(error)
      ? troubled(handle, 'failed', 'Not copied: whether its lease was renewed is not known.', error)
      : refusedChange(handle, error, 'copied');
  }
  // The renewal took time.
  if (handle.notHeldReason !== undefined) return notHeld(handle);
  const { message } = handle;
  if (!message || (change && message.text !== before)) return uncertainText(handle, 'copied');
  const timeToLive = remainingTimeToLive(message.expiresAt, handle.serviceNow);
  if (timeToLive === undefined) return expired(handle);
  try {
    const { text } = message;
    const sent = next?.text ?? text;
    const value = await to.account.sendMessage(
      to.queue,
      { text: sent, timeToLive },
      { origin: { key: handle.id, text } },
    );
    return { item: handle, kind: 'done', copied: { text, ...(sent !== text && { sent }) }, value };
  } catch (error) {
    return mayBeCarriedOut(error)
      ? troubled(handle, 'maybeTwice', `The original is kept, and a copy may have been made: ${howLost(error)}`, error)
      : troubled(handle, 'failed', 'Not copied.', error);
  }
}

const expired = (handle: LeaseHandle): Outcome<LeaseHandle, never> =>
  troubled(handle, 'skipped', 'The message has expired.');
