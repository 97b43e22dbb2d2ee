import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from './account';
import { importKey } from './credentials/shared-key';
import type { Connection } from './protocol/connection';
import { StorageError } from './protocol/errors';
import type { Exchange } from './protocol/exchange';
import { MAX_TEXT_BYTES } from './protocol/limits';
import { textBytes } from './protocol/message-text';
import { legalText } from './protocol/message-text.fixture';
import type { Queue } from './protocol/model';
import { receiptRefusal } from './wire/receipt-refusal';
import { createTransport, type Wire } from './wire/transport';

export type Service = {
  connection: Connection;
  wire?: Wire;
  /** Azurite cuts characters of big bodies in two. */
  cutsCharacters: boolean;
};

let number = 0;

const seconds = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 1000);

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'no refusal',
    (error: unknown) => receiptRefusal(error),
  );

/** What every service does alike, seen through the whole client. The flag names what Azurite does otherwise. */
export function accountContract({ connection, wire = {}, cutsCharacters }: Service): void {
  const account = connect(connection, wire);
  let queue: string;

  beforeEach(async () => {
    queue = `contract-${Date.now()}-${++number}`;
    await account.createQueue(queue);
  });

  const lease = async (options = {}) => {
    const [message] = await account.receiveMessages(queue, options);
    if (!message) throw new Error('Nothing to receive');
    return message;
  };
  const peek = async () => (await account.peekMessages(queue))[0];
  const pages = async (prefix: string) => {
    const all: Queue[][] = [];
    for await (const page of account.listQueues({ prefix })) all.push(page);
    return all;
  };
  const list = async (prefix: string) => (await pages(prefix)).flat();
  const roundTrip = async (text: string) => {
    const sent = await account.sendMessage(queue, { text });
    const got = await peek();
    await account.deleteMessage(queue, sent);
    return got?.text;
  };

  describe('queues', () => {
    test('are listed by prefix, in name order, with the case of their metadata names', async () => {
      await account.createQueue(`${queue}-b`, {
        metadata: { Owner: 'team queue', a1: 'one', a_b: 'two', ab: 'three' },
      });
      await account.createQueue(`${queue}-a`);
      expect(await list(`${queue}-`)).toEqual([
        { name: `${queue}-a`, metadata: {} },
        { name: `${queue}-b`, metadata: { Owner: 'team queue', a1: 'one', a_b: 'two', ab: 'three' } },
      ]);
    });

    test('are an empty page when no name has the prefix', async () => {
      expect(await pages(`${queue}-nothing`)).toEqual([[]]);
    });

    test('are created once: the same again is no error, with other metadata it is', async () => {
      const metadata = { owner: 'me' };
      expect(await account.createQueue(`${queue}-x`, { metadata })).toEqual({ created: true });
      expect(await account.createQueue(`${queue}-x`, { metadata })).toEqual({ created: false });
      await expect(account.createQueue(`${queue}-x`)).rejects.toMatchObject({
        status: 409,
        code: 'QueueAlreadyExists',
      });
    });

    test('are gone once deleted, messages and all', async () => {
      await account.sendMessage(queue, { text: 'x' });
      await account.deleteQueue(queue);
      await expect(account.getQueueProperties(queue)).rejects.toMatchObject({ status: 404, code: 'QueueNotFound' });
      await expect(account.deleteQueue(queue)).rejects.toMatchObject({ code: 'QueueNotFound' });
    });

    test('count their messages', async () => {
      expect(await account.getQueueProperties(queue)).toEqual({ approximateMessageCount: 0, metadata: {} });
      await account.sendMessage(queue, { text: 'x' });
      await account.sendMessage(queue, { text: 'y' });
      expect(await account.getQueueProperties(queue)).toMatchObject({ approximateMessageCount: 2 });
    });

    test('have their metadata replaced as a whole, names signed in the order of the service', async () => {
      await account.setQueueMetadata(queue, { ab: '3', a1: '2', a_b: '1', _a: '0', you: 'y', job: 'j' });
      const { metadata } = await account.getQueueProperties(queue);
      expect(metadata).toEqual({ ab: '3', a1: '2', a_b: '1', _a: '0', you: 'y', job: 'j' });
      await account.setQueueMetadata(queue, {});
      expect(await account.getQueueProperties(queue)).toMatchObject({ metadata: {} });
    });

    test('take any metadata that the rules let through', async () => {
      const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => text !== '_'); // Azurite's XML writer takes `_` for its own
      const value = fc.stringMatching(/^[!-~]( ?[!-~]){0,12}$/);
      const legal = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true });
      const distinct = legal.filter(
        (pairs) => new Set(Object.keys(pairs).map((text) => text.toLowerCase())).size === Object.keys(pairs).length,
      );
      await fc.assert(
        fc.asyncProperty(distinct, async (metadata) => {
          await account.setQueueMetadata(queue, metadata);
          expect((await list(queue))[0]?.metadata).toEqual(metadata);
        }),
        { numRuns: 25 },
      );
    });
  });

  describe('access policies', () => {
    test('are stored, replaced and cleared', async () => {
      const full = {
        id: 'readers & co',
        startsAt: '2026-01-01T00:00:00.0000000Z',
        expiresAt: '2099-12-31T00:00:00.0000000Z',
        permissions: 'raup',
      };
      await account.setAccessPolicies(queue, [full, { id: 'second', permissions: 'r' }]);
      expect(await account.getAccessPolicies(queue)).toEqual([full, { id: 'second', permissions: 'r' }]);
      await account.setAccessPolicies(queue, []);
      expect(await account.getAccessPolicies(queue)).toEqual([]);
    });
  });

  describe('the service', () => {
    test('keeps every section of its properties that is left out', async () => {
      const before = await account.getServiceProperties();
      const retention = { enabled: true, days: 7 };
      await account.setServiceProperties({
        hourMetrics: { version: '1.0', enabled: true, includeApis: true, retention },
      });
      await account.setServiceProperties({
        minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
      });
      const after = await account.getServiceProperties();
      expect(after.cors).toEqual(before.cors);
      expect(after.logging).toEqual(before.logging);
      expect(after.hourMetrics).toEqual({ version: '1.0', enabled: true, includeApis: true, retention });
      expect(after.minuteMetrics).toMatchObject({ enabled: false });
    });

    test('gives back the properties that it was given', async () => {
      const { logging, cors } = await account.getServiceProperties();
      expect(cors?.[0]).toMatchObject({ allowedOrigins: ['*'], maxAge: 7200 });
      if (!logging) throw new Error('No logging section');
      const changed = { ...logging, read: !logging.read, retention: { enabled: true, days: 3 } };
      await account.setServiceProperties({ logging: changed });
      expect((await account.getServiceProperties()).logging).toEqual(changed);
    });

    test('gets no request when there is nothing to set', async () => {
      await expect(account.setServiceProperties({})).resolves.toBeUndefined();
    });

    test('has its replication stats at the secondary endpoint', async () => {
      const stats = await account.getServiceStats();
      expect(stats.status).toBe('live');
      expect(stats.lastSyncTime?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    });

    test('has a clock that responses show', async () => {
      expect(Math.abs(account.clockSkew() ?? Number.NaN)).toBeLessThan(2000);
    });
  });

  describe('a message', () => {
    test('is leased to one receiver at a time', async () => {
      await account.sendMessage(queue, { text: 'hello' });
      expect(await lease()).toMatchObject({ text: 'hello', dequeueCount: 1 });
      expect(await account.receiveMessages(queue)).toEqual([]);
      expect(await account.peekMessages(queue)).toEqual([]);
    });

    test('is not changed by a peek', async () => {
      const sent = await account.sendMessage(queue, { text: 'hello' });
      for (let times = 0; times < 2; times++) {
        expect(await account.peekMessages(queue)).toEqual([
          { id: sent.id, text: 'hello', dequeueCount: 0, insertedAt: sent.insertedAt, expiresAt: sent.expiresAt },
        ]);
      }
    });

    test('lives 7 days by default', async () => {
      const { insertedAt, expiresAt, visibleAt } = await account.sendMessage(queue, { text: '' });
      expect(expiresAt && seconds(insertedAt, expiresAt)).toBe(604_800);
      expect(visibleAt).toEqual(insertedAt);
    });

    test('lives as long as its time to live, or for ever', async () => {
      const { insertedAt, expiresAt } = await account.sendMessage(queue, { text: 'a', timeToLive: 90 });
      expect(expiresAt && seconds(insertedAt, expiresAt)).toBe(90);
      expect((await account.sendMessage(queue, { text: 'b', timeToLive: 'never' })).expiresAt).toBeNull();
      expect((await account.peekMessages(queue)).map((message) => message.expiresAt)).toEqual([expiresAt, null]);
    });

    test('stays hidden for its visibility delay', async () => {
      const { insertedAt, visibleAt } = await account.sendMessage(queue, { text: 'later', visibilityDelay: 60 });
      expect(seconds(insertedAt, visibleAt)).toBe(60);
      expect(await account.peekMessages(queue)).toEqual([]);
    });

    test('is hidden for its visibility timeout, up to 32 at once', async () => {
      for (let i = 0; i < 33; i++) await account.sendMessage(queue, { text: String(i) });
      const leased = await account.receiveMessages(queue, { count: 32, visibilityTimeout: 604_800 });
      expect(leased.map(({ text }) => text)).toEqual(Array.from({ length: 32 }, (_, i) => String(i)));
      expect(seconds(new Date(), leased[0]?.visibleAt ?? new Date(0))).toBeCloseTo(604_800, -1);
      expect((await account.peekMessages(queue, { count: 32 })).map(({ text }) => text)).toEqual(['32']);
    });

    test('gets a new text and a new receipt by an update, and the old receipt is void', async () => {
      await account.sendMessage(queue, { text: 'old' });
      const message = await lease();
      const updated = await account.updateMessage(queue, message, { visibilityTimeout: 30, text: 'new\r\n' });
      expect(updated.receipt).not.toBe(message.receipt);
      expect(seconds(new Date(), updated.visibleAt ?? new Date(0))).toBeCloseTo(30, -1);
      const change = { visibilityTimeout: 0 };
      expect(await refusalOf(account.deleteMessage(queue, message))).toBe('void-or-gone');
      expect(await refusalOf(account.updateMessage(queue, message, change))).toBe('void-or-gone');
      await account.updateMessage(queue, { id: message.id, receipt: updated.receipt ?? '' }, change);
      expect(await peek()).toMatchObject({ id: message.id, text: 'new\r\n', dequeueCount: 1 });
    });

    test('keeps its text in an update without one', async () => {
      await account.sendMessage(queue, { text: 'kept' });
      await account.updateMessage(queue, await lease(), { visibilityTimeout: 0 });
      expect(await peek()).toMatchObject({ text: 'kept' });
    });

    test('is emptied by an update with the empty text', async () => {
      await account.sendMessage(queue, { text: 'full' });
      await account.updateMessage(queue, await lease(), { visibilityTimeout: 0, text: '' });
      expect(await peek()).toMatchObject({ text: '' });
    });

    test('is deleted by its receipt, and then is not there any more', async () => {
      for (let i = 0; i < 5; i++) await account.sendMessage(queue, { text: String(i) });
      const leased = await account.receiveMessages(queue, { count: 5 });
      for (const message of leased) await account.deleteMessage(queue, message);
      expect(await account.getQueueProperties(queue)).toMatchObject({ approximateMessageCount: 0 });
      await expect(account.deleteMessage(queue, leased[0] ?? { id: '', receipt: '' })).rejects.toMatchObject({
        status: 404,
        code: 'MessageNotFound',
      });
    });

    test('shares its receipt with the others of the same receive, each of which it deletes', async () => {
      for (const text of ['a', 'b']) await account.sendMessage(queue, { text });
      const [a, b] = await account.receiveMessages(queue, { count: 2 });
      if (!a || !b) throw new Error('Nothing to receive');
      expect(b.receipt).toBe(a.receipt);
      await account.updateMessage(queue, a, { visibilityTimeout: 30 });
      expect(await refusalOf(account.deleteMessage(queue, a))).toBe('void-or-gone');
      await account.deleteMessage(queue, { id: b.id, receipt: a.receipt });
      expect(await account.getQueueProperties(queue)).toMatchObject({ approximateMessageCount: 1 });
    });

    test('is not deleted by the receipt of another receive', async () => {
      for (const text of ['a', 'b']) await account.sendMessage(queue, { text });
      const [a, b] = [await lease(), await lease()];
      expect(await refusalOf(account.deleteMessage(queue, { id: b.id, receipt: a.receipt }))).toBe('void-or-gone');
      await account.deleteMessage(queue, b);
    });

    test('is not found in a queue that does not exist', async () => {
      const sent = await account.sendMessage(queue, { text: 'a' });
      expect(await refusalOf(account.deleteMessage(`${queue}-missing`, sent))).toBe('queue-gone');
    });

    test('comes with the time of the service, as does a refusal', async () => {
      const dates: Date[] = [];
      const onDate = (date: Date) => void dates.push(date);
      await account.sendMessage(queue, { text: 'a' }, { onDate });
      await account.peekMessages(queue, { onDate });
      const [message] = await account.receiveMessages(queue, { onDate });
      if (!message) throw new Error('Nothing to receive');
      await account.updateMessage(queue, message, { visibilityTimeout: 1 }, { onDate });
      await account.deleteMessage(queue, message, { onDate }).catch(() => {});
      await account.clearMessages(queue, { onDate });
      expect(dates).toHaveLength(6);
      for (const date of dates) expect(Math.abs(seconds(new Date(), date))).toBeLessThan(10);
    });

    test('can be taken back with the receipt of the put', async () => {
      const sent = await account.sendMessage(queue, { text: 'oh' });
      await account.deleteMessage(queue, sent);
      expect(await account.peekMessages(queue)).toEqual([]);
    });

    test('goes with all others when the queue is cleared', async () => {
      await account.sendMessage(queue, { text: 'a' });
      await account.sendMessage(queue, { text: 'b', visibilityDelay: 100 });
      await account.clearMessages(queue);
      expect(await account.getQueueProperties(queue)).toMatchObject({ approximateMessageCount: 0 });
    });
  });

  describe('a text comes back character for character', () => {
    test.each([
      '',
      ' ',
      '\n',
      '\t',
      '\r',
      '\r\n',
      'a\r\nb\rc\nd',
      '  both ends  ',
      ']]>',
      '<![CDATA[x]]>',
      '&amp;&lt;&#13;',
      '<b>"\'&</b>',
      '\u0085\u2028\u2029\u007F\u0080\u00A0',
      '😀👩‍👩‍👧‍👦',
      '\uFEFFfirst',
      '\uFFFD',
      'parsererror',
      '<?xml version="1.0"?><a/>',
      '{"n":12345678901234567890}',
    ])('%j', async (text) => {
      expect(await roundTrip(text)).toBe(text);
    });

    test('any legal text of every Unicode kind, with mixed line ends', async () => {
      await fc.assert(
        fc.asyncProperty(legalText(), async (text) => {
          expect(await roundTrip(text)).toBe(text);
        }),
        { numRuns: 80 },
      );
    });

    test('any legal text filled up to exactly 65,536 bytes', async () => {
      const full = legalText().map((text) => text + 'x'.repeat(MAX_TEXT_BYTES - textBytes(text)));
      await fc.assert(
        fc.asyncProperty(full, async (text) => {
          expect(await roundTrip(text)).toBe(text);
        }),
        { numRuns: 8 },
      );
    });

    test('65,536 characters that are escaped to five each', async () => {
      const text = '&'.repeat(MAX_TEXT_BYTES);
      expect(await roundTrip(text)).toBe(text);
    });

    // Azurite decodes each TCP chunk of a body by itself: a character cut by a chunk's border becomes several U+FFFD, which
    // take more bytes than it had. Only big bodies come in several chunks.
    test.each(['é', '€', '😀'])(
      '65,536 bytes of %s, but for the few characters that Azurite cuts between two chunks',
      async (character) => {
        const room = cutsCharacters ? 512 : 0;
        const length = Math.floor((MAX_TEXT_BYTES - room) / textBytes(character));
        const got = (await roundTrip(character.repeat(length))) ?? '';
        const intact = got.split(character).length - 1;
        expect(got.replaceAll(character, '').replaceAll('\uFFFD', '')).toBe('');
        expect(length - intact).toBeLessThan(cutsCharacters ? 32 : 1);
      },
    );
  });

  describe('a refusal', () => {
    test('has code, status, request id and every detail', async () => {
      const { send } = createTransport(connection, wire);
      const call = { operation: 'Peek Messages', method: 'GET', path: `/${queue}/messages`, repeatable: true } as const;
      const error: unknown = await send({ ...call, query: { peekonly: 'true', numofmessages: 33 } }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({
        status: 400,
        code: 'OutOfRangeQueryParameterValue',
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        details: {
          QueryParameterName: 'numofmessages',
          QueryParameterValue: '33',
          MinimumAllowed: '1',
          MaximumAllowed: '32',
        },
      });
      expect(String(error)).not.toContain('RequestId');
    });

    test('of a message that is not there says so', async () => {
      const missing = { id: crypto.randomUUID(), receipt: 'AgAAAAMAAAAAAAAA' };
      await expect(account.deleteMessage(queue, missing)).rejects.toMatchObject({
        status: 404,
        code: 'MessageNotFound',
      });
      await expect(account.sendMessage(`${queue}-missing`, { text: '' })).rejects.toMatchObject({
        status: 404,
        code: 'QueueNotFound',
      });
    });

    test('of a wrong key is an authentication failure', async () => {
      const other = await importKey(btoa('x'.repeat(64)));
      const wrong = connect({ ...connection, credential: { kind: 'key', key: other } }, wire);
      await expect(wrong.peekMessages(queue)).rejects.toMatchObject({ status: 403, code: 'AuthenticationFailed' });
    });
  });

  test('every exchange of a session is observed, without a secret', async () => {
    const exchanges: Exchange[] = [];
    const watched = connect(connection, { ...wire, observe: (exchange) => exchanges.push(exchange) });
    await watched.sendMessage(queue, { text: 'hello' });
    await watched.peekMessages(queue);
    expect(exchanges.map(({ operation, response }) => [operation, response?.status])).toEqual([
      ['Put Message', undefined],
      ['Put Message', 201],
      ['Peek Messages', undefined],
      ['Peek Messages', 200],
    ]);
    const [authorization] = exchanges.flatMap(({ request }) =>
      request.headers.filter(([name]) => name === 'authorization'),
    );
    expect(authorization).toEqual(['authorization', `SharedKey ${connection.account}:••••••••`]);
  });

  test('an abort ends a call', async () => {
    const reason = new Error('enough');
    await expect(account.peekMessages(queue, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
}
