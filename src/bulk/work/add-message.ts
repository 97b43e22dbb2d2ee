import type { Draft, SentMessage } from '@/azure/protocol/model';
import { certainMessage } from '@/messages/record';
import { howLost, mayBeCarriedOut, type Outcome, troubled, type Work } from '../requests/outcome';
import { type QueueTarget, remainingTimeToLive, serviceTime } from '../requests/queue-target';

/** Adds drafts; `keyOf` names each in the journal of the job. One whose response was lost is `maybeDone` and not repeated, since it could then exist twice. */
export const addMessage =
  <Item extends { draft: Draft }>(to: QueueTarget, keyOf: (item: Item) => string): Work<Item, SentMessage> =>
  (item) =>
    add(item, to, { draft: item.draft, key: keyOf(item) });

/**
 * Adds a message again: the exact text of its record with the remaining time to live, by the account's clock. Id, insertion
 * time, dequeue count, position and receipt are new. Skips messages that would have expired, and those whose last text is not
 * certain.
 */
export const addAgain =
  <Item extends { id: string }>(
    to: QueueTarget,
    keyOf: (item: Item) => string = ({ id }) => id,
  ): Work<Item, SentMessage> =>
  async (item) => {
    // The response to a change that was running when it was deleted has its last text.
    await to.records.inTurn(item.id, async () => {});
    const record = to.records.get(item.id);
    const message = record && certainMessage(record);
    if (!message) return troubled(item, 'skipped', record?.message?.unreadable ? PARTLY_READ : NOT_CERTAIN);
    const timeToLive = remainingTimeToLive(message.expiresAt, serviceTime(to));
    if (timeToLive === undefined) return troubled(item, 'skipped', 'The message would have expired by now.');
    return add(item, to, { draft: { text: message.text, timeToLive }, key: keyOf(item) });
  };

const NOT_CERTAIN = 'Its last text is not known for certain.';
const PARTLY_READ = 'A part of the message could not be read.';

async function add<Item>(
  item: Item,
  { account, queue }: QueueTarget,
  { draft, key }: { draft: Draft; key: string },
): Promise<Outcome<Item, SentMessage>> {
  try {
    return { item, kind: 'done', value: await account.sendMessage(queue, draft, { origin: { key } }) };
  } catch (error) {
    return mayBeCarriedOut(error)
      ? troubled(item, 'maybeDone', `It may have been added: ${howLost(error)}`, error)
      : troubled(item, 'failed', 'Not added.', error);
  }
}

/** One of several copies of a message; `copy` counts from 1. */
export type ResentMessage = { id: string; copy: number };

/**
 * Yields each message `copies` times, for a job with `addAgain`: peeked messages suffice, as nothing is leased. The copies of
 * one message follow one another.
 */
export function* copiesOf(ids: Iterable<string>, copies: number): Generator<ResentMessage> {
  for (const id of ids) for (let copy = 1; copy <= copies; copy++) yield { id, copy };
}
