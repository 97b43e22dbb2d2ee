import type { Draft, SentMessage } from '@/azure/protocol/model';
import type { QueueRecords } from '@/messages/queue-records';
import { certainMessage } from '@/messages/record';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { remainingTimeToLive, serviceTime } from '../requests/service-time';
import { mayBeCarriedOut } from '../requests/uncertain-outcome';

/** Adds drafts. One whose answer was lost is `maybeDone` and not sent again by itself: it could be there twice. */
export const addMessage =
  <Item extends { draft: Draft }>(to: QueueTarget): Work<Item, SentMessage> =>
  (item) =>
    add(item, to, item.draft);

/**
 * Adds a message once more: the exact text that its record has, with the life that was left, by the account's clock. Its
 * id, insertion time, dequeue count, place and receipt do not come back. One that would have expired is skipped, and so is
 * one whose last text nobody can tell for certain.
 */
export const addAgain =
  <Item extends { id: string }>(to: QueueTarget, from: QueueRecords = to.records): Work<Item, SentMessage> =>
  async (item) => {
    // The answer to a change that was under way when it was deleted tells what its last text was.
    await from.inTurn(item.id, async () => {});
    const record = from.get(item.id);
    const message = record && certainMessage(record);
    if (!message) return troubled(item, 'skipped', 'Its last text is not known for certain.');
    const timeToLive = remainingTimeToLive(message.expiresAt, serviceTime(to));
    if (timeToLive === undefined) return troubled(item, 'skipped', 'The message would have expired by now.');
    return add(item, to, { text: message.text, timeToLive });
  };

async function add<Item>(
  item: Item,
  { account, queue }: QueueTarget,
  draft: Draft,
): Promise<Outcome<Item, SentMessage>> {
  try {
    return { item, kind: 'done', value: await account.sendMessage(queue, draft) };
  } catch (error) {
    return mayBeCarriedOut(error)
      ? troubled(item, 'maybeDone', 'It may have been added: the answer was lost.', error)
      : troubled(item, 'failed', 'Not added.', error);
  }
}
