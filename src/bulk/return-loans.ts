import { each } from './each';
import { CANCELLED, GIVEN_UP, ROUNDS } from './giving-up';
import type { Loan } from './loan';
import { messageOf } from './message-of';

/**
 * Gives loans back, in their order; says of each that is still hidden why. Once a few in a row could not be returned, the
 * others are left with their receipts, so that a person can return them when the account answers again. The signal cuts it
 * short.
 */
export async function returnLoans(
  loans: readonly Loan[],
  { concurrency, signal }: { concurrency: number; signal: AbortSignal },
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let failures = 0;
  await each(loans, concurrency, async (loan) => {
    if (signal.aborted) return reasons.set(loan.id, CANCELLED);
    if (failures >= concurrency * ROUNDS) return reasons.set(loan.id, GIVEN_UP);
    try {
      await loan.giveBack();
      failures = 0;
    } catch (error) {
      reasons.set(loan.id, signal.aborted ? CANCELLED : messageOf(error));
      // What is gone or another's is an answer.
      failures = loan.state === 'held' || loan.state === 'unknown' ? failures + 1 : 0;
    }
    return undefined;
  });
  return reasons;
}
