import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { LeasedMessage } from '../azure/protocol/model';
import { createClock } from './clock';
import type { SandboxChange } from './endpoint';
import { connectTo, type Opened, openSandbox, START } from './open-sandbox.fixture';
import { type ReceiptRules, toReceipt } from './receipt';
import { createSandbox } from './service';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

let opened: Opened;
beforeEach(() => {
  opened = openSandbox();
});

async function lease(options: { count?: number; visibilityTimeout?: number } = {}): Promise<LeasedMessage> {
  const [message] = await opened.account.receiveMessages('orders', options);
  if (!message) throw new Error('Nothing to receive');
  return message;
}
const texts = async () => (await opened.account.peekMessages('orders')).map(({ text }) => text);
const count = async () => (await opened.account.getQueueProperties('orders')).approximateMessageCount;

const list = async (prefix?: string) => {
  const pages = [];
  for await (const page of opened.account.listQueues(prefix === undefined ? {} : { prefix })) pages.push(page);
  return pages;
};

describe('queues', () => {
  test('are listed in name order, however they came and went', async () => {
    for (const name of ['media', 'orders', 'alpha', 'orders-poison', 'zebra']) await opened.account.createQueue(name);
    await opened.account.deleteQueue('media');
    expect((await list()).flat().map(({ name }) => name)).toEqual(['alpha', 'orders', 'orders-poison', 'zebra']);
    expect((await list('orders')).flat().map(({ name }) => name)).toEqual(['orders', 'orders-poison']);
    expect(await list('nothing')).toEqual([[]]);
  });

  test('keep the case of their metadata names in the list', async () => {
    const metadata = { Owner: 'team queue', a_b: '<&>', a1: 'x' };
    await opened.account.createQueue('orders', { metadata });
    expect((await list()).flat()).toEqual([{ name: 'orders', metadata }]);
  });

  test('are the same when only the case of metadata names differs', async () => {
    const { account } = opened;
    expect(await account.createQueue('orders', { metadata: { Owner: 'me' } })).toEqual({ created: true });
    expect(await account.createQueue('orders', { metadata: { owner: 'me' } })).toEqual({ created: false });
    await expect(account.createQueue('orders')).rejects.toMatchObject({ status: 409, code: 'QueueAlreadyExists' });
  });

  test('keep their names for 30 seconds after they were deleted', async () => {
    const { account, clock } = opened;
    await account.createQueue('orders');
    await account.sendMessage('orders', { text: 'old' });
    await account.deleteQueue('orders');
    await expect(account.getQueueProperties('orders')).rejects.toMatchObject({ status: 404, code: 'QueueNotFound' });
    clock.advance(30 * SECOND - 1);
    await expect(account.createQueue('orders')).rejects.toMatchObject({ status: 409, code: 'QueueBeingDeleted' });
    clock.advance(1);
    expect(await account.createQueue('orders')).toEqual({ created: true });
    expect(await count()).toBe(0);
  });
});

