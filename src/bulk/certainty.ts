import { StorageError } from '@/azure/errors';
import { mayHaveWorked } from '@/azure/retry';

/** Waits before a call whose answer was lost is repeated, in ms; after the last one it is given up. */
export const REPEAT_AFTER: readonly number[] = [250, 500, 1000, 2000, 4000, 4000, 4000];

/**
 * True when a call that failed may have been carried out all the same: its answer was lost, broke off, was a 5xx other
 * than 503, or was none that the operation gives. Copies of such calls may exist; what they deleted may be gone.
 */
export const mayBeDone = (error: unknown): boolean =>
  error instanceof LostAnswer || mayHaveWorked(error) || (error instanceof StorageError && error.status < 400);

/**
 * The same for a call that the transport repeats by itself: a 503 at the end says nothing of an attempt before it, whose
 * answer may have been lost.
 */
export const repeatedMayBeDone = (error: unknown): boolean => mayBeDone(error) || isBusy(error);

/** Refused before it began, as the account has too much to do. */
export const isBusy = (error: unknown): boolean => error instanceof StorageError && error.status === 503;

const hasCode = (error: unknown, code: string): boolean => error instanceof StorageError && error.code === code;

/** Somebody else was handed the message, or it was updated: this receipt is void. */
export const isVoidReceipt = (error: unknown): boolean => hasCode(error, 'PopReceiptMismatch');

/** Deleted or expired. */
export const isGone = (error: unknown): boolean => hasCode(error, 'MessageNotFound');

/** The first answer of an update was lost, and its repeat says that the receipt has changed: most likely by the first. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';

  constructor(cause: unknown) {
    super('The answer was lost. Most likely the change was made.', { cause });
  }
}
