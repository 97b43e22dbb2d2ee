import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { Account, Draft, Message } from '@/azure/protocol/model';
import type { Listed } from '@/messages/message-rows';
import { certainMessage } from '@/messages/record';
import { recordsOf } from '@/state/messages/records';
import { nowOf } from '@/state/time/connection-clocks';
import { queueTarget } from './queue-target';
import { queueKeys } from './queues';
import { again } from './refreshes';

/** Loaded with the first action. */
const actions = () => import('@/bulk/work/lease-actions');

const peekedKey = (account: Account, queue: string) => [...queueKeys.one(account, queue), 'peeked'] as const;

/** A message of an answer that cannot be a row, with its id, if it has one, and the reason. */
export type LeftOut = { id: string | undefined; error: Error };
type Peeked = Listed & { unreadable: readonly LeftOut[] };

/** Peeks the first `count` (1–32) visible messages: ids of records, which have the messages. */
export const peekedMessages = (account: Account, queue: string, count: number) =>
  queryOptions({
    queryKey: [...peekedKey(account, queue), { count }],
    queryFn: async ({ signal, ...context }): Promise<Peeked> => {
      const records = recordsOf(account.id, queue);
      const asked = records.tick();
      const unreadable: LeftOut[] = [];
      const onUnreadable = (error: Error, id: string | undefined) => void unreadable.push({ id, error });
      const messages = await account.peekMessages(queue, { count, signal, onUnreadable, observe: again(context) });
      const ids = messages.map(({ id }) => id);
      // Nothing of it can be shown.
      if (ids.length === 0 && unreadable[0]) throw unreadable[0].error;
      const listed = new Set(ids);
      records.pin(`peek ${count}`, { has: (id) => listed.has(id) });
      return { ids, asked, at: nowOf(account.id), unreadable };
    },
    structuralSharing: false,
  });

/** Loaded messages of a queue that are not deleted, with a certain text. */
export function loadedMessages(account: Account, queue: string): Message[] {
  const loaded: Message[] = [];
  for (const record of recordsOf(account.id, queue).all()) {
    const message = record.standing.is === 'deleted' ? undefined : certainMessage(record);
    if (message) loaded.push(message);
  }
  return loaded;
}

export const sendMessage = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (draft: Draft) => account.sendMessage(queue, draft),
  });

/** Leases messages, with the options of `receive`. Never a query: repeating it poisons messages. */
export const receiveMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async (options: { count: number; visibilityTimeout: number; leftOut?: Error[] }): Promise<string[]> => {
      const { receive } = await actions();
      const received = await receive(queueTarget(account, queue), options);
      return received.map(({ id }) => id);
    },
  });

type Save = { id: string; text: string; visibilityTimeout?: number | undefined; replaces?: string | undefined };

/**
 * Changes the text of a leased message and hides it for `visibilityTimeout` seconds from now (0–604,800; by default its lease keeps
 * its end). Shown at once, and reverted when the account refuses. Sends nothing when the text is not `replaces` any more.
 */
export const saveMessage = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: peekedKey(account, queue),
    mutationFn: async (save: Save) => (await actions()).saveText(queueTarget(account, queue), save),
  });

/** Releases leased messages. Returns one outcome a message and never throws. */
export const releaseLeases = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async (ids: readonly string[]) => (await actions()).release(queueTarget(account, queue), ids),
  });

/** Extends leases to `seconds` (1–604,800) from now. Returns one outcome a message and never throws. */
export const extendLeases = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: peekedKey(account, queue),
    mutationFn: async ({ ids, seconds }: { ids: readonly string[]; seconds: number }) =>
      (await actions()).extend(queueTarget(account, queue), ids, seconds),
  });

/** Deletes leased messages. Returns one outcome a message and never throws. */
export const deleteMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async (ids: readonly string[]) => (await actions()).deleteLeased(queueTarget(account, queue), ids),
  });
