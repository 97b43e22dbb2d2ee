import { notHeld, refusedChange } from './delete-message';
import type { Loan } from './loan';
import type { Work } from './outcome';

/**
 * Hides leased messages for so many seconds from now on, 0 to 604,800. With 0 they are shown when the leasing returns all
 * that it holds: shown at once, they would be received again.
 */
export const setVisibility =
  (visibilityTimeout: number): Work<Loan, never> =>
  async (loan) => {
    if (loan.state !== 'held') return notHeld(loan);
    if (visibilityTimeout === 0) return { item: loan, kind: 'done' };
    try {
      await loan.changeVisibility(visibilityTimeout);
      return { item: loan, kind: 'done' };
    } catch (error) {
      return refusedChange(loan, error, 'changed');
    }
  };
