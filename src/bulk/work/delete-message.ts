import type { LeaseHandle } from '../leasing/lease-handle';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import { isQueueGone, isRefusedReceipt, mayBeCarriedOut } from '../requests/uncertain-outcome';

/** Deletes leased messages for good. */
export const deleteMessage: Work<LeaseHandle, never> = async (handle) => {
  if (handle.state !== 'held') return notHeld(handle);
  try {
    await handle.delete();
    return { item: handle, kind: 'done' };
  } catch (error) {
    return refusedChange(handle, error, 'deleted');
  }
};

/** It is not ours to work on, so nothing was done: somebody else of us has it, it is gone, or its lease was lost. */
export const notHeld = (handle: LeaseHandle): Outcome<LeaseHandle, never> => {
  const reason = handle.notHeldReason ?? '';
  const isLeftOut = handle.state === 'gone' || handle.isExpired || handle.isTaken;
  return isLeftOut
    ? troubled(handle, 'skipped', `Left out: ${lowerFirst(reason)}`)
    : troubled(handle, 'failed', `Nothing was done with it. ${reason}`);
};

/** A deletion, update or renewal that failed. `done` is what it would have been: `deleted`, `changed`. */
export function refusedChange(handle: LeaseHandle, error: unknown, done: string): Outcome<LeaseHandle, never> {
  if (isQueueGone(error)) return troubled(handle, 'skipped', 'The queue was deleted.', error);
  if (mayBeCarriedOut(error)) {
    return isRefusedReceipt(error)
      ? troubled(
          handle,
          'maybeDone',
          `Most likely it was ${done}: an answer was lost, and its repeat found it so.`,
          error,
        )
      : troubled(handle, 'maybeDone', `It may have been ${done}: the answer was lost.`, error);
  }
  if (!isRefusedReceipt(error)) return troubled(handle, 'failed', `Not ${done}.`, error);
  if (handle.isExpired) return troubled(handle, 'skipped', 'The message has expired.', error);
  // The answer is the same for a void receipt and a message that is gone; what became of it the record may know.
  return handle.state === 'held' ? troubled(handle, 'failed', `Not ${done}.`, error) : { ...notHeld(handle), error };
}

/** To go on with a sentence. */
export const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
