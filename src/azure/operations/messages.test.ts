import { expect, test } from 'vitest';
import { connect } from '../account';
import { importKey } from '../credentials/shared-key';
import { EMULATOR } from '../protocol/emulator';
import type { Exchange, Observe } from '../protocol/exchange';
import { mayHaveSucceeded } from '../wire/retry';
import { readPlainXml } from '../wire/xml';

const key = await importKey(EMULATOR.key);

/** An account whose service gives these answers one by one; nothing in place of an answer is a lost one. */
const answering = (...replies: (Response | undefined)[]) => connectTo(replies);

function connectTo(replies: (Response | undefined)[], observe: Observe = () => {}) {
  const fetch = () => {
    const reply = replies.shift();
    return reply ? Promise.resolve(reply) : Promise.reject(new TypeError('Failed to fetch'));
  };
  const endpoint = 'https://contosoq.queue.core.windows.net';
  const secondaryEndpoint = 'https://contosoq-secondary.queue.core.windows.net';
  const connection = { account: 'contosoq', endpoint, secondaryEndpoint, credential: { kind: 'key', key } } as const;
  return connect(connection, { fetch, observe, readXml: readPlainXml, delay: () => Promise.resolve() });
}
const refusal = (status: number, code: string) =>
  new Response(null, { status, headers: { 'x-ms-error-code': code, date: 'Fri, 02 Jan 2026 03:04:05 GMT' } });
const forbidden = () => refusal(403, 'AuthorizationFailure');

// Versions before 2016-05-31 answer without a body, also by a SAS of such a version.
test.each([
  [{}, '2026-01-09T03:04:05.000Z', '2026-01-02T03:04:05.000Z'],
  [{ timeToLive: 60, visibilityDelay: 30 }, '2026-01-02T03:05:05.000Z', '2026-01-02T03:04:35.000Z'],
  [{ timeToLive: 'never' as const }, null, '2026-01-02T03:04:05.000Z'],
])(
  'a message with %j that is answered by 201 and no body was added, without a receipt',
  async (times, expires, shows) => {
    const answer = new Response(null, { status: 201, headers: { date: 'Fri, 02 Jan 2026 03:04:05 GMT' } });
    const sent = await answering(answer).sendMessage('orders', { text: 'a', ...times });
    expect(JSON.parse(JSON.stringify(sent))).toEqual({
      id: '',
      receipt: '',
      insertedAt: '2026-01-02T03:04:05.000Z',
      expiresAt: expires,
      visibleAt: shows,
    });
  },
);

test.each([
  ['an empty list', '<QueueMessagesList />'],
  ['words', 'created'],
])('a message that is answered by 201 and %s was added, and the error says so', async (_, body) => {
  const error: unknown = await answering(new Response(body, { status: 201 }))
    .sendMessage('orders', { text: 'a' })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'StorageError',
    status: 201,
    message: 'The message was added, but its description in the answer cannot be read.',
  });
  expect(mayHaveSucceeded(error)).toBe(true);
});

const MESSAGE = {
  MessageId: 'a',
  InsertionTime: 'Fri, 02 Jan 2026 03:04:05 GMT',
  ExpirationTime: 'Fri, 09 Jan 2026 03:04:05 GMT',
  PopReceipt: 'AgAA',
  TimeNextVisible: 'Fri, 02 Jan 2026 03:04:35 GMT',
  DequeueCount: '1',
  MessageText: 'text',
};
const messagesWith = (fields: Record<string, string | undefined>) => {
  const all: Record<string, string | undefined> = { ...MESSAGE, ...fields };
  const inner = Object.entries(all)
    .map(([name, text]) => (text === undefined ? '' : `<${name}>${text}</${name}>`))
    .join('');
  return new Response(`<QueueMessagesList><QueueMessage>${inner}</QueueMessage></QueueMessagesList>`);
};

test.each<[name: keyof typeof MESSAGE, text: string | undefined]>([
  ['MessageId', undefined],
  ['MessageId', ''],
])('a message with the %s %j is refused by name, as nothing can be done with it', async (name, text) => {
  const said = `The service gave a QueueMessage whose ${name} is missing or cannot be read`;
  await expect(answering(messagesWith({ [name]: text })).peekMessages('orders')).rejects.toThrow(said);
  const error: unknown = await answering(messagesWith({ [name]: text }))
    .receiveMessages('orders')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'StorageError', message: expect.stringContaining(said) as string });
  // What was received is hidden there, whatever was said of it.
  expect(mayHaveSucceeded(error)).toBe(true);
});