describe('messages', () => {
  beforeEach(() => opened.account.createQueue('orders'));

  test('are on loan until their time is up, and come back behind those that were visible before', async () => {
    const { account, clock } = opened;
    for (const text of ['a', 'b', 'c']) {
      await account.sendMessage('orders', { text });
      clock.advance(1);
    }
    expect(await lease({ visibilityTimeout: 10 })).toMatchObject({ text: 'a', dequeueCount: 1 });
    clock.advance(10 * SECOND - 1);
    expect(await texts()).toEqual(['b', 'c']);
    clock.advance(1);
    expect(await texts()).toEqual(['b', 'c', 'a']);
    const all = await account.receiveMessages('orders', { count: 3 });
    expect(all.map(({ text, dequeueCount }) => [text, dequeueCount])).toEqual([
      ['b', 1],
      ['c', 1],
      ['a', 2],
    ]);
  });

  test('wait for their delay', async () => {
    await opened.account.sendMessage('orders', { text: 'later', visibilityDelay: 60 });
    await opened.account.sendMessage('orders', { text: 'now' });
    expect(await texts()).toEqual(['now']);
    opened.clock.advance(60 * SECOND);
    expect(await texts()).toEqual(['now', 'later']);
  });

  test('are gone when they expire, hidden or not, with a receipt or without', async () => {
    const { account, clock } = opened;
    const sent = await account.sendMessage('orders', { text: 'short', timeToLive: 5 });
    await account.sendMessage('orders', { text: 'week' });
    await account.sendMessage('orders', { text: 'for ever', timeToLive: 'never' });
    expect(await count()).toBe(3);
    clock.advance(5 * SECOND);
    expect([await texts(), await count()]).toEqual([['week', 'for ever'], 2]);
    await expect(account.deleteMessage('orders', sent)).rejects.toMatchObject({ status: 404, code: 'MessageNotFound' });
    const [message] = await account.receiveMessages('orders', { visibilityTimeout: 604_800 });
    expect(message?.text).toBe('week');
    clock.advance(7 * DAY);
    expect([await texts(), await count()]).toEqual([['for ever'], 1]);
  });

  test('are not hidden by an update for longer than they live', async () => {
    const { account } = opened;
    const sent = await account.sendMessage('orders', { text: 'short', timeToLive: 60 });
    await expect(account.updateMessage('orders', sent, { visibilityTimeout: 61 })).rejects.toMatchObject({
      status: 400,
      code: 'InvalidQueryParameterValue',
      details: { QueryParameterName: 'visibilitytimeout', QueryParameterValue: '61' },
    });
    await account.updateMessage('orders', sent, { visibilityTimeout: 60 });
  });

  test('may be received for longer than they live', async () => {
    await opened.account.sendMessage('orders', { text: 'short', timeToLive: 60 });
    expect(await lease({ visibilityTimeout: 600 })).toMatchObject({ text: 'short' });
  });

  test('keep their receipt after its time, until they are handed out again', async () => {
    const { account, clock } = opened;
    await account.sendMessage('orders', { text: 'a' });
    const first = await lease({ visibilityTimeout: 10 });
    clock.advance(60 * SECOND);
    const { receipt } = await account.updateMessage('orders', first, { visibilityTimeout: 0 });
    await expect(account.deleteMessage('orders', first)).rejects.toMatchObject({ code: 'MessageNotFound' });
    const second = await lease();
    for (const stale of [first.receipt, receipt ?? '']) {
      await expect(account.deleteMessage('orders', { id: first.id, receipt: stale })).rejects.toMatchObject({
        status: 404,
        code: 'MessageNotFound',
      });
    }
    await account.deleteMessage('orders', second);
    expect(await count()).toBe(0);
  });

  test('of one receive share a receipt, which goes on to open those that were not changed since', async () => {
    const { account } = opened;
    for (const text of ['a', 'b', 'c', 'd']) await account.sendMessage('orders', { text });
    const [a, b, c] = await account.receiveMessages('orders', { count: 3 });
    const d = await lease();
    if (!a || !b || !c) throw new Error('Three were to be received');
    expect([b.receipt, c.receipt]).toEqual([a.receipt, a.receipt]);
    expect(d.receipt).not.toBe(a.receipt);

    const gone = { status: 404, code: 'MessageNotFound' };
    const { receipt = '' } = await account.updateMessage('orders', a, { visibilityTimeout: 30 });
    await expect(account.deleteMessage('orders', a)).rejects.toMatchObject(gone);
    for (const { id } of [b, d])
      await expect(account.deleteMessage('orders', { id, receipt })).rejects.toMatchObject(gone);
    await expect(account.deleteMessage('orders', { id: d.id, receipt: a.receipt })).rejects.toMatchObject(gone);
    await account.deleteMessage('orders', b);
    await account.deleteMessage('orders', { id: c.id, receipt: a.receipt });
    await account.deleteMessage('orders', { id: a.id, receipt });
    await account.deleteMessage('orders', d);
    expect(await count()).toBe(0);
  });

  test('hold receipts with every character of Base64', async () => {
    const { account } = opened;
    const receipts: string[] = [];
    for (let n = 0; n < 300; n++) receipts.push((await account.sendMessage('orders', { text: '' })).receipt);
    expect(receipts.join('')).toMatch(/\+/);
    expect(receipts.join('')).toMatch(/\//);
    const all = (await account.receiveMessages('orders', { count: 32 })).map((message) =>
      account.deleteMessage('orders', message),
    );
    await Promise.all(all);
    expect(await count()).toBe(268);
  });

  test('tell whole seconds while they are kept to the millisecond', async () => {
    const { account, clock } = opened;
    clock.advance(999);
    const { insertedAt, visibleAt } = await account.sendMessage('orders', { text: 'a', visibilityDelay: 1 });
    expect([insertedAt.getTime(), visibleAt.getTime()]).toEqual([START, START + SECOND]);
    clock.advance(999);
    expect(await texts()).toEqual([]);
    clock.advance(1);
    expect(await texts()).toEqual(['a']);
  });

  test('go on while time goes by itself, as fast as it is told', async () => {
    let device = START;
    const clock = createClock({ deviceTime: () => device });
    const sandbox = createSandbox({ clock });
    const account = connectTo(sandbox);
    await account.createQueue('orders');
    await account.sendMessage('orders', { text: 'a' });
    await account.receiveMessages('orders', { visibilityTimeout: 60 });
    clock.setSpeed(10);
    device += 5 * SECOND;
    expect(await account.peekMessages('orders')).toEqual([]);
    device += SECOND;
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });
});

describe.each<ReceiptRules>([
  { void: 'MessageNotFound', shared: true },
  { void: 'MessageNotFound', shared: false },
  { void: 'PopReceiptMismatch', shared: true },
  { void: 'PopReceiptMismatch', shared: false },
])('a service that says $void of a void receipt, one receipt for all messages of a Get: $shared', (rules) => {
  const status = rules.void === 'MessageNotFound' ? 404 : 400;

  test('keeps to that, and says of a message that is not there what all say', async () => {
    const { account } = openSandbox({}, rules);
    await account.createQueue('orders');
    for (const text of ['a', 'b']) await account.sendMessage('orders', { text });
    const [a, b] = await account.receiveMessages('orders', { count: 2 });
    if (!a || !b) throw new Error('Two were to be received');
    expect(a.receipt === b.receipt).toBe(rules.shared);
    const { receipt = '' } = await account.updateMessage('orders', a, { visibilityTimeout: 0 });
    const voided = { status, code: rules.void };
    await expect(account.updateMessage('orders', a, { visibilityTimeout: 0 })).rejects.toMatchObject(voided);
    await expect(account.deleteMessage('orders', a)).rejects.toMatchObject(voided);
    await account.deleteMessage('orders', { id: a.id, receipt });
    await expect(account.deleteMessage('orders', a)).rejects.toMatchObject({ status: 404, code: 'MessageNotFound' });
    await account.deleteMessage('orders', b);
  });
});

describe('the next end of a loan', () => {
  beforeEach(async () => {
    for (const queue of ['orders', 'other']) await opened.account.createQueue(queue);
  });

  test('is that of the received message which is visible again first', async () => {
    const { account, sandbox, clock } = opened;
    await account.sendMessage('orders', { text: 'delayed', visibilityDelay: 1 });
    for (const text of ['a', 'b']) await account.sendMessage('orders', { text });
    await account.sendMessage('other', { text: 'c' });
    expect(sandbox.nextLeaseEnd()).toBeUndefined();
    await lease({ visibilityTimeout: 60 });
    const b = await lease({ visibilityTimeout: 30 });
    await account.receiveMessages('other', { visibilityTimeout: 10 });
    expect(sandbox.nextLeaseEnd()).toBe(START + 10 * SECOND);
    expect(sandbox.nextLeaseEnd('orders')).toBe(START + 30 * SECOND);
    await account.updateMessage('orders', b, { visibilityTimeout: 90 });
    expect(sandbox.nextLeaseEnd('orders')).toBe(START + 60 * SECOND);
    clock.advance(60 * SECOND);
    expect(sandbox.nextLeaseEnd()).toBe(START + 90 * SECOND);
    await account.clearMessages('orders');
    expect([sandbox.nextLeaseEnd(), sandbox.nextLeaseEnd('nowhere')]).toEqual([undefined, undefined]);
  });
});

describe('the service', () => {
  test('keeps the sections of its properties that are left out', async () => {
    const { account } = opened;
    const before = await account.getServiceProperties();
    const cors = [
      { allowedOrigins: ['*'], allowedMethods: ['GET'], allowedHeaders: ['x-ms-*'], exposedHeaders: [], maxAge: 60 },
    ];
    const logging = { version: '1.0', read: true, write: true, delete: false, retention: { enabled: true, days: 365 } };
    await account.setServiceProperties({ cors });
    await account.setServiceProperties({ logging });
    expect(await account.getServiceProperties()).toEqual({ ...before, cors, logging });
    await account.setServiceProperties({ cors: [] });
    expect((await account.getServiceProperties()).cors).toEqual([]);
  });

  test('gives back stored policies as it understood them', async () => {
    const { account } = opened;
    await account.createQueue('orders');
    await account.setAccessPolicies('orders', [
      { id: 'a & b', startsAt: '2026-01-02', expiresAt: '2026-01-02T03:04+01:00', permissions: 'rp' },
      { id: 'bare' },
    ]);
    expect(await account.getAccessPolicies('orders')).toEqual([
      {
        id: 'a & b',
        startsAt: '2026-01-02T00:00:00.0000000Z',
        expiresAt: '2026-01-02T02:04:00.0000000Z',
        permissions: 'rp',
      },
      { id: 'bare' },
    ]);
    await account.setAccessPolicies('orders', []);
    expect(await account.getAccessPolicies('orders')).toEqual([]);
  });

  test('reports its replication at the secondary', async () => {
    expect(await opened.account.getServiceStats()).toEqual({ status: 'live', lastSyncTime: new Date(START) });
  });

  test('gives the same ids for the same seed', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const { account } = openSandbox();
        await account.createQueue('orders');
        return (await account.sendMessage('orders', { text: '' })).id;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('changes', () => {
  test('are reported once they are done, with the ids of messages', async () => {
    const { account, sandbox } = opened;
    const changes: SandboxChange[] = [];
    const stop = sandbox.subscribe((change) => changes.push(change));
    await account.createQueue('orders');
    await account.createQueue('orders');
    const { id } = await account.sendMessage('orders', { text: 'a' });
    await account.peekMessages('orders');
    const message = await lease();
    expect(await account.receiveMessages('orders')).toEqual([]);
    const { receipt = '' } = await account.updateMessage('orders', message, { visibilityTimeout: 5 });
    await account.deleteMessage('orders', { id, receipt });
    await account.clearMessages('orders');
    await account.setQueueMetadata('orders', { a: 'b' });
    await account.setAccessPolicies('orders', []);
    await account.setServiceProperties({ cors: [] });
    await account.deleteQueue('orders');
    await account.deleteQueue('orders').catch(() => {});
    sandbox.reset();
    const queue = 'orders';
    expect(changes).toEqual([
      { what: 'created', queue },
      { what: 'sent', queue, ids: [id] },
      { what: 'received', queue, ids: [id] },
      { what: 'updated', queue, ids: [id] },
      { what: 'deleted', queue, ids: [id] },
      { what: 'cleared', queue },
      { what: 'metadata', queue },
      { what: 'policies', queue },
      { what: 'properties' },
      { what: 'removed', queue },
      { what: 'reset' },
    ]);
    stop();
    await account.createQueue('other');
    expect(changes).toHaveLength(11);
  });
});

describe('a snapshot', () => {
  test('brings all back elsewhere: messages, loans, receipts, names that are taken, properties and time', async () => {
    const { account, sandbox, clock } = opened;
    await account.createQueue('orders', { metadata: { Owner: 'me' } });
    await account.createQueue('gone');
    await account.deleteQueue('gone');
    await account.setAccessPolicies('orders', [{ id: 'readers', permissions: 'r' }]);
    await account.setServiceProperties({ cors: [] });
    for (const text of ['a', 'b', 'c']) await account.sendMessage('orders', { text });
    const onLoan = await lease({ visibilityTimeout: 10 });
    clock.advance(DAY);
    const snapshot = structuredClone(sandbox.snapshot());

    const other = createSandbox();
    other.restore(snapshot);
    const there = connectTo(other);
    expect(other.clock.now()).toBe(clock.now());
    expect(other.snapshot()).toMatchObject({ queues: snapshot.queues });
    expect(await there.getAccessPolicies('orders')).toEqual([{ id: 'readers', permissions: 'r' }]);
    expect((await there.peekMessages('orders')).map(({ text }) => text)).toEqual(['b', 'c', 'a']);
    await there.deleteMessage('orders', onLoan);
    other.clock.advance(SECOND);
    expect((await there.sendMessage('orders', { text: 'd' })).id).not.toBe(onLoan.id);
  });

  test('brings back the receipts of updates, and those that were kept before updates had a form of their own', async () => {
    const { account, sandbox } = opened;
    await account.createQueue('orders');
    const put = await account.sendMessage('orders', { text: 'a' });
    const { id, receipt: before } = await account.sendMessage('orders', { text: 'b' });
    const { receipt = '' } = await account.updateMessage('orders', { id, receipt: before }, { visibilityTimeout: 9 });
    expect([put.receipt.length, receipt.length]).toEqual([28, 32]);

    const snapshot = sandbox.snapshot();
    const other = createSandbox();
    other.restore(structuredClone(snapshot));
    await connectTo(other).deleteMessage('orders', { id, receipt });

    const message = snapshot.queues[0]?.messages.find((one) => one.id === id);
    if (!message) throw new Error('It was not kept');
    delete message.receiptOfUpdate;
    other.restore(snapshot);
    const older = toReceipt(message.visibleAt, message.receiptNumber);
    await connectTo(other).deleteMessage('orders', { id, receipt: older });
    await connectTo(other).deleteMessage('orders', put);
  });

  test('keeps names from being taken that are being deleted', async () => {
    const { account, sandbox } = opened;
    await account.createQueue('gone');
    await account.deleteQueue('gone');
    sandbox.restore(sandbox.snapshot());
    await expect(account.createQueue('gone')).rejects.toMatchObject({ code: 'QueueBeingDeleted' });
    sandbox.reset();
    expect(await account.createQueue('gone')).toEqual({ created: true });
  });

  test('may hold the contents of some queues alone', async () => {
    const { account, sandbox } = opened;
    await account.createQueue('orders');
    await account.createQueue('other');
    const { head, queues } = sandbox.snapshot(['other', 'nowhere']);
    expect([head.queueNames, queues.map(({ name }) => name)]).toEqual([['orders', 'other'], ['other']]);
  });

  test('is reported when it is restored', () => {
    const { sandbox } = opened;
    const listener = vi.fn<(change: SandboxChange) => void>();
    sandbox.subscribe(listener);
    sandbox.restore(sandbox.snapshot());
    expect(listener).toHaveBeenCalledExactlyOnceWith({ what: 'restored' });
  });
});
