import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { Message } from '@/azure/protocol/model';
import type { Claim } from '@/messages/record';
import { around, bulkScene, gather, hanging, never, nextTask, numbered, settled } from '../bulk.fixture';
import { createDeferred } from '../requests/deferred';
import { receive } from '../work/lease-actions';
import { leaseMatching } from './leasing';

const claim: Claim = { kind: 'job', name: 'A job' };

const idOf = async (peeked: Promise<Message[]>, text: string): Promise<string> =>
  (await peeked).find((message) => message.text === text)?.id ?? '';

describe('leasing chosen ids', () => {
  test('stops at the batch that has the last of them, and returns the others in their order', async () => {
    const { account, fill, sandbox, clock } = bulkScene();
    const target = await fill('orders', 100);
    const before = sandbox.snapshot(['orders']).queues[0]?.messages ?? [];
    const wanted = new Set([before[3]?.id ?? '', before[40]?.id ?? '']);
    clock.advance(1000);

    const leasing = leaseMatching(target, { claim, wanted, visibilityTimeout: 60, concurrency: 1 });
    const found = await gather(leasing);
    expect(found.map(({ id }) => id)).toEqual([...wanted]);
    for (const handle of found) handle.take();
    const report = await leasing.close();

    expect(report).toMatchObject({
      received: 64,
      wanted: 2,
      passed: 62,
      returned: 62,
      missing: [],
      ended: 'found',
    });
    expect(report.raised.size).toBe(64);
    expect(new Set(report.raised.values())).toEqual(new Set([1]));
    expect(found.map(({ record }) => record?.lease?.holder)).toEqual(['tab', 'tab']);
    await account.deleteMessage('orders', { id: found[0]?.id ?? '', receipt: found[0]?.receipt ?? '' });
    const texts: string[] = [];
    for (let batch = await account.receiveMessages('orders', { count: 32 }); batch.length > 0; ) {
      texts.push(...batch.map(({ text }) => text));
      batch = await account.receiveMessages('orders', { count: 32 });
    }
    // Those never touched come first; the rest as they stood.
    const expected = numbered(100).filter((_, index) => index !== 3 && index !== 40);
    expect(texts).toEqual([...expected.slice(62), ...expected.slice(0, 62)]);
  });

  test('leasing by ids lists the ids that were not found, once the queue is empty', async () => {
    const { fill, account } = bulkScene();
    const target = await fill('orders', 40);
    const there = await idOf(account.peekMessages('orders'), 'message 00002');
    const leasing = leaseMatching(target, { claim, wanted: new Set([there, 'nowhere']), visibilityTimeout: 60 });
    expect(await gather(leasing)).toHaveLength(1);
    expect(await leasing.close()).toMatchObject({ missing: ['nowhere'], returned: 40, ended: 'empty' });
    expect(await account.peekMessages('orders')).toHaveLength(32);
  });

  test('passes no more than the cap', async () => {
    const { fill } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 100), {
      claim,
      wanted: new Set(['nowhere']),
      visibilityTimeout: 60,
      cap: 40,
    });
    await gather(leasing);
    expect(await leasing.close()).toMatchObject({ received: 40, passed: 40, returned: 40, ended: 'cap' });
  });
});

