import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFrameReader,
  type Frame,
  LANE_LIMITS,
  LANE_REQUESTS,
  type LaneRequest,
  writeFrame,
} from '../../src/azure/relay/lane-frames';
import { type PageServer, serve } from '../page/serve';
import { PROBE } from './reach';
import { createRelay, type RelayOptions } from './relay';
import { type Asked, askedIn, listen, ok, ownHeaders } from './relay.fixture';

let asked: Asked[] = [];
let answers: (request: IncomingMessage, response: ServerResponse) => unknown;
let closing: (() => unknown)[] = [];
let account: number;
let server: PageServer;

/** A queue service that notes what it is asked. */
const queueService = () => createServer((request, response) => void note(request, response));

async function note(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === PROBE) return ok(response);
  try {
    asked.push(await askedIn(request));
  } catch {
    return;
  }
  answers(request, response);
}

async function start(options: RelayOptions = {}) {
  server = await serve({ relay: createRelay({ resolve: async () => [], ...options }) });
  closing.push(server.stop);
}

beforeEach(async () => {
  asked = [];
  answers = (_, response) => ok(response);
  account = await listen(queueService(), closing);
  await start();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Part = Partial<Omit<LaneRequest, 'n'>> & { body?: string };

const at = (path: string) => `http://127.0.0.1:${account}/acc${path}`;
const batchOf = (parts: readonly Part[]) =>
  Buffer.concat(
    parts.map(({ method = 'GET', url = at('/q'), headers = [], body = '' }, n) =>
      writeFrame({ n, method, url, headers }, Buffer.from(body)),
    ),
  );

type Sending = { headers?: Record<string, string | undefined>; method?: string };

/** Sends bytes to the lane as the page does; the answer as it begins. */
async function post(bytes: Buffer, { headers = {}, method = 'POST' }: Sending = {}) {
  const given: Record<string, string | number | undefined> = {
    ...ownHeaders(server.port),
    'content-length': bytes.length,
    ...headers,
  };
  const kept = Object.entries(given).filter(([, value]) => value !== undefined);
  const sent = httpRequest({
    host: '127.0.0.1',
    port: server.port,
    path: '/lane',
    method,
    headers: Object.fromEntries(kept),
    agent: false,
  });
  sent.on('error', () => {});
  sent.end(bytes);
  const [came] = (await once(sent, 'response')) as [IncomingMessage];
  return { sent, came };
}

type Answer = { status?: unknown; headers?: unknown; refused?: unknown; way?: unknown; text: string };

/** The answers of a batch by their numbers, and the order in which they were whole. */
async function hand(parts: readonly Part[]) {
  const { came } = await post(batchOf(parts));
  const found = new Map<number, Answer>();
  const order: number[] = [];
  for await (const { head, body } of framesOf(came)) {
    const { n, more, ...rest } = head;
    const before = found.get(Number(n));
    found.set(Number(n), { ...before, ...rest, text: (before?.text ?? '') + Buffer.from(body).toString() });
    if (more !== true) order.push(Number(n));
  }
  return { status: came.statusCode, headers: came.headers, answers: parts.map((_, n) => found.get(n)), order };
}

async function* framesOf(came: IncomingMessage): AsyncGenerator<Frame> {
  const reader = createFrameReader(Number.POSITIVE_INFINITY);
  for await (const piece of came) yield* reader.read(piece as Buffer);
}

test('passes each request of a batch on as it was signed, and its answer back with its number', async () => {
  answers = ({ url = '' }, response) => ok(response, `<to>${url}</to>`, url.endsWith('1') ? 201 : 200);
  const batch = await hand([
    {
      method: 'POST',
      url: at('/q/messages?messagettl=1'),
      headers: [
        ['authorization', 'SharedKey acc:AAA='],
        ['x-ms-date', 'now'],
        ['cookie', 'a=b'],
      ],
      body: '<é/>',
    },
    { method: 'DELETE', url: at('/q/messages/1?popreceipt=%2B') },
    { method: 'PUT', url: at('/q') },
  ]);

  expect(batch.status).toBe(200);
  expect(batch.headers['content-security-policy']).toContain('sandbox');
  expect(
    asked
      .toSorted((a, b) => String(a.url).localeCompare(String(b.url)))
      .map(({ method, url, body }) => [method, url, body]),
  ).toEqual([
    ['PUT', '/acc/q', ''],
    ['POST', '/acc/q/messages?messagettl=1', '<é/>'],
    ['DELETE', '/acc/q/messages/1?popreceipt=%2B', ''],
  ]);
  const put = asked.find(({ method }) => method === 'POST');
  expect(put?.headers).toEqual({
    host: `127.0.0.1:${account}`,
    authorization: 'SharedKey acc:AAA=',
    'x-ms-date': 'now',
    'content-length': '5',
    connection: 'keep-alive',
  });
  expect(asked.find(({ method }) => method === 'PUT')?.headers['content-length']).toBe('0');
  expect(asked.find(({ method }) => method === 'DELETE')?.headers['content-length']).toBeUndefined();
  expect(batch.answers.map((one) => [one?.status, one?.text])).toEqual([
    [201, '<to>/acc/q/messages?messagettl=1</to>'],
    [200, '<to>/acc/q/messages/1?popreceipt=%2B</to>'],
    [200, '<to>/acc/q</to>'],
  ]);
  expect(batch.answers[0]?.headers).toEqual(expect.arrayContaining([['x-ms-request-id', 'r1']]));
});

test('an answer comes back as soon as it is there, whatever the others wait for', async () => {
  const held: ServerResponse[] = [];
  answers = ({ url }, response) => void (url === '/acc/slow' ? held.push(response) : ok(response, 'quick'));
  const { came } = await post(batchOf([{ url: at('/slow') }, { url: at('/quick') }]));
  const frames = framesOf(came);

  const first = await frames.next();
  expect(first.value?.head).toMatchObject({ n: 1, status: 200 });
  for (const response of held) ok(response, 'slow');
  expect((await frames.next()).value?.head).toMatchObject({ n: 0, status: 200 });
});

test('what one request is refused for ends no other, and is told as the relay tells it', async () => {
  answers = ({ url }, response) => {
    if (url === '/acc/redirect') response.writeHead(307, { location: 'https://b.example/' }).end();
    else if (url === '/acc/broken') response.destroy();
    else ok(response);
  };
  const twice: [string, string][] = [
    ['x-ms-date', 'a'],
    ['X-Ms-Date', 'b'],
  ];
  const { answers: told } = await hand([
    { url: 'https://evil.example/q' },
    { url: `http://127.0.0.1:${server.port}/acc` },
    { url: at('/a/../b') },
    { method: 'PATCH' },
    { headers: twice },
    { headers: [['x-ms-meta-a', 'é€']] },
    { headers: [['content-length', '7']] },
    { method: 'DELETE', body: 'x' },
    { method: 'PUT', body: 'x'.repeat(524_289) },
    { url: at('/redirect') },
    { url: at('/broken') },
    { url: at('/fine') },
  ]);

  expect(told.map((one) => [one?.refused, one?.way])).toEqual([
    ['host', undefined],
    ['host', undefined],
    ['malformed', undefined],
    ['malformed', undefined],
    ['malformed', undefined],
    ['malformed', undefined],
    ['malformed', undefined],
    ['malformed', undefined],
    ['size', undefined],
    ['redirect', undefined],
    ['unreachable', 'broken'],
    [undefined, undefined],
  ]);
  expect(told[0]?.text).toBe(
    'The relay does not go to evil.example: start it with --relay-host evil.example to allow it.',
  );
  expect(asked.map(({ url }) => url).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    '/acc/broken',
    '/acc/fine',
    '/acc/redirect',
  ]);
});

test('nothing of what is no batch is passed on', async () => {
  const whole = batchOf([{}, {}]);
  const refusals: [Buffer, Sending, number][] = [
    [whole, { headers: { origin: 'https://attacker.example' } }, 403],
    [whole, { headers: { origin: undefined } }, 403],
    [whole, { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    [whole, { headers: { 'sec-fetch-dest': 'document' } }, 403],
    [whole, { headers: { host: `attacker.example:${server.port}` } }, 403],
    [whole, { headers: { 'content-length': undefined, 'transfer-encoding': 'chunked' } }, 400],
    [whole.subarray(0, -3), {}, 400],
    [Buffer.from('{}'), {}, 400],
    [Buffer.from('[1]\n'), {}, 400],
    [Buffer.from('{"n":0,"bytes":-1}\n'), {}, 400],
    [Buffer.from(`{"n":0,"x":"${'x'.repeat(LANE_LIMITS.head)}"}\n`), {}, 400],
    [batchOf(Array.from({ length: LANE_LIMITS.requests + 1 }, () => ({}))), {}, 413],
    [Buffer.from('{}\n'.repeat(LANE_LIMITS.bytes / 4)), {}, 413],
    [Buffer.alloc(LANE_LIMITS.bytes + 1, ' '), {}, 413],
  ];
  for (const [bytes, sending, status] of refusals) {
    const { came } = await post(bytes, sending);
    expect([came.statusCode, typeof came.headers['queuescope-relay']]).toEqual([status, 'string']);
    came.resume();
  }
  expect(asked).toEqual([]);
});

test('a request whose head is none is refused alone', async () => {
  const odd = Buffer.concat([
    writeFrame({ n: 0, method: 7, url: at('/q'), headers: [] } as never),
    writeFrame({ n: 1, method: 'GET', url: at('/q'), headers: [['a']] } as never),
    batchOf([{ url: at('/fine') }]),
  ]);
  const { came } = await post(odd);
  const told: [unknown, unknown][] = [];
  for await (const { head } of framesOf(came)) told.push([head['n'], head['refused']]);
  // They are numbered by their place, whatever they say themselves.
  expect(told.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
    [0, 'malformed'],
    [1, 'malformed'],
    [2, undefined],
  ]);
});

test('begins as many at a time as the page hands over, and never sends what had not begun when the page went away', async () => {
  const held: ServerResponse[] = [];
  const allHeld = new Promise<void>((resolve) => {
    answers = (_, response) => {
      held.push(response);
      if (held.length === LANE_REQUESTS) resolve();
    };
  });
  const full = await Promise.all(
    Array.from({ length: LANE_REQUESTS / LANE_LIMITS.requests }, () =>
      post(batchOf(Array.from({ length: LANE_LIMITS.requests }, (_, n) => ({ url: at(`/first-${n}`) })))),
    ),
  );
  await allHeld;
  const second = await post(batchOf([{ url: at('/second') }]));
  const third = await post(batchOf([{ url: at('/third') }]));
  const gone = new Promise((resolve) => second.came.once('close', resolve).on('error', () => {}));
  second.sent.destroy();
  await gone;
  // What came later than the end of the second has passed by the other way.
  const elsewhere = await listen(queueService(), closing);
  answers = (_, response) => ok(response);
  await hand([{ url: `http://127.0.0.1:${elsewhere}/acc/q` }]);
  asked.pop();
  for (const response of held.splice(0)) ok(response);
  for (const { came } of full) came.resume();

  const frames = framesOf(third.came);
  expect((await frames.next()).value?.head).toMatchObject({ n: 0, status: 200 });
  expect(asked.map(({ url }) => url)).not.toContain('/acc/second');
  expect(asked).toHaveLength(LANE_REQUESTS + 1);
});

test('requests under way end when the page goes away', async () => {
  const underWay = new Promise<IncomingMessage>((resolve) => (answers = resolve));
  const { sent, came } = await post(batchOf([{}]));
  came.on('error', () => {});
  const { socket } = await underWay;
  const ended = once(socket, 'close');
  sent.destroy();
  await ended;
  expect(socket.destroyed).toBe(true);
});

test('a large answer comes in pieces, and one beyond all bounds is broken off without ending the others', async () => {
  await start({ limits: { answer: 300_000 } });
  answers = ({ url }, response) => ok(response, 'x'.repeat(url === '/acc/large' ? 250_000 : 400_000));
  const { answers: told } = await hand([{ url: at('/large') }, { url: at('/larger') }]);
  expect([told[0]?.status, told[0]?.text.length]).toEqual([200, 250_000]);
  expect(told[1]?.refused).toBe('size');
});

test('a host that is no queue service is asked once for a batch, and gets nothing of it', async () => {
  let probes = 0;
  const other = await listen(
    createServer((request, response) => {
      if (request.url === PROBE) probes++;
      else asked.push({ method: request.method, url: request.url, headers: request.headers, body: '' });
      response.end('hello');
    }),
    closing,
  );
  const parts = Array.from({ length: 5 }, () => ({ url: `http://127.0.0.1:${other}/acc/q` }));
  const { answers: told } = await hand(parts);
  expect(told.map((one) => one?.refused)).toEqual(Array(5).fill('answer'));
  expect([probes, asked]).toEqual([1, []]);
});

test('there is no lane without the relay', async () => {
  const plain = await serve({});
  closing.push(plain.stop);
  const answer = await fetch(`${plain.url}/lane`, { method: 'POST', body: new Uint8Array(batchOf([{}])) });
  expect(answer.status).toBe(405);
});
