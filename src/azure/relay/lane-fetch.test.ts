import { expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../account';
import type { Exchange } from '../protocol/exchange';
import { laneServer } from './lane.fixture';
import { laneFetch } from './lane-fetch';
import { LANE_LIMITS, LANE_REQUESTS, writeFrame } from './lane-frames';
import { addressOf, RelayError } from './relay-fetch';

const PAGE = 'http://127.0.0.1:5190';
const ACCOUNT = 'https://acc.queue.core.windows.net';

type Call = { url: string; init: RequestInit | undefined };
type Held = Call & { answer: (response?: Response) => void };

/** An account that answers when it is told to. */
function heldAccount() {
  const held: Held[] = [];
  const account: typeof fetch = (input, init) =>
    new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      held.push({ url: addressOf(input), init, answer: (response = new Response('<ok/>')) => resolve(response) });
    });
  return { held, account };
}

const never: typeof fetch = () => new Promise(() => {});
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve));
};
/** Turns of promises, without one for a timer. */
const someTurns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const asked = (fetch: typeof globalThis.fetch, count: number, from = 0, init?: RequestInit) =>
  Array.from({ length: count }, (_, n) => fetch(`${ACCOUNT}/${from + n}`, init));

/** A lane whose lone requests are taken, so that all else goes in batches. */
function onlyBatches(options: Parameters<typeof laneServer>[0]) {
  const server = laneServer(options);
  const fetch = laneFetch(PAGE, { fetch: server.fetch, relay: never });
  void asked(fetch, 2);
  return { fetch, batches: server.batches };
}

test('what is asked one by one goes by the relay, and many at a time by the lane', async () => {
  const { held, account } = heldAccount();
  const { fetch, batches } = (() => {
    const server = laneServer({ account });
    return { fetch: laneFetch(PAGE, { fetch: server.fetch, relay: account }), batches: server.batches };
  })();

  const answers = asked(fetch, 10);
  await until(() => held.length === 10);
  expect(batches).toEqual([Array.from({ length: 8 }, (_, n) => `${ACCOUNT}/${n + 2}`)]);
  for (const { url, answer } of held) answer(new Response(url, { status: 201, headers: { 'x-ms-a': 'b' } }));
  const told = await Promise.all(
    (await Promise.all(answers)).map(async (one) => [one.status, one.headers.get('x-ms-a'), await one.text()]),
  );
  expect(told).toEqual(Array.from({ length: 10 }, (_, n) => [201, 'b', `${ACCOUNT}/${n}`]));
});

test('the server gets method, headers and bytes as they were signed', async () => {
  const { held, account } = heldAccount();
  const { fetch } = onlyBatches({ account });
  const put = fetch(`${ACCOUNT}/q?x=%2B`, {
    method: 'POST',
    headers: { 'x-ms-date': 'now', authorization: 'SharedKey a:b=' },
    body: new TextEncoder().encode('<é/>'),
    cache: 'no-store',
  });
  await until(() => held.length === 1);
  const [call] = held;
  expect([call?.url, call?.init?.method, call?.init?.headers]).toEqual([
    `${ACCOUNT}/q?x=%2B`,
    'POST',
    [
      ['authorization', 'SharedKey a:b='],
      ['x-ms-date', 'now'],
    ],
  ]);
  expect(new TextDecoder().decode(call?.init?.body as Uint8Array)).toBe('<é/>');
  call?.answer(new Response(null, { status: 204, statusText: 'No Content' }));
  const { status, statusText, body } = await put;
  expect([status, statusText, body]).toEqual([204, 'No Content', null]);
});

test('no more are under way at a time than the server begins, and no batch is over its bounds', async () => {
  const { held, account } = heldAccount();
  const { fetch, batches } = onlyBatches({ account });
  const body = new Uint8Array(LANE_LIMITS.bytes / 10);
  const large = asked(fetch, 20, 0, { method: 'POST', body });
  const small = asked(fetch, 200, 1000);
  await until(() => held.length === LANE_REQUESTS);

  expect(batches.map(({ length }) => length)).toEqual([9, 9, 64, 46]);
  for (let answered = 0; answered < 220; answered++) {
    await until(() => held.length > answered);
    held[answered]?.answer();
  }
  await Promise.all([...large, ...small]);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(LANE_LIMITS.requests);
});

test('few writes that come one after another beside many that are under way share a batch, and a read waits for no others', async () => {
  const { held, account } = heldAccount();
  const { fetch, batches } = onlyBatches({ account });
  const many = asked(fetch, 100);
  await until(() => held.length === 100);
  const few: Promise<Response>[] = [];
  for (let n = 0; n < 5; n++) {
    few.push(...asked(fetch, 1, 1000 + n, { method: 'DELETE' }));
    await someTurns();
  }
  await until(() => held.length === 105);
  few.push(...asked(fetch, 1, 2000, { method: 'DELETE' }), ...asked(fetch, 1, 3000));
  await someTurns();
  expect(batches.map(({ length }) => length)).toEqual([64, 36, 5, 2]);
  await until(() => held.length === 107);
  for (const { answer } of held) answer();
  await Promise.all([...many, ...few]);
});

