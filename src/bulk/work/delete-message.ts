import type { LeaseHandle } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import {
  howLost,
  isQueueGone,
  isRefusedReceipt,
  mayBeCarriedOut,
  type Outcome,
  troubled,
  type Work,
} from '../requests/outcome';

/** Deletes leased messages. */
export const deleteMessage: Work<LeaseHandle, never> & Planned = planned(['delete'], async (handle: LeaseHandle) => {
  if (handle.state !== 'held') return notHeld(handle);
  try {
    await handle.delete();
    return { item: handle, kind: 'done' };
  } catch (error) {
    return refusedChange(handle, error, 'deleted');
  }
});

/** Outcome of a message that is not held: claimed by other work, deleted, or its lease was lost. */
export const notHeld = (handle: LeaseHandle): Outcome<LeaseHandle, never> => {
  const reason = handle.notHeldReason ?? '';
  const isLeftOut = handle.state === 'gone' || handle.isExpired || handle.isTaken;
  return isLeftOut
    ? troubled(handle, 'skipped', `Left out: ${lowerFirst(reason)}`)
    : troubled(handle, 'failed', `Nothing was done with it. ${reason}`);
};

/** Outcome of a failed delete, update or renewal. `done` is its participle: `deleted`, `changed`. */
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
      : troubled(handle, 'maybeDone', `It may have been ${done}: ${howLost(error)}`, error);
  }
  if (!isRefusedReceipt(error)) return troubled(handle, 'failed', `Not ${done}.`, error);
  if (handle.isExpired) return troubled(handle, 'skipped', 'The message has expired.', error);
  // A void receipt and a deleted message are refused alike; the record may know which it is.
  return handle.state === 'held' ? troubled(handle, 'failed', `Not ${done}.`, error) : { ...notHeld(handle), error };
}

/** Lower-cases the first letter, to continue a sentence. */
export const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
