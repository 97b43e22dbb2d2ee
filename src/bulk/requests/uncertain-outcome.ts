import { StorageError } from '@/azure/protocol/errors';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { mayHaveSucceeded } from '@/azure/wire/retry';

/** Waits before a call whose answer was lost is repeated, in ms; after the last one it is given up. */
export const REPEAT_AFTER_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 4000, 4000];

/**
 * True when a call that failed may have been carried out all the same: an answer of it was lost, broke off, was a 5xx other
 * than 503, or was none that the operation gives, or it was called off in mid-flight. Copies of such calls may exist; what
 * they deleted may be gone.
 */
export const mayBeCarriedOut = (error: unknown): boolean =>
  error instanceof LostAnswer || isCalledOff(error) || mayHaveSucceeded(error);

const isCalledOff = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** StorageFault before it began, as the account has too much to do. */
export const isBusy = (error: unknown): boolean => error instanceof StorageError && error.status === 503;

/**
 * The receipt is void or the message is gone, and the service does not say which: 404 `MessageNotFound`, and 400
 * `PopReceiptMismatch` of emulators.
 */
export const isRefusedReceipt = (error: unknown): boolean => receiptRefusal(error) === 'void-or-gone';

/** The queue is gone, and all of its messages with it. */
export const isQueueGone = (error: unknown): boolean => error instanceof StorageError && error.code === 'QueueNotFound';

/**
 * An answer of an update or a delete was lost, and its repeat says that the receipt is void or the message gone: most likely
 * the first one was carried out.
 */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';

  constructor(cause: unknown) {
    super('No answer arrived. The change may or may not have been made.', { cause });
  }
}
