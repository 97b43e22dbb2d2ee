import type { SentMessage } from '@/azure/account';
import { isGone, isVoidReceipt, repeatedMayBeDone } from './certainty';
import { type CopyOptions, sendCopy } from './copy-message';
import type { Loan } from './loan';
import { type Outcome, troubled, type Work } from './outcome';
import type { Place } from './place';

/**
 * Moves leased messages. Copies first and deletes second: whatever happens in between duplicates a message and never
 * loses one. A copy that is not certain is never followed by the deletion. Id, insertion time and dequeue count are new.
 */
export const moveMessage =
  (to: Place, options: CopyOptions = {}): Work<Loan, SentMessage> =>
  async (loan, previous) => {
    const copy = previous?.copied ? { ...previous, item: loan } : await sendCopy(loan, to, options);
    return copy.copied ? deleteOriginal(loan, copy.value) : copy;
  };

/** The copy was taken for certain. */
async function deleteOriginal(loan: Loan, value: SentMessage | undefined): Promise<Outcome<Loan, SentMessage>> {
  const copied = { copied: true, ...(value && { value }) };
  try {
    await loan.delete();
    return { item: loan, kind: 'done', ...copied };
  } catch (error) {
    return { ...undeleted(loan, error), ...copied };
  }
}

function undeleted(loan: Loan, error: unknown): Outcome<Loan, never> {
  if (isGone(error)) {
    const reason = 'Copied, but the original was gone before it was deleted: another receiver may have handled it.';
    return troubled(loan, 'maybeTwice', reason, error);
  }
  if (isVoidReceipt(error)) {
    const reason = 'Copied, but the lease of the original ended and another receiver was handed it.';
    return troubled(loan, 'inBoth', reason, error);
  }
  return repeatedMayBeDone(error)
    ? troubled(loan, 'maybeTwice', 'Copied, and the original may still be there: the answer was lost.', error)
    : troubled(loan, 'inBoth', 'Copied, but the original could not be deleted.', error);
}
