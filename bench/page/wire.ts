import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import type { Account } from '@/azure/protocol/model';
import { cacheMode } from '@/azure/wire/cache-mode';
import { accountFor } from '@/queries/use-account';
import { addConnection } from '@/state/connections/connections';
import { bareFetch, importBareKey } from './bare-fetch';
import { interleaved, type Rounds, type Timings } from './interleaved';

export type WireBench = {
  endpoint: string;
  /** Holds 32 messages; only peeked. */
  peeked: string;
  /** Gets the messages that are put. */
  filled: string;
  /** Of the messages put. */
  text: string;
  /** Over the service, and with answers that come at once. */
  rounds: { service: Rounds; atOnce: Rounds };
};

export type WireTimings = Record<'service' | 'atOnce', Record<'peek' | 'put', Timings>>;

/**
 * The client as the page has it (request log, records, guard, network), against a bare request of the same bytes: over the
 * service, and with a `fetch` that gives an answer of the service at once, so that only the client is left.
 */
export async function measureWire({ endpoint, peeked, filled, text, rounds }: WireBench): Promise<WireTimings> {
  const credential = { kind: 'key', key: await importKey(EMULATOR.key) } as const;
  const { id } = await addConnection({ account: EMULATOR.account, endpoint, credential }, 'tab');
  const account = accountFor(id);
  if (!account) throw new Error('The connection was not added');
  const sides = sidesOf(account, await importBareKey(), { endpoint, peeked, filled, text });
  const timed = async (count: Rounds) => ({
    peek: await interleaved(...sides.peek, count),
    put: await interleaved(...sides.put, count),
  });

  const service = await timed(rounds.service);
  const giveBack = await answerAtOnce(sides);
  try {
    return { service, atOnce: await timed(rounds.atOnce) };
  } finally {
    giveBack();
  }
}

type Sides = Record<'peek' | 'put', [ours: () => Promise<unknown>, bare: () => Promise<unknown>]>;

function sidesOf(
  account: Account,
  key: CryptoKey,
  { endpoint, peeked, filled, text }: Omit<WireBench, 'rounds'>,
): Sides {
  const name = EMULATOR.account;
  // Queries and jobs can be cancelled.
  const { signal } = new AbortController();
  return {
    peek: [
      () => account.peekMessages(peeked, { count: 32, signal }),
      () =>
        bareFetch(key, {
          method: 'GET',
          cache: cacheMode('GET'),
          url: `${endpoint}/${peeked}/messages?peekonly=true&numofmessages=32`,
          resource: `/${name}/${name}/${peeked}/messages\nnumofmessages:32\npeekonly:true`,
        }),
    ],
    put: [
      () => account.sendMessage(filled, { text }, { signal }),
      () =>
        bareFetch(key, {
          method: 'POST',
          cache: cacheMode('POST'),
          url: `${endpoint}/${filled}/messages`,
          resource: `/${name}/${name}/${filled}/messages`,
          body: `<?xml version="1.0" encoding="utf-8"?><QueueMessage><MessageText>${text}</MessageText></QueueMessage>`,
        }),
    ],
  };
}

/**
 * From now on every request gets the answer that the service gave to one of its method.
 * @returns what ends that
 */
async function answerAtOnce({ peek: [peek], put: [put] }: Sides): Promise<() => void> {
  const { fetch } = globalThis;
  const answers = new Map<string | undefined, { body: Uint8Array<ArrayBuffer>; init: ResponseInit }>();
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { status, statusText, headers } = response;
    const body = new TextEncoder().encode(withTimesApart(await response.clone().text()));
    answers.set(init?.method, { body, init: { status, statusText, headers } });
    return response;
  };
  await peek();
  await put();
  globalThis.fetch = (_, init) => {
    const { body, init: facts } = answers.get(init?.method) ?? {};
    return Promise.resolve(new Response(body, facts));
  };
  return () => void (globalThis.fetch = fetch);
}

/** As in a queue that filled up over a while: here, all messages were put in the same second. */
function withTimesApart(xml: string): string {
  let minutes = 0;
  return xml.replaceAll(/<(InsertionTime|ExpirationTime)>([^<]+)/g, (_, name: string, time: string) => {
    return `<${name}>${new Date(Date.parse(time) - ++minutes * 61_000).toUTCString()}`;
  });
}
