import { InvalidInputError, StorageError } from '../../azure/protocol/errors';
import type { Account, LeasedMessage } from '../../azure/protocol/model';

/** The queues of a run. */
export const ORDERS = 'orders';
export const POISON = 'orders-poison';

/** A request that an actor wishes to make. Times in seconds, as on the wire. */
export type Call =
  | { op: 'create'; queue: string }
  | { op: 'send'; queue: string; text: string; timeToLive: number; delay: number }
  | { op: 'receive'; queue: string; count: number; vis: number }
  | { op: 'update'; queue: string; id: string; receipt: string; vis: number; text?: string }
  | { op: 'delete'; queue: string; id: string; receipt: string }
  | { op: 'peek'; queue: string; count: number }
  | { op: 'count'; queue: string };

/** A message in an answer; times in ms of the run. A peeked one has no receipt and no `visibleAt`. */
export type Seen = {
  id: string;
  text: string;
  /** Its dequeue count. */
  count: number;
  insertedAt: number;
  /** Infinity: never. */
  expiresAt: number;
  receipt?: string;
  visibleAt?: number;
};

/** An answer of the service, as plain data. */
export type Reply =
  | { ok: true; status: number; messages?: readonly Seen[]; approximate?: number; receipt?: string; visibleAt?: number }
  | { ok: false; status: number; code: string };

/** Makes the call; `start` is the ms of the service's clock at which the run began. @throws whatever is no answer of the service */
export async function carryOut(account: Account, call: Call, start: number): Promise<Reply> {
  try {
    return await make(account, call, start);
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, status: error.status, code: error.code ?? '' };
    // The client refuses before it sends what the service would: an actor is told the same.
    if (error instanceof InvalidInputError) return { ok: false, status: 400, code: 'InvalidInput' };
    throw error;
  }
}

async function make(account: Account, call: Call, start: number): Promise<Reply> {
  const since = (date: Date | null | undefined) => (date ? date.getTime() - start : Infinity);
  switch (call.op) {
    case 'create': {
      const { created } = await account.createQueue(call.queue);
      return { ok: true, status: created ? 201 : 204 };
    }
    case 'send': {
      const sent = await account.sendMessage(call.queue, {
        text: call.text,
        timeToLive: call.timeToLive < 0 ? 'never' : call.timeToLive,
        visibilityDelay: call.delay,
      });
      const message: Seen = {
        id: sent.id,
        text: call.text,
        count: 0,
        insertedAt: since(sent.insertedAt),
        expiresAt: since(sent.expiresAt),
        receipt: sent.receipt,
        visibleAt: since(sent.visibleAt),
      };
      return { ok: true, status: 201, messages: [message] };
    }
    case 'receive': {
      const messages = await account.receiveMessages(call.queue, { count: call.count, visibilityTimeout: call.vis });
      return { ok: true, status: 200, messages: messages.map(seen) };
    }
    case 'peek': {
      const messages = await account.peekMessages(call.queue, { count: call.count });
      return {
        ok: true,
        status: 200,
        messages: messages.map(({ id, text, dequeueCount, insertedAt, expiresAt }) => ({
          id,
          text,
          count: dequeueCount,
          insertedAt: since(insertedAt),
          expiresAt: since(expiresAt),
        })),
      };
    }
    case 'count': {
      const { approximateMessageCount } = await account.getQueueProperties(call.queue);
      return {
        ok: true,
        status: 200,
        ...(approximateMessageCount !== undefined && { approximate: approximateMessageCount }),
      };
    }
    case 'update': {
      const { receipt, visibleAt } = await account.updateMessage(call.queue, call, {
        visibilityTimeout: call.vis,
        ...(call.text !== undefined && { text: call.text }),
      });
      return { ok: true, status: 204, ...(receipt !== undefined && { receipt }), visibleAt: since(visibleAt) };
    }
    case 'delete':
      await account.deleteMessage(call.queue, call);
      return { ok: true, status: 204 };
  }

  function seen({ id, text, dequeueCount, insertedAt, expiresAt, receipt, visibleAt }: LeasedMessage): Seen {
    return {
      id,
      text,
      count: dequeueCount,
      insertedAt: since(insertedAt),
      expiresAt: since(expiresAt),
      receipt,
      visibleAt: since(visibleAt),
    };
  }
}
