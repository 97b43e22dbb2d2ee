import { StorageError } from '@/azure/protocol/errors';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { mayHaveSucceeded } from '@/azure/wire/retry';

/** Waits before each repeat of a call whose response was lost. */
export const REPEAT_AFTER_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 4000, 4000];

/**
 * True when a failed call may have been carried out: its response was lost, incomplete, a 5xx other than 503 or not one of the
 * operation, or the running call was aborted. Its copy may exist; what it deletes may be deleted.
 */
export const mayBeCarriedOut = (error: unknown): boolean =>
  error instanceof LostAnswer || isCalledOff(error) || mayHaveSucceeded(error);

const isCalledOff = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** True for a 503, which the busy account answers before starting. */
export const isBusy = (error: unknown): boolean => error instanceof StorageError && error.status === 503;

/**
 * True when the receipt is void or the message deleted, which the service does not distinguish: 404 `MessageNotFound`, or 400
 * `PopReceiptMismatch` of emulators.
 */
export const isRefusedReceipt = (error: unknown): boolean => receiptRefusal(error) === 'void-or-gone';

/** True when the queue was deleted with all of its messages. */
export const isQueueGone = (error: unknown): boolean => error instanceof StorageError && error.code === 'QueueNotFound';

/**
 * The response of an update or a delete was lost, and its repeat found the receipt void: most likely the first one was carried
 * out.
 */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';

  constructor(cause: unknown) {
    super('No answer arrived. The change may or may not have been made.', { cause });
  }
}