describe('leasing by a question', () => {
  test('puts it about every message and keeps their order, however long an answer takes', async () => {
    const { fill } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 70), {
      claim,
      wanted: async ({ text }) => {
        if (text.endsWith('0')) await settled();
        return /[05]$/.test(text);
      },
      visibilityTimeout: 60,
    });
    const texts = (await gather(leasing)).map(({ message }) => message?.text);
    expect(texts).toEqual(numbered(70).filter((text) => /[05]$/.test(text)));
    expect(await leasing.close()).toMatchObject({ received: 70, wanted: 14, passed: 56, ended: 'empty' });
  });

  test('that cannot be answered ends it and returns everything', async () => {
    const { fill, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 5), {
      claim,
      wanted: () => {
        throw new Error('No such field.');
      },
      visibilityTimeout: 60,
    });
    await expect(gather(leasing)).rejects.toThrow('No such field.');
    expect(await leasing.close()).toMatchObject({ returned: 5, ended: 'failed' });
    expect(await account.peekMessages('orders')).toHaveLength(5);
  });

  test('stops when told to, hands out no more and returns all', async () => {
    const { fill, account } = bulkScene();
    const stop = new AbortController();
    const leasing = leaseMatching(await fill('orders', 100), {
      claim,
      wanted: () => true,
      visibilityTimeout: 60,
      signal: stop.signal,
      concurrency: 1,
    });
    let seen = 0;
    for await (const _ of leasing) if (++seen === 5) stop.abort();
    expect(seen).toBe(5);
    const report = await leasing.close();
    expect(report).toMatchObject({ ended: 'aborted', notReturned: [] });
    expect(report.returned).toBe(report.received);
    expect((await account.getQueueProperties('orders')).approximateMessageCount).toBe(100);
  });

  test('leasing by a query ignores messages that were added after the given moment', async () => {
    const { fill, clock, account } = bulkScene();
    const target = await fill('orders', 40);
    clock.advance(2000);
    const insertedBefore = new Date(clock.now());
    for (const text of numbered(50)) await account.sendMessage('orders', { text: `new ${text}` });
    const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 60, insertedBefore });
    expect(await gather(leasing)).toHaveLength(40);
    expect(await leasing.close()).toMatchObject({ wanted: 40, ended: 'empty' });
  });
});

