import type { Receipt } from '@/azure/account';
import { isGone, isVoidReceipt, mayBeDone } from './certainty';
import { troubled, type Work } from './outcome';
import type { Place } from './place';

/** Makes messages visible again by receipts that were kept, e.g. over a reload of the page. */
export const returnMessage =
  <Item extends Receipt>({ account, queue }: Place): Work<Item, never> =>
  async (item) => {
    try {
      await account.updateMessage(queue, item, { visibilityTimeout: 0 });
      return { item, kind: 'done' };
    } catch (error) {
      if (isGone(error)) return troubled(item, 'skipped', 'The message is gone.');
      if (isVoidReceipt(error)) return troubled(item, 'skipped', 'The lease is over: it is no longer held here.');
      return mayBeDone(error)
        ? troubled(item, 'maybeDone', 'It may have been returned: the answer was lost.', error)
        : troubled(item, 'failed', 'Not returned.', error);
    }
  };
