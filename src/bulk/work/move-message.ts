import { StorageError } from '@/azure/protocol/errors';
import type { SentMessage } from '@/azure/protocol/model';
import { type LeaseHandle, OtherText } from '../leasing/lease-handle';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { isQueueGone, isRefusedReceipt, mayBeCarriedOut } from '../requests/uncertain-outcome';
import { type CopyOptions, sendCopy } from './copy-message';
import { notHeld } from './delete-message';

type Moved = Outcome<LeaseHandle, SentMessage>;

/**
 * Moves leased messages. Copies first and deletes second: whatever happens in between duplicates a message and never
 * loses one. A copy that is not certain is never followed by the deletion, and no text is deleted but the one that was
 * copied. A copy whose original could not be deleted is taken back. Id, insertion time and dequeue count are new.
 */
export const moveMessage =
  (to: QueueTarget, options: CopyOptions = {}): Work<LeaseHandle, SentMessage> =>
  async (handle, previous) => {
    if (previous?.copied) return deleteOriginal(handle, to, previous.copied.text, previous.value, false);
    const copy = await sendCopy(handle, to, options);
    return copy.copied ? deleteOriginal(handle, to, copy.copied.text, copy.value, true) : copy;
  };

/** The copy was taken for certain; `isFresh` a moment ago, so that it can be taken back. */
async function deleteOriginal(
  handle: LeaseHandle,
  to: QueueTarget,
  text: string,
  value: SentMessage | undefined,
  isFresh: boolean,
): Promise<Moved> {
  const copied = { copied: { text }, value };
  const undo = async (reason: string, error?: unknown): Promise<Moved> => {
    const left = value && isFresh ? await takeBack(to, value) : NOT_TRIED;
    return left === undefined
      ? troubled(handle, 'failed', `Not moved, and the copy was taken back: ${reason}`, error)
      : {
          ...troubled(handle, left.isSure ? 'inBoth' : 'maybeTwice', `Copied, but ${reason} ${left.words}`, error),
          // A copy that may be gone is no reason to delete an original.
          ...(left.isSure && copied),
        };
  };

  const { state } = handle;
  if (state === 'gone' && (!isFresh || isGoneWithItsQueue(handle))) return { item: handle, kind: 'done', ...copied };
  if (state !== 'held') {
    const { reason = '' } = notHeld(handle);
    return undo(`the original is no longer held. ${reason}`);
  }
  try {
    await handle.delete(text);
    handle.target.records.applyTo(handle.id, { kind: 'movedTo', removal: { how: 'moved', to: to.records.ref } });
    return { item: handle, kind: 'done', ...copied };
  } catch (error) {
    // What was made of it meanwhile exists nowhere else.
    if (error instanceof OtherText) return undo('the original has another text by now, or may have, so it is kept.');
    if (isQueueGone(error)) return { item: handle, kind: 'done', ...copied };
    if (mayBeCarriedOut(error)) {
      const reason = isRefusedReceipt(error)
        ? 'Copied, and most likely the original was deleted: an answer was lost, and its repeat found it so.'
        : 'Copied, and the original may still be there: the answer was lost.';
      return { ...troubled(handle, 'maybeTwice', reason, error), ...copied };
    }
    return undo('the original could not be deleted.', error);
  }
}

/** The copy is all that is left then. */
const isGoneWithItsQueue = ({ record }: LeaseHandle): boolean =>
  record?.standing.is === 'deleted' && record.standing.how === 'queueDeleted';

type Left = { words: string; isSure: boolean };
const NOT_TRIED: Left = { words: 'The copy stays.', isSure: true };

/** Deletes a copy by the receipt that Put Message gave; undefined when it is gone, else why it stays. */
async function takeBack({ account, queue }: QueueTarget, { id, receipt }: SentMessage): Promise<Left | undefined> {
  if (receipt === '')
    return { words: 'The copy cannot be taken back: the service gave no receipt for it.', isSure: true };
  try {
    await account.deleteMessage(queue, { id, receipt });
    return undefined;
  } catch (error) {
    if (isQueueGone(error)) return undefined;
    if (mayBeCarriedOut(error))
      return { words: 'Whether the copy was taken back is not known: the answer was lost.', isSure: false };
    if (isRefusedReceipt(error)) {
      return { words: `The copy could not be taken back: a consumer of ${queue} has received it.`, isSure: true };
    }
    const isForbidden = error instanceof StorageError && error.status === 403;
    return {
      words: isForbidden
        ? `The copy could not be taken back: this connection has no right to delete in ${queue}.`
        : 'The copy could not be taken back.',
      isSure: true,
    };
  }
}