test('a request that aborts before its batch began is never sent, and one under way ends alone', async () => {
  const { held, account } = heldAccount();
  const { fetch, batches } = onlyBatches({ account });
  const full = asked(fetch, LANE_REQUESTS);
  await until(() => held.length === LANE_REQUESTS);
  const gone = new AbortController();
  const waiting = fetch(`${ACCOUNT}/waiting`, { signal: gone.signal });
  gone.abort(new DOMException('Called off.', 'AbortError'));
  await expect(waiting).rejects.toThrow('Called off.');
  for (const { answer } of held.splice(0)) answer();
  await Promise.all(full);

  const ended = new AbortController();
  const alone = fetch(`${ACCOUNT}/alone`, { signal: ended.signal });
  const [beside] = asked(fetch, 1, 500);
  await until(() => held.length === 2);
  ended.abort(new DOMException('Ended.', 'AbortError'));
  await expect(alone).rejects.toThrow('Ended.');
  held.find(({ url }) => url.endsWith('/500'))?.answer();
  expect((await beside)?.status).toBe(200);
  expect(batches.flat()).not.toContain(`${ACCOUNT}/waiting`);
});

test('a batch that nobody waits for any more is called off, also after some of its answers', async () => {
  let signal: AbortSignal | null | undefined;
  const { fetch } = onlyBatches({
    account: async (url, init) => {
      if (addressOf(url).endsWith('/500')) return new Response('<ok/>');
      signal = init?.signal;
      return never('');
    },
  });
  const gone = new AbortController();
  const [answered] = asked(fetch, 1, 500);
  const calls = asked(fetch, 3, 0, { signal: gone.signal });
  await answered;
  gone.abort();
  await Promise.allSettled(calls);
  await until(() => signal?.aborted === true);
  expect(signal?.aborted).toBe(true);
});

test.each([
  ['unsent', 0],
  ['cut', 2],
  ['half', 0],
  ['lost', 0],
] as const)(
  'each request of a batch that is %s fails as over a broken connection, but for those answered',
  async (trouble, answered) => {
    let left = 1;
    const { fetch, batches } = onlyBatches({
      account: async () => new Response('<ok/>'),
      trouble: () => (left-- > 0 ? trouble : undefined),
    });
    const results = await Promise.allSettled(asked(fetch, 4));
    const failed = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(failed).toHaveLength(4 - answered);
    for (const error of failed) {
      expect(error).toBeInstanceOf(RelayError);
      expect(error).toMatchObject({ reached: false, notSent: false });
    }
    // The next goes on, and nothing was asked twice.
    const [next] = await Promise.all(asked(fetch, 1, 9));
    expect(next?.status).toBe(200);
    expect(batches.flat()).toHaveLength(5);
  },
);

test('what the relay refuses of one request is told of that one', async () => {
  const { fetch } = onlyBatches({
    account: async () => new Response('<ok/>'),
    refused: (url) => (url.endsWith('/1') ? { refused: 'unreachable', way: 'none' } : undefined),
  });
  const [first, second] = await Promise.allSettled(asked(fetch, 2));
  expect(first?.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { message: 'No.', reached: true, notSent: true } });
});

test('a refusal of the whole batch is told of each', async () => {
  const refusal = new Response('Not from here.', { status: 403, headers: { 'queuescope-relay': 'foreign' } });
  const fetch = laneFetch(PAGE, { fetch: async () => refusal.clone(), relay: never });
  void asked(fetch, 2);
  for (const one of await Promise.allSettled(asked(fetch, 3))) {
    expect(one).toMatchObject({ reason: { message: 'Not from here.', reached: true } });
  }
});

test.each([
  ['no head', new TextEncoder().encode('what?\n')],
  ['a number that nobody asked', writeFrame({ n: 7, status: 200, statusText: '', headers: [] })],
  ['a number that is none', new TextEncoder().encode('{"n":null,"status":200,"statusText":"","headers":[]}\n')],
  ['a status that is none', writeFrame({ n: 0, status: 7, statusText: '', headers: [] })],
  ['nothing', new Uint8Array()],
])('an answer with %s is no answer', async (_, bytes) => {
  const fetch = laneFetch(PAGE, { fetch: async () => new Response(bytes), relay: never });
  void asked(fetch, 2);
  const [one] = await Promise.allSettled(asked(fetch, 1));
  expect(one).toMatchObject({ status: 'rejected', reason: { name: 'RelayError', notSent: false } });
});

