import { StorageError } from '@/azure/protocol/errors';
import type { SentMessage } from '@/azure/protocol/model';
import { type LeaseHandle, OtherText } from '../leasing/lease-handle';
import { type Planned, planned } from '../planning/steps';
import { untilSent } from '../requests/network';
import {
  howLost,
  isQueueGone,
  isRefusedReceipt,
  mayBeCarriedOut,
  type Outcome,
  troubled,
  type Work,
} from '../requests/outcome';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import { sendCopy } from './copy-message';
import { notHeld } from './delete-message';
import type { TextChange } from './new-text';

type Moved = Outcome<LeaseHandle, SentMessage>;

/**
 * Moves leased messages, with the text that `change` makes of theirs: copies first and deletes second, so that a failure in between duplicates a message and never loses
 * one. Deletes no original whose copy is not certain, and only with the text that was copied. Deletes a copy again when its
 * original could not be deleted. Id, insertion time and dequeue count are new.
 */
export const moveMessage = (to: QueueTarget, change?: TextChange): Work<LeaseHandle, SentMessage> & Planned =>
  planned(change ? ['change', 'send', 'delete'] : ['send', 'delete'], async (handle, previous, signal) => {
    if (previous?.copied) return deleteOriginal(handle, to, { ...previous, copied: previous.copied, signal });
    const copy = await sendCopy(handle, to, change);
    return copy.copied ? deleteOriginal(handle, to, { ...copy, copied: copy.copied, signal, isFresh: true }) : copy;
  });

/** Milliseconds after its start from which on no message that a job adds counts as one that was there before it. */
const ADDED_LATER_MS = 3000;

/**
 * Adds leased messages anew at the end of their own queue, in the order and with the care of `moveMessage`. `isWhole`: the job
 * takes every message that was inserted before it began, which is known to two full seconds of a clock that is known to one
 * (`surelyAfter`): the first new message waits until it cannot be taken for one of them.
 */
export function requeueMessage(
  queue: QueueTarget,
  { isWhole }: { isWhole: boolean },
): Work<LeaseHandle, SentMessage> & Planned {
  const move = moveMessage(queue);
  if (!isWhole) return move;
  let later: Promise<void> | undefined;
  async function wait() {
    const until = nowAt(queue) + ADDED_LATER_MS;
    // A timer may be early, and the clock is what counts.
    while (nowAt(queue) < until) await waitAt(queue, until - nowAt(queue));
  }
  return planned(['send', 'delete'], async (handle, previous, signal) => {
    await (later ??= wait());
    return move(handle, previous, signal);
  });
}

type Copied = Pick<Moved, 'copied' | 'value'> & {
  signal: AbortSignal | undefined;
  /** The copy was just added, so that it can be deleted again. */
  isFresh?: boolean;
};

/**
 * Deletes the original of a copy that an earlier run of the job certainly made: only with that `text`, or, where it was not received
 * since, by the receipt that it was copied under.
 */
export const deleteCopied = (
  handle: LeaseHandle,
  to: QueueTarget,
  text: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Moved> => deleteOriginal(handle, to, { ...(text !== undefined && { copied: { text } }), signal });

/** Deletes the original of a certain copy, with the text that was copied where that is known. */
async function deleteOriginal(
  handle: LeaseHandle,
  to: QueueTarget,
  { copied: copy, value, signal, isFresh = false }: Copied,
): Promise<Moved> {
  const copied = copy && { copied: copy, value };
  const undoCopy = async (reason: string, error?: unknown): Promise<Moved> => {
    const remaining = value && isFresh ? await takeBack(to, value, signal) : NOT_TAKEN_BACK;
    return remaining === undefined
      ? troubled(handle, 'failed', `Not moved, and the copy was taken back: ${reason}`, error)
      : {
          ...troubled(
            handle,
            remaining.isCertain ? 'inBoth' : 'maybeTwice',
            `Copied, but ${reason} ${remaining.reason}`,
            error,
          ),
          // A retry must not delete the original of a copy that may be deleted.
          ...(remaining.isCertain && copied),
        };
  };

  const { state } = handle;
  if (state === 'gone' && (!isFresh || isGoneWithItsQueue(handle))) return { item: handle, kind: 'done', ...copied };
  if (state !== 'held') {
    const { reason = '' } = notHeld(handle);
    return undoCopy(`the original is no longer held. ${reason}`);
  }
  try {
    await handle.delete(copy?.text);
    handle.target.records.applyTo(handle.id, { kind: 'movedTo', removal: { how: 'moved', to: to.records.ref } });
    return { item: handle, kind: 'done', ...copied };
  } catch (error) {
    // The changed text exists only in the original.
    if (error instanceof OtherText)
      return undoCopy('the original has another text by now, or may have, so it is kept.');
    if (isQueueGone(error)) return { item: handle, kind: 'done', ...copied };
    if (mayBeCarriedOut(error)) {
      const reason = isRefusedReceipt(error)
        ? 'Copied, and most likely the original was deleted: an answer was lost, and its repeat found it so.'
        : `Copied, and the original may still be there: ${howLost(error)}`;
      return { ...troubled(handle, 'maybeTwice', reason, error), ...copied };
    }
    return undoCopy('the original could not be deleted.', error);
  }
}

/** True when the original was deleted with its queue, so that only the copy remains. */
const isGoneWithItsQueue = ({ record }: LeaseHandle): boolean =>
  record?.standing.is === 'deleted' && record.standing.how === 'queueDeleted';

type RemainingCopy = { reason: string; isCertain: boolean };
const NOT_TAKEN_BACK: RemainingCopy = { reason: 'The copy stays.', isCertain: true };

/** Deletes a copy by the receipt of its Put Message; undefined when it is deleted, else why it remains. */
async function takeBack(
  { account, queue }: QueueTarget,
  { id, receipt }: SentMessage,
  signal: AbortSignal | undefined,
): Promise<RemainingCopy | undefined> {
  if (receipt === '')
    return { reason: 'The copy cannot be taken back: the service gave no receipt for it.', isCertain: true };
  try {
    await untilSent(() => account.deleteMessage(queue, { id, receipt }), signal);
    return undefined;
  } catch (error) {
    if (isQueueGone(error)) return undefined;
    if (mayBeCarriedOut(error))
      return { reason: `Whether the copy was taken back is not known: ${howLost(error)}`, isCertain: false };
    if (isRefusedReceipt(error)) {
      return { reason: `The copy could not be taken back: a consumer of ${queue} has received it.`, isCertain: true };
    }
    const isForbidden = error instanceof StorageError && error.status === 403;
    return {
      reason: isForbidden
        ? `The copy could not be taken back: this connection has no right to delete in ${queue}.`
        : 'The copy could not be taken back.',
      isCertain: true,
    };
  }
}
