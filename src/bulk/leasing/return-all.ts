import { each } from '../requests/each';
import { errorMessage } from '../requests/error-message';
import { CANCELLED_REASON, MAX_FAILED_ROUNDS, NOT_TRIED_REASON } from '../requests/giving-up';
import type { LeaseHandle } from './lease-handle';

/** More than a browser has connections to one host, so that none is idle between a preflight and its request. */
export const RETURNED_AT_A_TIME = 24;

type ReturnOptions = {
  /** Requests at a time, 1 to 64; 24 when left out. */
  concurrency?: number;
  /** Cuts it short: what is not returned by then stays hidden until its lease ends. */
  signal?: AbortSignal;
  onReturned?: (handle: LeaseHandle) => void;
};

/**
 * Makes leased messages visible again, in their order; says of each that is still hidden why. Once a few in a row could not
 * be returned, the others are left with their receipts, so that a person can return them when the account answers again.
 */
export async function returnAll(
  handles: readonly LeaseHandle[],
  { concurrency = RETURNED_AT_A_TIME, signal, onReturned }: ReturnOptions = {},
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let failures = 0;
  const isCancelled = () => signal?.aborted === true;
  await each(handles, concurrency, async (handle) => {
    if (isCancelled()) return reasons.set(handle.id, CANCELLED_REASON);
    if (failures >= concurrency * MAX_FAILED_ROUNDS) return reasons.set(handle.id, NOT_TRIED_REASON);
    try {
      const isReturned = await handle.release();
      if (!isReturned) return reasons.set(handle.id, handle.notHeldReason ?? '');
      failures = 0;
      onReturned?.(handle);
    } catch (error) {
      reasons.set(handle.id, isCancelled() ? CANCELLED_REASON : errorMessage(error));
      // A receipt that is void is an answer.
      failures = handle.state === 'held' || handle.state === 'unknown' ? failures + 1 : 0;
    }
    return undefined;
  });
  return reasons;
}
