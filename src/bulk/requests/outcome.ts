import { errorMessage } from './error-message';

/**
 * - `done`: carried out.
 * - `skipped`: nothing was sent, as there was nothing to do.
 * - `failed`: not carried out; the message is where it was.
 * - `maybeDone`: the answer was lost, so it may have been carried out.
 * - `maybeTwice`: the message is safe, but may exist in both places.
 * - `inBoth`: copied, and the original is still there.
 */
export type OutcomeKind = 'done' | 'skipped' | 'failed' | 'maybeDone' | 'maybeTwice' | 'inBoth';

/** What became of one of many. */
export type Outcome<Item = unknown, Value = unknown> = {
  item: Item;
  kind: OutcomeKind;
  /** Why it is not simply done, as a sentence. */
  reason?: string;
  error?: unknown;
  /**
   * The target has taken the copy for certain, with this text: a repeat has only to delete the original, if that has it
   * still.
   */
  copied?: { text: string };
  /** What came of it, e.g. the message as it was sent. */
  value?: Value | undefined;
};

/** Does one item. `previous` is what became of it when it was tried before. Best never rejects. */
export type Work<Item, Value = unknown> = (
  item: Item,
  previous?: Outcome<Item, Value>,
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