test.each([
  ['is no frame', ['what?\n']],
  ['says that more comes than may', ['{"n":0,"bytes":99999999}\n']],
  ['has a head without an end', ['x'.repeat(LANE_LIMITS.head + 1)]],
  ['goes on without end', Array<string>(1000).fill('{"n":7,"more":true}\n')],
])('answers that came stay, and a stream is left, where what follows them %s', async (_, pieces) => {
  let isLeft = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(writeFrame({ n: 1, status: 200, statusText: '', headers: [] })),
    pull: (out) => {
      const piece = pieces.shift();
      if (piece !== undefined) out.enqueue(new TextEncoder().encode(piece));
    },
    cancel: () => void (isLeft = true),
  });
  const fetch = laneFetch(PAGE, {
    relay: never,
    async fetch(_url, init) {
      init?.signal?.addEventListener('abort', () => (isLeft = true));
      return new Response(stream);
    },
  });
  void asked(fetch, 2);
  const gone = new AbortController();
  const [broken, fine] = [asked(fetch, 1, 0, { signal: gone.signal })[0], asked(fetch, 1)[0]];
  expect((await fine)?.status).toBe(200);
  // What has no end ends with who waits for it.
  if (pieces.length > 1) gone.abort();
  await expect(broken).rejects.toThrow();
  expect(isLeft).toBe(true);
});

test('an answer of the lane is as long as one of the relay at most', async () => {
  const piece = writeFrame({ n: 0, more: true }, new Uint8Array(LANE_LIMITS.piece));
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(writeFrame({ n: 0, status: 200, statusText: '', headers: [], more: true })),
    pull: (out) => (++sent > 200 ? out.close() : out.enqueue(piece)),
  });
  const fetch = laneFetch(PAGE, { fetch: async () => new Response(stream), relay: never });
  void asked(fetch, 2);
  await expect(asked(fetch, 1)[0]).rejects.toThrow('cannot be read');
  expect(sent).toBeLessThan(70);
});

test('a batch that one request is left of is called off when that aborted before', async () => {
  let signal: AbortSignal | null | undefined;
  const { held, account } = heldAccount();
  const server = laneServer({ account });
  const fetch = laneFetch(PAGE, {
    relay: never,
    fetch: (input, init) => {
      signal = init?.signal;
      return server.fetch(input, init);
    },
  });
  void asked(fetch, 2);
  const gone = new AbortController();
  const [aborted, answered] = [asked(fetch, 1, 0, { signal: gone.signal })[0], asked(fetch, 1)[0]];
  await until(() => held.length === 2);
  gone.abort();
  await expect(aborted).rejects.toThrow();
  held[1]?.answer();
  await answered;
  await until(() => signal?.aborted === true);
});

test('the log shows each request as itself', async () => {
  const seen: Exchange[] = [];
  const { fetch } = onlyBatches({
    account: async (url) =>
      addressOf(url).includes('missing')
        ? new Response('<Error><Code>QueueNotFound</Code></Error>', { status: 404 })
        : new Response(null, { status: 200, headers: { 'x-ms-approximate-messages-count': '3' } }),
  });
  const account = connect(
    { account: 'acc', endpoint: ACCOUNT, credential: { kind: 'sas', token: 'sig=zzzz' }, relay: true },
    { fetch, readXml: () => undefined, observe: (exchange) => exchange.duration !== undefined && seen.push(exchange) },
  );
  const [found, missing] = await Promise.allSettled([
    account.getQueueProperties('orders'),
    account.getQueueProperties('missing'),
  ]);
  expect(found).toMatchObject({ value: { approximateMessageCount: 3 } });
  expect(missing).toMatchObject({ reason: { status: 404 } });
  expect(seen.map(({ url, response, relayed }) => [new URL(url).pathname, response?.status, relayed])).toEqual([
    ['/orders', 200, true],
    ['/missing', 404, true],
  ]);
});

/** Lets what is ready go on, without a timer. */
async function turns() {
  for (let turn = 0; turn < 20; turn++) await new Response('').blob();
}

test('the log shows when a request was sent and how long that took, without its wait for its turn', async () => {
  const seen: Exchange[] = [];
  const { held, account: service } = heldAccount();
  const { fetch } = onlyBatches({ account: service });
  const full = asked(fetch, LANE_REQUESTS);
  await until(() => held.length === LANE_REQUESTS);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const start = performance.now();
  const account = connect(
    { account: 'acc', endpoint: ACCOUNT, credential: { kind: 'sas', token: 'sig=zzzz' }, relay: true },
    {
      fetch,
      now: () => 1000 + performance.now() - start,
      readXml: () => undefined,
      observe: (exchange) => exchange.duration !== undefined && seen.push(exchange),
    },
  );
  const counts = account.getQueueProperties('orders');
  await turns();
  // Longer than a request may take.
  vi.advanceTimersByTime(90_000);
  for (const { answer } of held.splice(0)) answer();
  await Promise.all(full);
  await turns();
  vi.advanceTimersByTime(70);
  held[0]?.answer(new Response(null, { headers: { 'x-ms-approximate-messages-count': '3' } }));
  await counts;
  expect(seen.map(({ startedAt, waited, duration }) => [startedAt.getTime(), waited, duration])).toEqual([
    [91_000, 90_000, 70],
  ]);
});
