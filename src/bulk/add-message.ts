import type { Draft, Message, SentMessage } from '@/azure/account';
import { mayBeDone } from './certainty';
import { type Outcome, troubled, type Work } from './outcome';
import type { Place } from './place';
import { remainingTimeToLive, serviceTime } from './service-time';

/** Adds drafts. One whose answer was lost is `maybeDone` and not sent again by itself: it could be there twice. */
export const addMessage =
  <Item extends { draft: Draft }>(to: Place): Work<Item, SentMessage> =>
  (item) =>
    add(item, to, item.draft);

/** What adding a message again cannot bring back. */
export const NOT_BROUGHT_BACK: readonly string[] = [
  'its id',
  'its insertion time',
  'its dequeue count',
  'its place in the queue',
  'its pop receipt',
];

/**
 * Undoes a deletion as far as can be: adds the exact text with the life that was left, by the account's clock. See
 * `NOT_BROUGHT_BACK` for the rest. A message that would have expired meanwhile is skipped.
 */
export const addAgain =
  <Item extends Pick<Message, 'text' | 'expiresAt'>>(to: Place): Work<Item, SentMessage> =>
  async (item) => {
    const timeToLive = remainingTimeToLive(item.expiresAt, serviceTime(to));
    if (timeToLive === undefined) return troubled(item, 'skipped', 'The message would have expired by now.');
    return add(item, to, { text: item.text, timeToLive });
  };

async function add<Item>(item: Item, { account, queue }: Place, draft: Draft): Promise<Outcome<Item, SentMessage>> {
  try {
    return { item, kind: 'done', value: await account.sendMessage(queue, draft) };
  } catch (error) {
    return mayBeDone(error)
      ? troubled(item, 'maybeDone', 'It may have been added: the answer was lost.', error)
      : troubled(item, 'failed', 'Not added.', error);
  }
}
