import { isGone, isVoidReceipt, mayBeDone, repeatedMayBeDone } from './certainty';
import type { Loan } from './loan';
import { type Outcome, troubled, type Work } from './outcome';

/** Deletes leased messages for good. */
export const deleteMessage: Work<Loan, never> = async (loan) => {
  if (loan.state !== 'held') return notHeld(loan);
  try {
    await loan.delete();
    return { item: loan, kind: 'done' };
  } catch (error) {
    return refusedChange(loan, error, 'deleted', repeatedMayBeDone(error));
  }
};

/** The lease was lost before anything was sent. */
export const notHeld = (loan: Loan): Outcome<Loan, never> =>
  loan.state === 'gone'
    ? troubled(loan, 'skipped', 'The message is gone: it was deleted by somebody else, or has expired.')
    : troubled(loan, 'failed', 'Its lease was lost, so nothing was done with it.');

/** A deletion, update or renewal that failed. `done` is what it would have been: `deleted`, `changed`. */
export function refusedChange(
  loan: Loan,
  error: unknown,
  done: string,
  isMaybe = mayBeDone(error),
): Outcome<Loan, never> {
  if (isGone(error))
    return troubled(loan, 'skipped', 'The message is gone: it was deleted by somebody else, or has expired.', error);
  if (isVoidReceipt(error))
    return troubled(loan, 'failed', `Not ${done}: its lease ended, and another receiver was handed it.`, error);
  return isMaybe
    ? troubled(loan, 'maybeDone', `It may have been ${done}: the answer was lost.`, error)
    : troubled(loan, 'failed', `Not ${done}.`, error);
}