describe('leases', () => {
  test('of which one is taken are neither returned nor hidden by that', async () => {
    const { fill } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 2), { claim, wanted: () => true, visibilityTimeout: 60 });
    const [first] = await gather(leasing);
    first?.take();
    expect(await leasing.close()).toMatchObject({ returned: 1, hidden: 0, missing: [], ended: 'empty' });
  });

  test('that are lost count no more, and those without a receipt do', async () => {
    const { fill, clock } = bulkScene();
    const target = await fill('orders', 3);
    const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 60 });
    const [refused, unknown] = await gather(leasing);
    const asked = { change: 'update', visibilityTimeout: 60, text: undefined } as const;
    const evidence = target.records.answeredNow(target.records.tick(), clock.now(), undefined);
    const about = (used = '') => ({ asked, used, askedAt: clock.now(), evidence });
    target.records.applyTo(refused?.id ?? '', { kind: 'refused', afterLostAnswer: false, ...about(refused?.receipt) });
    target.records.applyTo(unknown?.id ?? '', { kind: 'unanswered', ...about(unknown?.receipt) });
    expect(leasing.leasedNow().messages).toBe(2);
    expect(await leasing.close()).toMatchObject({
      returned: 1,
      lost: [refused?.id],
      notReturned: [{ id: unknown?.id, receipt: undefined, reason: 'The answer with its receipt was lost.' }],
    });
  });

  test('that are cleared meanwhile are gone, and not lost', async () => {
    const { fill } = bulkScene();
    const target = await fill('orders', 3);
    const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 60 });
    await gather(leasing);
    await target.account.clearMessages('orders');
    expect(await leasing.close()).toMatchObject({ returned: 0, gone: 3, lost: [], notReturned: [] });
  });

  test('that a person has lent, and that lapsed, are left to the person', async () => {
    const { fill, idsIn, clock, account } = bulkScene();
    const target = await fill('orders', 1);
    await receive(target, { count: 1, visibilityTimeout: 30 });
    const ids = new Set(idsIn('orders'));
    target.records.claim(ids, claim);
    clock.advance(31_000);
    const leasing = leaseMatching(target, { claim, wanted: () => true, except: ids, visibilityTimeout: 60 });
    expect(await gather(leasing)).toEqual([]);
    expect(await leasing.close()).toMatchObject({ returned: 0, notReturned: [] });
    expect([...target.records.leased()]).toMatchObject([{ lease: { holder: 'tab', state: 'held' } }]);
    expect(await account.peekMessages('orders')).toEqual([]);
  });

  test('are renewed before they end, as long as the work takes', async () => {
    const { fill, pass, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 10), { claim, wanted: () => true, visibilityTimeout: 40 });
    const handles = await gather(leasing);
    await pass(200);
    expect(await account.receiveMessages('orders', { count: 32 })).toEqual([]);
    await Promise.all(handles.map((handle) => handle.delete()));
    expect(await leasing.close()).toMatchObject({ returned: 0, notReturned: [] });
    expect((await account.getQueueProperties('orders')).approximateMessageCount).toBe(0);
  });

  test('that end while the device sleeps are met again and not handed out twice', async () => {
    const { fill, clock } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 40), { claim, wanted: () => true, visibilityTimeout: 30 });
    const ids: string[] = [];
    for await (const handle of leasing) {
      ids.push(handle.id);
      // No heartbeat: the clock jumps over the ends of all leases.
      if (ids.length === 10) clock.advance(60_000);
    }
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    expect(await leasing.close()).toMatchObject({ received: 40, returned: 40, lost: [], notReturned: [] });
  });

  test('never lapse, however long the work takes', async () => {
    const { fill, sandbox, clock, pass } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 3), { claim, wanted: () => true, visibilityTimeout: 60 });
    await gather(leasing);
    let visible = 0;
    const stop = clock.subscribe(() => {
      const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
      visible += messages.filter(({ visibleAt }) => visibleAt <= clock.now()).length;
    });
    await pass(150);
    stop();
    expect(visible).toBe(0);
    await leasing.close();
  });

  test('that end faster than the queue can be walked through end the walk', async () => {
    const { fill, clock } = bulkScene();
    let receives = 0;
    const jumping = around(await fill('orders', 40), 'receiveMessages', {
      after() {
        clock.advance(60_000);
        if (++receives > 50) throw new Error('Without an end.');
      },
    });
    // No heartbeat comes in between.
    const target = { ...jumping, delay: (_: number, signal?: AbortSignal) => never(signal) };
    const leasing = leaseMatching(target, { claim, wanted: new Set(['unknown']), visibilityTimeout: 30 });
    await gather(leasing);
    expect(leasing.report).toMatchObject({ received: 40, ended: 'empty' });
    await leasing.close();
  });

  test('of messages that expire meanwhile are not returned', async () => {
    const { fill, clock } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 10, 20), { claim, wanted: () => true, visibilityTimeout: 60 });
    await gather(leasing);
    clock.advance(30_000);
    expect(await leasing.close()).toMatchObject({ returned: 0, gone: 10, notReturned: [] });
  });

  test('that somebody else was handed are told, and left to them', async () => {
    const { fill, overtake, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 3), { claim, wanted: () => true, visibilityTimeout: 30 });
    await gather(leasing);
    const [taken] = await overtake(31_000, () =>
      account.receiveMessages('orders', { count: 1, visibilityTimeout: 600 }),
    );
    expect(await leasing.close()).toMatchObject({ returned: 2, lost: [taken?.id] });
  });

  test('that are renewed and returned at the same time are returned', async () => {
    const { fill, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 10), { claim, wanted: () => true, visibilityTimeout: 60 });
    const handles = await gather(leasing);
    await Promise.all([
      ...handles.map((handle) => handle.renew()),
      leasing.close(),
      ...handles.map((handle) => handle.renew()),
    ]);
    expect(await account.peekMessages('orders')).toHaveLength(10);
    expect(leasing.report.returned).toBe(10);
  });

  test('that cannot be returned are told with the receipt that returns them later', async () => {
    const { fill, sandbox, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 3), { claim, wanted: () => true, visibilityTimeout: 600 });
    await gather(leasing);
    sandbox.setFaults({ lostBefore: 1 });
    const { notReturned } = await leasing.close();
    sandbox.setFaults({ lostBefore: 0 });
    expect(notReturned).toHaveLength(3);
    for (const { id, receipt = '' } of notReturned) {
      await account.updateMessage('orders', { id, receipt }, { visibilityTimeout: 0 });
    }
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });
});

