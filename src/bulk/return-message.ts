import type { Receipt } from '@/azure/account';
import { isBusy, isGone, isVoidReceipt, mayBeDone, REPEAT_AFTER } from './certainty';
import { type Outcome, troubled, type Work } from './outcome';
import { type Place, waitAt } from './place';

/**
 * Makes messages visible again by receipts that were kept, e.g. over a reload of the page. A lost answer is asked for
 * again with the same receipt: either the first was not carried out, or the second is refused. The signal cuts it short.
 */
export const returnMessage =
  <Item extends Receipt>(place: Place, signal?: AbortSignal): Work<Item, never> =>
  async (item) => {
    let answerLost = false;
    for (let attempt = 0; ; attempt++) {
      try {
        await place.account.updateMessage(place.queue, item, { visibilityTimeout: 0 }, { signal });
        return { item, kind: 'done' };
      } catch (error) {
        if (isGone(error)) return troubled(item, 'skipped', 'The message is gone.');
        if (isVoidReceipt(error)) {
          return answerLost
            ? { item, kind: 'done' }
            : troubled(item, 'skipped', 'The lease is over: it is no longer held here.');
        }
        const pause = REPEAT_AFTER[attempt];
        answerLost ||= mayBeDone(error) || signal?.aborted === true;
        const isWorthRepeating = mayBeDone(error) || (answerLost && isBusy(error));
        const isOver = signal?.aborted || !isWorthRepeating || pause === undefined;
        if (isOver || !(await waited(place, pause, signal))) return notReturned(item, error, answerLost);
      }
    }
  };

/** False when it was cut short. */
const waited = (place: Place, pause: number, signal: AbortSignal | undefined): Promise<boolean> =>
  waitAt(place, pause, signal).then(
    () => true,
    () => false,
  );

const notReturned = <Item>(item: Item, error: unknown, answerLost: boolean): Outcome<Item, never> =>
  answerLost
    ? troubled(item, 'maybeDone', 'It may have been returned: the answer was lost.', error)
    : troubled(item, 'failed', 'Not returned.', error);
