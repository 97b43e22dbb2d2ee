import type { SentMessage } from '@/azure/account';
import { mayBeDone } from './certainty';
import { notHeld, refusedChange } from './delete-message';
import type { Loan } from './loan';
import { type Outcome, troubled, type Work } from './outcome';
import type { Place } from './place';
import { remainingTimeToLive } from './service-time';

/** Ms that a lease must last from the moment a copy begins, so that nobody else is handed the message meanwhile. */
const TIME_TO_COPY = 15_000;

export type CopyOptions = {
  /** Seconds until receivers can see the copy, 0 to 604,800; it must be less than the life that is left. */
  visibilityDelay?: number;
};

/**
 * Copies leased messages: the text byte for byte, with the life that is left of the original by its own account's clock.
 * The original stays as it is, and is returned by whoever leased it.
 */
export const copyMessage =
  (to: Place, options: CopyOptions = {}): Work<Loan, SentMessage> =>
  async (loan) => {
    const outcome = await sendCopy(loan, to, options);
    // What only waits to be returned needs no text.
    if (outcome.kind === 'done') loan.dropText();
    return outcome;
  };

/**
 * Sends one copy, once the lease is sure to last. A put whose answer was lost is not repeated: the message is then
 * `maybeTwice`, and its original must not be deleted.
 */
export async function sendCopy(
  loan: Loan,
  to: Place,
  { visibilityDelay }: CopyOptions,
): Promise<Outcome<Loan, SentMessage>> {
  if (remainingTimeToLive(loan.message.expiresAt, loan.serviceNow) === undefined) return expired(loan);
  try {
    await loan.keep(TIME_TO_COPY);
  } catch (error) {
    return mayBeDone(error)
      ? troubled(loan, 'failed', 'Not copied: whether its lease was renewed is not known.', error)
      : refusedChange(loan, error, 'copied');
  }
  if (loan.state !== 'held') return notHeld(loan);
  // The renewal took time.
  const timeToLive = remainingTimeToLive(loan.message.expiresAt, loan.serviceNow);
  if (timeToLive === undefined) return expired(loan);
  try {
    const draft = { text: loan.message.text, timeToLive, ...(visibilityDelay !== undefined && { visibilityDelay }) };
    const value = await to.account.sendMessage(to.queue, draft);
    return { item: loan, kind: 'done', copied: true, value };
  } catch (error) {
    return mayBeDone(error)
      ? troubled(loan, 'maybeTwice', 'The original is kept, and a copy may have been made: the answer was lost.', error)
      : troubled(loan, 'failed', 'Not copied.', error);
  }
}

const expired = (loan: Loan): Outcome<Loan, never> => troubled(loan, 'skipped', 'The message has expired.');
