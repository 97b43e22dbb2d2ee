import { EMULATOR } from '@/azure/protocol/emulator';
import type { BareRequest } from './bare-fetch';

type Send = (request: BareRequest) => Promise<string>;
type Leased = { id: string; receipt: string; xml: string; expires: string };
type Loop = (from: string, to: string, texts: readonly string[]) => Promise<void>;

const MESSAGE = /<QueueMessage>.*?<\/QueueMessage>/gs;
const field = (xml: string, name: string) => xml.split(`<${name}>`)[1]?.split(`</${name}>`)[0] ?? '';

/**
 * The same work as a person would write it in an afternoon: so many workers on one list, filled by a receive of 32 when it
 * is empty. Texts go from answer to request as they are in the XML. No error is handled and nothing is told.
 */
export function bareLoops(
  send: Send,
  { endpoint, concurrency, lease }: { endpoint: string; concurrency: number; lease: number },
): Record<'move' | 'delete' | 'copy' | 'import' | 'export', Loop> {
  const { account } = EMULATOR;
  const resource = (path: string) => `/${account}/${account}/${path}`;

  async function receive(queue: string): Promise<Leased[]> {
    const xml = await send({
      method: 'GET',
      url: `${endpoint}/${queue}/messages?numofmessages=32&visibilitytimeout=${lease}`,
      resource: `${resource(`${queue}/messages`)}\nnumofmessages:32\nvisibilitytimeout:${lease}`,
    });
    return (xml.match(MESSAGE) ?? []).map((one) => ({
      id: field(one, 'MessageId'),
      receipt: field(one, 'PopReceipt'),
      xml: field(one, 'MessageText'),
      expires: field(one, 'ExpirationTime'),
    }));
  }

  const put = (queue: string, xml: string, timeToLive?: number) =>
    send({
      method: 'POST',
      url: `${endpoint}/${queue}/messages${timeToLive === undefined ? '' : `?messagettl=${timeToLive}`}`,
      resource: resource(`${queue}/messages`) + (timeToLive === undefined ? '' : `\nmessagettl:${timeToLive}`),
      body: `<?xml version="1.0" encoding="utf-8"?><QueueMessage><MessageText>${xml}</MessageText></QueueMessage>`,
    });

  const copy = (queue: string, { xml, expires }: Leased) =>
    put(queue, xml, Math.ceil((Date.parse(expires) - Date.now()) / 1000));

  const remove = (queue: string, { id, receipt }: Leased) =>
    send({
      method: 'DELETE',
      url: `${endpoint}/${queue}/messages/${id}?popreceipt=${encodeURIComponent(receipt)}`,
      resource: `${resource(`${queue}/messages/${id}`)}\npopreceipt:${receipt}`,
    });

  const giveBack = (queue: string, { id, receipt }: Leased) =>
    send({
      method: 'PUT',
      url: `${endpoint}/${queue}/messages/${id}?popreceipt=${encodeURIComponent(receipt)}&visibilitytimeout=0`,
      resource: `${resource(`${queue}/messages/${id}`)}\npopreceipt:${receipt}\nvisibilitytimeout:0`,
    });

  /** All messages of a queue, `concurrency` at a time. */
  async function forEach(queue: string, work: (message: Leased) => Promise<unknown>): Promise<void> {
    const ready: Leased[] = [];
    let coming: Promise<unknown> | undefined;
    let isEmpty = false;
    async function refill() {
      const batch = await receive(queue);
      isEmpty = batch.length === 0;
      ready.push(...batch);
      coming = undefined;
    }
    async function worker() {
      while (!isEmpty || ready.length > 0) {
        const message = ready.shift();
        if (message) await work(message);
        else await (coming ??= refill());
      }
    }
    await together(worker);
  }

  const together = (worker: () => Promise<void>) => Promise.all(Array.from({ length: concurrency }, worker));

  /** One by one, in their order, as the page returns a round. */
  async function giveAllBack(queue: string, held: readonly Leased[]): Promise<void> {
    for (const message of held) await giveBack(queue, message);
  }

  return {
    move: (from, to) =>
      forEach(from, async (message) => {
        await copy(to, message);
        await remove(from, message);
      }),
    delete: (from) => forEach(from, (message) => remove(from, message)),
    async copy(from, to) {
      const held: Leased[] = [];
      await forEach(from, async (message) => {
        await copy(to, message);
        held.push(message);
      });
      await giveAllBack(from, held);
    },
    async import(_, to, texts) {
      const waiting = texts.values();
      await together(async () => {
        for (const text of waiting) await put(to, text);
      });
    },
    async export(from) {
      const held: Leased[] = [];
      for (let batch = await receive(from); batch.length > 0; batch = await receive(from)) held.push(...batch);
      if (held.map((message) => JSON.stringify(message)).join('\n') === '') throw new Error('Nothing was exported');
      await giveAllBack(from, held);
    },
  };
}
