import { errorMessage, StorageError } from '@/azure/protocol/errors';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { isCutOff, mayHaveSucceeded } from '@/azure/wire/retry';

/**
 * - `done`: carried out.
 * - `skipped`: nothing was sent, as there was nothing to do.
 * - `failed`: not carried out; the message did not change.
 * - `maybeDone`: the response was lost, so it may have been carried out.
 * - `maybeTwice`: the message exists, but possibly in both queues.
 * - `inBoth`: copied, and the original still exists.
 */
export type OutcomeKind = 'done' | 'skipped' | 'failed' | 'maybeDone' | 'maybeTwice' | 'inBoth';

/** The outcome of one item. */
export type Outcome<Item = unknown, Value = unknown> = {
  item: Item;
  kind: OutcomeKind;
  /** Why it is not `done`, as a sentence. */
  reason?: string;
  error?: unknown;
  /**
   * Set once the target certainly has the copy: a retry only deletes the original, if that still has this `text`. `sent` is the
   * text of the copy where that is another.
   */
  copied?: { text: string; sent?: string };
  /** Its result, e.g. the sent message. */
  value?: Value | undefined;
};

/**
 * Processes one item. `previous` is its outcome in an earlier job; `signal` aborts waits for the network. Should not reject.
 */
export type Work<Item, Value = unknown> = (
  item: Item,
  previous?: Outcome<Item, Value>,
  signal?: AbortSignal,
) => Promise<Outcome<Item, Value>>;

export const troubled = <Item>(
  item: Item,
  kind: Exclude<OutcomeKind, 'done'>,
  reason: string,
  error?: unknown,
): Outcome<Item, never> => ({
  item,
  kind,
  reason: error === undefined ? reason : `${reason} ${errorMessage(error)}`,
  ...(error !== undefined && { error }),
});

/** Waits before each repeat of a call whose response was lost. */
export const REPEAT_AFTER_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 4000, 4000];

/**
 * True when a failed call may have been carried out: its response was lost, incomplete, a 5xx other than 503 or not one of the
 * operation, or the running call was aborted. Its copy may exist; what it deletes may be deleted.
 */
export const mayBeCarriedOut = (error: unknown): boolean =>
  error instanceof LostAnswer || isCalledOff(error) || mayHaveSucceeded(error);

/** How the answer to a call that may have been carried out went missing, as a clause. */
export const howLost = (error: unknown): string =>
  isCutOff(error)
    ? `${error.loss === 'server' ? 'the local server' : 'the network'} went away before an answer came.`
    : 'the answer was lost.';

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