test('a message without an id is never named in an address, which would be that of all messages', async () => {
  const nobody = { id: '', receipt: 'AgAA' };
  await expect(answering().deleteMessage('orders', nobody)).rejects.toMatchObject({ field: 'id' });
  await expect(answering().updateMessage('orders', nobody, { visibilityTimeout: 0 })).rejects.toMatchObject({
    field: 'id',
  });
});

test('an update whose time nobody can read has none', async () => {
  const headers = { 'x-ms-popreceipt': 'AgAB', 'x-ms-time-next-visible': 'soon' };
  const account = answering(new Response(null, { status: 204, headers }));
  expect(await account.updateMessage('orders', { id: 'a', receipt: 'AgAA' }, { visibilityTimeout: 0 })).toEqual({
    receipt: 'AgAB',
    visibleAt: undefined,
  });
});

test('a count, a queue and a status that cannot be read are unknown or refused', async () => {
  const counted = (count: string) =>
    answering(new Response(null, { headers: { 'x-ms-approximate-messages-count': count } })).getQueueProperties(
      'orders',
    );
  expect((await counted('many')).approximateMessageCount).toBeUndefined();
  expect((await counted('7')).approximateMessageCount).toBe(7);
  const nameless = '<EnumerationResults><Queues><Queue><Metadata /></Queue></Queues></EnumerationResults>';
  await expect(answering(new Response(nameless)).listQueues().next()).rejects.toThrow('a Queue whose Name is missing');
  const stats = `<StorageServiceStats><GeoReplication><Status>fine</Status><LastSyncTime>now</LastSyncTime></GeoReplication></StorageServiceStats>`;
  expect(await answering(new Response(stats)).getServiceStats()).toEqual({
    status: 'unavailable',
    lastSyncTime: undefined,
  });
});

test.each([
  ['of one word', 'x'.repeat(5_000_000)],
  ['of XML', `<Error><Code>Odd</Code><Message>${'x'.repeat(5_000_000)}</Message></Error>`],
  ['of a sentence that fits', `<Error><Code>Odd</Code><Message>${'x'.repeat(60_000)}</Message></Error>`],
  ['of elements in one another', `<Error>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</Error>`],
])('a refusal %s fills neither screen nor log', async (_, body) => {
  const exchanges: Exchange[] = [];
  const error: unknown = await answering(new Response(body, { status: 400 }))
    .peekMessages('orders')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'StorageError', status: 400 });
  expect(String(error).length).toBeLessThan(2000);
  const observed = connectTo([new Response(body, { status: 400 })], (exchange) => exchanges.push(exchange));
  await expect(observed.peekMessages('orders')).rejects.toThrow();
  expect(exchanges.at(-1)?.response?.body.length).toBeLessThan(70_000);
});

test('a delete that is repeated after a lost answer and then refused was perhaps never done', async () => {
  const message = { id: 'a', receipt: 'AgAA' };
  const dates: Date[] = [];
  const account = answering(undefined, refusal(404, 'MessageNotFound'));
  const error: unknown = await account
    .deleteMessage('orders', message, { onDate: (date) => dates.push(date) })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'MessageNotFound', afterLostAnswer: true });
  expect(mayHaveSucceeded(error)).toBe(true);
  expect(dates).toEqual([new Date('2026-01-02T03:04:05Z')]);
  await answering(undefined, new Response(null, { status: 204 })).deleteMessage('orders', message);
});

test('a clear that is refused after a call that may have removed a part says so', async () => {
  const late = Array.from({ length: 4 }, () => refusal(500, 'OperationTimedOut'));
  await expect(answering(...late, forbidden()).clearMessages('orders')).rejects.toMatchObject({
    status: 403,
    afterLostAnswer: true,
  });
  await expect(answering(forbidden()).clearMessages('orders')).rejects.toMatchObject({ afterLostAnswer: false });
});

test('a clear that takes several calls tells the date of each', async () => {
  const dates: Date[] = [];
  const done = new Response(null, { status: 204, headers: { date: 'Fri, 02 Jan 2026 03:04:06 GMT' } });
  const late = Array.from({ length: 4 }, () => refusal(500, 'OperationTimedOut'));
  await answering(...late, done).clearMessages('orders', { onDate: (date) => dates.push(date) });
  expect(dates.map((date) => date.getUTCSeconds())).toEqual([5, 6]);
});
