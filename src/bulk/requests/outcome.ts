import { errorMessage } from '@/azure/protocol/errors';

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
   * Set once the target certainly has the copy with this text: a retry only deletes the original, if that still has it.
   */
  copied?: { text: string };
  /** Its result, e.g. the sent message. */
  value?: Value | undefined;
};

/** Processes one item. `previous` is its outcome in an earlier job. Should not reject. */
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