test('what is received while it closes is returned too, once', async () => {
  const { fill, account } = bulkScene();
  const gate = createDeferred();
  const target = around(await fill('orders', 32), 'receiveMessages', { after: () => gate.promise });
  const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 60 });
  const coming = gather(leasing);
  await settled();
  const closing = leasing.close();
  await settled();
  gate.resolve();
  expect(await closing).toMatchObject({ received: 32, returned: 32 });
  expect(await coming).toEqual([]);
  expect(await account.peekMessages('orders')).toHaveLength(32);
});

test('closed twice, what could not be returned is told once', async () => {
  const { fill } = bulkScene();
  const target = hanging(await fill('orders', 3), 'updateMessage');
  const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 60 });
  await gather(leasing);
  const closing = Promise.all([leasing.close(), leasing.close()]);
  await settled();
  leasing.abandon();
  for (const { notReturned } of await closing) expect(notReturned).toHaveLength(3);
});

test('a receive whose answer is lost is told: how many may be hidden, and until when', async () => {
  const { fill, sandbox, clock, account } = bulkScene();
  const target = await fill('orders', 40);
  sandbox.setFaults({ lostAfter: 1 });
  sandbox.subscribe(() => nextTask(() => sandbox.setFaults({ lostAfter: 0 })));
  const leasing = leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 30 });
  expect(await gather(leasing)).toHaveLength(8);
  const { maybeHidden } = await leasing.close();
  expect(maybeHidden).toMatchObject([{ messages: 32 }]);
  clock.advance((maybeHidden[0]?.until.getTime() ?? 0) - clock.now());
  expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
});

test('only the first receive is as small as it is told', async () => {
  const { fill } = bulkScene();
  const leasing = leaseMatching(await fill('orders', 40), {
    claim,
    wanted: () => true,
    visibilityTimeout: 60,
    first: 1,
  });
  expect(await gather(leasing)).toHaveLength(40);
  // One, 32, seven, and none.
  expect(await leasing.close()).toMatchObject({ requests: 4, ended: 'empty' });
});

test('a receive is asked for again as long as the account is busy', async () => {
  const target = await bulkScene().fill('orders', 3);
  let asked = 0;
  const busy = around(target, 'receiveMessages', {
    before() {
      if (++asked <= 3) throw new StorageError('Busy.', { status: 503 });
    },
  });
  const leasing = leaseMatching(busy, { claim, wanted: () => true, visibilityTimeout: 60 });
  expect(await gather(leasing)).toHaveLength(3);
  await leasing.close();
});

test('nothing is asked for that was called off, or closed, before it began', async () => {
  const target = await bulkScene().fill('orders', 3);
  const options = { claim, wanted: () => true, visibilityTimeout: 60 };
  const iterated = leaseMatching(target, { ...options, signal: AbortSignal.abort() });
  expect(await gather(iterated)).toEqual([]);
  expect(iterated.report).toMatchObject({ requests: 0, ended: 'aborted' });
  const calledOff = leaseMatching(target, { ...options, signal: AbortSignal.abort() });
  expect(await calledOff.close()).toMatchObject({ requests: 0, ended: 'aborted' });
  expect(await leaseMatching(target, options).close()).toMatchObject({ requests: 0, ended: 'closed' });
});

test('a queue that is not there is said when the first message is asked for', async () => {
  const { targetOf } = bulkScene();
  const leasing = leaseMatching(targetOf('nowhere'), { claim, wanted: () => true, visibilityTimeout: 30 });
  await expect(gather(leasing)).rejects.toMatchObject({ code: 'QueueNotFound' });
  expect(await leasing.close()).toMatchObject({ received: 0, ended: 'failed' });
});
