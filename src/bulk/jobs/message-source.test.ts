import { describe, expect, test } from 'vitest';
import type { SentMessage } from '@/azure/protocol/model';
import type { Claim } from '@/messages/record';
import { around, type BulkScene, bulkScene, gather, hanging, numbered, settled } from '../bulk.fixture';
import type { LeaseHandle } from '../leasing/lease-handle';
import { SHORTEST_LEASE_SECONDS } from '../planning/lease-length';
import { createDeferred } from '../requests/deferred';
import type { Outcome } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { changeText } from '../work/change-text';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { extend, receive, release, saveText } from '../work/lease-actions';
import { moveMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { beginningOf, type MessageJobOptions, messageSource, startMessageJob } from './message-job';

const WAITING: Claim = { kind: 'delete', name: 'A delete that waits for Undo' };
const BROWSE: Claim = { kind: 'browse', name: 'Browse all' };

type Options<Value> = Partial<MessageJobOptions<Value>> & Pick<MessageJobOptions<Value>, 'from' | 'work'>;

async function run<Value = never>(options: Options<Value>) {
  const outcomes: Outcome[] = [];
  const job = startMessageJob<Value>({
    name: 'A job',
    wanted: 'all',
    onOutcome: (outcome) => outcomes.push(outcome),
    ...options,
  });
  await job.finished;
  return { job, kinds: new Map(outcomes.map(({ item, kind }) => [(item as { id: string }).id, kind])) };
}

/** A queue of so many messages, the first of which a person has leased. */
async function leasing(held: number, count: number, visibilityTimeout = 60) {
  const scene = bulkScene();
  const from = await scene.fill('orders', count);
  if (held > 0) await receive(from, { count: held, visibilityTimeout });
  return { ...scene, from, ids: scene.idsIn('orders'), to: await scene.fill('other', 0) };
}

const dequeueCounts = ({ sandbox }: BulkScene) =>
  new Map(sandbox.snapshot(['orders']).queues[0]?.messages.map(({ id, dequeueCount }) => [id, dequeueCount]));
const visibleIn = ({ sandbox, clock }: BulkScene, queue = 'orders') =>
  (sandbox.snapshot([queue]).queues[0]?.messages ?? []).filter(({ visibleAt }) => visibleAt <= clock.now()).length;

/** Counts how many are returned at a time at the most. */
function returnedAtOnce(from: QueueTarget) {
  let [working, most] = [0, 0];
  const updateMessage: QueueTarget['account']['updateMessage'] = async (...args) => {
    most = Math.max(most, ++working);
    await settled();
    try {
      return await from.account.updateMessage(...args);
    } finally {
      working--;
    }
  };
  return { target: { ...from, account: { ...from.account, updateMessage } }, most: () => most };
}

describe('a job on chosen messages', () => {
  test('uses the leases that the person has, and disturbs nobody else', async () => {
    const scene = await leasing(3, 10);
    const { job, kinds } = await run({
      from: scene.from,
      work: moveMessage(scene.to),
      wanted: new Set(scene.ids.slice(0, 2)),
    });
    expect(job.leasing).toBeUndefined();
    expect(kinds).toEqual(
      new Map([
        [scene.ids[0], 'done'],
        [scene.ids[1], 'done'],
      ]),
    );
    expect([...dequeueCounts(scene).values()]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(await scene.textsIn('other')).toEqual(numbered(2));
  });

  test('a job finds unleased messages from the front of the queue, and raises no dequeue count behind the last of them', async () => {
    const scene = await leasing(2, 100);
    const wanted = new Set([scene.ids[0] ?? '', scene.ids[40] ?? '']);
    const { job, kinds } = await run({ from: scene.from, work: deleteMessage, wanted });
    expect(kinds).toEqual(new Map([...wanted].map((id) => [id, 'done'])));
    expect(job.leasing).toMatchObject({ received: 64, passed: 63, returned: 63, missing: [], ended: 'found' });
    const counts = dequeueCounts(scene);
    expect(scene.ids.slice(66).map((id) => counts.get(id))).toEqual(Array(34).fill(0));
    expect(visibleIn(scene)).toBe(97);
    // What is only passed needs no text.
    expect(scene.from.records.get(scene.ids[10] ?? '')?.message).toBeUndefined();
  });

  test('receives no more than it may to find them', async () => {
    const scene = await leasing(0, 100);
    const wanted = new Set(scene.ids.slice(-1));
    const { job } = await run({ from: scene.from, work: deleteMessage, wanted, cap: 40 });
    expect(job.leasing).toMatchObject({ received: 40, returned: 40, missing: [...wanted], ended: 'cap' });
    expect(await scene.textsIn('orders')).toHaveLength(100);
  });

  test('a job does not search for messages that are deleted, hidden or leased by another tab, and reports them', async () => {
    const scene = await leasing(4, 8);
    const { from, ids } = scene;
    const [gone = '', hidden = '', elsewhere = '', unknown = ''] = ids;
    const { records } = from;
    const evidence = records.answeredNow(records.tick(), 0, undefined);
    records.pin('a list', { has: () => true });
    records.applyTo(gone, { kind: 'deleted', evidence });
    records.applyTo(hidden, { kind: 'givenUp', until: scene.clock.now() + 60_000, evidence });
    records.applyTo(elsewhere, { kind: 'time', now: 1e15 });
    const news = { what: 'leased', endsAt: scene.clock.now() + 60_000, total: 60, dequeueCount: 2 } as const;
    records.applyTo(elsewhere, { kind: 'elsewhere', news, evidence });
    const asked = { change: 'update', visibilityTimeout: 60, text: undefined } as const;
    const used = records.get(unknown)?.lease?.receipt ?? '';
    records.applyTo(unknown, { kind: 'unanswered', asked, used, askedAt: scene.clock.now(), evidence });
    const before = dequeueCounts(scene);
    const { job } = await run({ from, work: deleteMessage, wanted: new Set([gone, hidden, elsewhere, unknown]) });
    expect(dequeueCounts(scene)).toEqual(before);
    const reasons = new Map(job.outcomes.map(({ item, kind, reason }) => [item.id, `${kind}: ${reason}`]));
    expect(reasons).toEqual(
      new Map([
        [gone, 'skipped: Left out: the message was deleted by this tab.'],
        [hidden, 'failed: Nothing was done with it. This tab has hidden it for a time.'],
        [elsewhere, 'failed: Nothing was done with it. Another tab of this browser has leased it.'],
        [unknown, 'failed: Nothing was done with it. The answer with its receipt was lost.'],
      ]),
    );
  });

  test('uses a lease that was left, as it is chosen, and a job on all leaves that to be released', async () => {
    const scene = await leasing(1, 3);
    const [id = ''] = scene.ids;
    scene.from.records.applyTo(id, { kind: 'handed', holder: 'left' });
    const all = await run({ from: scene.from, work: copyMessage(scene.to) });
    expect(all.kinds.has(id)).toBe(false);
    expect(scene.from.records.get(id)).toMatchObject({ lease: { holder: 'left' }, claim: undefined });
    const { kinds } = await run({ from: scene.from, work: deleteMessage, wanted: new Set([id]) });
    expect(kinds).toEqual(new Map([[id, 'done']]));
  });

  test('a retry works on the failed messages only', async () => {
    const scene = await leasing(1, 40);
    const { from, ids } = scene;
    const failsAt = new Set([ids[0], ids[5]]);
    let isBad = true;
    const tried: string[] = [];
    const job = startMessageJob<never>({
      from,
      name: 'A job',
      wanted: 'all',
      work: async (handle, previous) => {
        tried.push(handle.id);
        if (isBad && failsAt.has(handle.id)) return { item: handle, kind: 'failed', reason: 'No.' };
        return deleteMessage(handle, previous);
      },
    });
    await job.finished;
    await scene.account.sendMessage('orders', { text: 'new' });
    isBad = false;
    tried.length = 0;
    const retry = job.retryFailed();
    await retry?.finished;
    expect(new Set(tried)).toEqual(failsAt);
    expect(tried).toHaveLength(2);
    expect(retry?.counts).toMatchObject({ done: 2 });
    expect(await scene.textsIn('orders')).toEqual(['new']);
  });

  test('tried again is as it was: its name, its leases, how far it looks; both return one by one', async () => {
    const scene = await leasing(0, 80);
    const [first = '', second = ''] = scene.ids;
    const { target: from, most } = returnedAtOnce(scene.from);
    const seen: string[] = [];
    const job = startMessageJob<never>({
      from,
      name: 'Delete',
      wanted: new Set([first, second]),
      cap: 40,
      concurrency: 2,
      visibilityTimeout: 77,
      work: async (handle, previous) => {
        seen.push(`${handle.record?.claim?.name} ${handle.record?.lease?.total} ${previous?.kind}`);
        // As another consumer does it.
        if (handle.id === first)
          await scene.account.deleteMessage('orders', { id: first, receipt: handle.receipt ?? '' });
        return { item: handle, kind: 'failed', reason: 'No.' };
      },
    });
    await job.finished;
    expect(job.leasing).toMatchObject({ received: 32 });
    expect(most()).toBe(1);
    const again = job.retryFailed();
    await again?.finished;
    expect(again?.leasing).toMatchObject({ received: 40, missing: [first], ended: 'cap' });
    expect(seen).toEqual(['Delete 77 undefined', 'Delete 77 undefined', 'Delete 77 failed']);
    expect(most()).toBe(1);
  });

  test('finds all that it needs and no more while it works', async () => {
    const scene = await leasing(0, 100);
    const gate = createDeferred();
    const job = startMessageJob<never>({
      from: scene.from,
      name: 'A job',
      wanted: new Set([scene.ids[0] ?? '', scene.ids[40] ?? '']),
      concurrency: 1,
      work: async (handle) => {
        await gate.promise;
        return { item: handle, kind: 'done' };
      },
    });
    while (job.progress.working === 0) await settled();
    for (let turn = 0; turn < 5; turn++) await settled();
    expect(job.leasedNow().messages).toBe(64);
    gate.resolve();
    await job.finished;
    expect(job.leasing).toMatchObject({ received: 64 });
  });

  test('looks for what was hidden, or leased by another tab, once that is over', async () => {
    const scene = await leasing(2, 4);
    const { from, ids, clock } = scene;
    const [hidden = '', elsewhere = ''] = ids;
    const { records } = from;
    const evidence = records.answeredNow(records.tick(), 0, undefined);
    records.pin('a list', { has: () => true });
    const until = clock.now() + 60_000;
    records.applyTo(hidden, { kind: 'givenUp', until, evidence });
    records.applyTo(elsewhere, { kind: 'time', now: 1e15 });
    const news = { what: 'leased', endsAt: until, total: 60, dequeueCount: 2 } as const;
    records.applyTo(elsewhere, { kind: 'elsewhere', news, evidence });
    clock.advance(60_000);
    const { kinds } = await run({ from, work: deleteMessage, wanted: new Set([hidden, elsewhere]) });
    expect([...kinds.values()]).toEqual(['done', 'done']);
  });

  test('a job does not search for a message that another job has, whose lease has expired', async () => {
    const scene = await leasing(1, 3);
    const { from, ids, clock } = scene;
    const [first = ''] = ids;
    clock.advance(61_000);
    from.records.applyTo(first, { kind: 'time', now: clock.now() });
    from.records.claim([first], BROWSE);
    const before = dequeueCounts(scene);
    const { job } = await run({ from, work: deleteMessage, wanted: new Set([first]) });
    expect(job.outcomes).toMatchObject([{ kind: 'skipped', reason: 'Left out: browse all has this message.' }]);
    expect(dequeueCounts(scene)).toEqual(before);
  });

  test('looks on past a batch of messages that were added since it began', async () => {
    const { fill, account, clock, idsIn } = bulkScene();
    const from = await fill('orders', ['wanted']);
    const wanted = new Set(idsIn('orders'));
    // Another consumer has it when the job begins, and gives it back.
    const [taken] = await account.receiveMessages('orders', { visibilityTimeout: 600 });
    let received = 0;
    const fed = around(from, 'receiveMessages', {
      async before() {
        if (received++ > 0) return;
        clock.advance(5000);
        await account.sendMessage('orders', { text: 'new' });
      },
      async after() {
        if (received === 1 && taken) await account.updateMessage('orders', taken, { visibilityTimeout: 0 });
      },
    });
    const { job } = await run({ from: fed, work: deleteMessage, wanted });
    expect(job.counts.done).toBe(1);
    expect(job.leasing).toMatchObject({ received: 2, missing: [], ended: 'found' });
  });

  test('that are all leased by the person holds nothing else, and has nothing to let go of', async () => {
    const { from, ids } = await leasing(2, 2);
    const gate = createDeferred();
    const job = startMessageJob<never>({
      from,
      name: 'A job',
      wanted: new Set(ids),
      work: async (handle) => {
        await gate.promise;
        return { item: handle, kind: 'done' };
      },
    });
    while (job.progress.working < 2) await settled();
    expect(job.leasedNow()).toEqual({ messages: 0, until: 0 });
    job.cancel();
    job.abandon();
    gate.resolve();
    await job.finished;
    expect(job).toMatchObject({ state: 'cancelled', error: undefined, leasing: undefined });
  });

  test('a job ends although its connection is removed meanwhile', async () => {
    const { from, ids } = await leasing(2, 2);
    const { job } = await run({
      from,
      wanted: new Set(ids),
      work: async (handle) => {
        from.records.clear();
        return { item: handle, kind: 'done' };
      },
    });
    expect(job).toMatchObject({ state: 'done', error: undefined });
  });

  test('says how much it holds, and is let go when told', async () => {
    const { fill, clock } = bulkScene();
    const from = await fill('orders', 6);
    const job = startMessageJob<never>({
      from: hanging(from, 'updateMessage'),
      name: 'A job',
      wanted: 'all',
      work: async (handle) => ({ item: handle, kind: 'done' }),
    });
    while (job.state !== 'returning') await settled();
    const { messages, until } = job.leasedNow();
    expect(messages).toBe(6);
    expect(Math.abs(until - clock.now() - SHORTEST_LEASE_SECONDS * 1000)).toBeLessThanOrEqual(1000);
    job.abandon();
    await job.finished;
    expect(job.leasing?.notReturned).toHaveLength(6);
  });
});

describe('a job on all messages', () => {
  test('a job takes the messages that the person has leased, with their leases, and all others', async () => {
    const scene = await leasing(3, 40);
    const { job, kinds } = await run({ from: scene.from, work: moveMessage(scene.to) });
    expect(kinds.size).toBe(40);
    expect(job.counts.done).toBe(40);
    expect(job.leasing).toMatchObject({ received: 37 });
    expect(await scene.textsIn('other')).toEqual(numbered(40));
    expect([...scene.from.records.leased()]).toEqual([]);
  });

  test('a job does not report messages that this tab hides or another tab has, which the queue does not show', async () => {
    const scene = await leasing(2, 4);
    const { from, ids, clock } = scene;
    const [hidden = '', elsewhere = ''] = ids;
    const { records } = from;
    const evidence = records.answeredNow(records.tick(), clock.now(), undefined);
    records.applyTo(hidden, { kind: 'givenUp', until: clock.now() + 60_000, evidence });
    records.applyTo(elsewhere, { kind: 'time', now: 1e15 });
    const news = { what: 'leased', endsAt: clock.now() + 60_000, total: 60, dequeueCount: 2 } as const;
    records.applyTo(elsewhere, { kind: 'elsewhere', news, evidence });
    const { kinds } = await run({ from, work: deleteMessage });
    expect(kinds).toEqual(new Map(ids.slice(2).map((id) => [id, 'done'])));
  });

  test('a job starts and ends by the clock of its connection', async () => {
    const { from, clock } = await leasing(0, 1);
    const startedAt = new Date(clock.now()).toISOString();
    const { job } = await run({ from, work: deleteMessage });
    expect(job.report()).toMatchObject({ startedAt, endedAt: new Date(clock.now()).toISOString() });
  });

  test('a job ignores messages that are added while it runs', async () => {
    const { fill, account, clock, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 40), await fill('other', 0)];
    let fed = 0;
    const { job } = await run<SentMessage>({
      from,
      work: async (handle, previous) => {
        clock.advance(500);
        // Whoever fails at it puts it back: without an end, if that were taken as well.
        if (fed++ < 300) await account.sendMessage('orders', { text: `again ${fed}` });
        return moveMessage(to)(handle, previous);
      },
      concurrency: 1,
    });
    // Insertion times have whole seconds, and the clock of the service is known no better.
    expect(job.counts.done).toBeLessThan(46);
    expect((await textsIn('other')).filter((text) => text.startsWith('message'))).toEqual(numbered(40));
    expect(beginningOf(from)).toEqual(new Date(Math.floor(clock.now() / 1000) * 1000 + 2000));
  });

  test('a job ends also when the service shows no clock and messages are still being added', async () => {
    const { fill, account, clock, textsIn } = bulkScene();
    const [orders, to] = [await fill('orders', 40), await fill('other', 0)];
    // This device's clock is a day behind.
    const from: QueueTarget = {
      ...orders,
      account: { ...orders.account, clockSkew: () => undefined },
      now: () => clock.now() - 86_400_000,
    };
    let fed = 0;
    const { job } = await run<SentMessage>({
      from,
      work: async (handle, previous) => {
        clock.advance(500);
        if (fed++ < 300) await account.sendMessage('orders', { text: `again ${fed}` });
        return moveMessage(to)(handle, previous);
      },
      concurrency: 1,
    });
    expect(job.counts.done).toBeLessThan(46);
    expect((await textsIn('other')).filter((text) => text.startsWith('message'))).toEqual(numbered(40));
    expect(job.leasing).toMatchObject({ ended: 'empty', notReturned: [] });
  });

  test('a job starts by the clock of the service, where that is known', async () => {
    const { fill, clock } = bulkScene();
    const from = await fill('orders', 1);
    const target = (skew: number | undefined): QueueTarget => ({
      ...from,
      account: { ...from.account, clockSkew: () => skew },
    });
    const second = Math.floor((clock.now() + 3_600_000) / 1000) * 1000;
    expect(beginningOf(target(3_600_000))).toEqual(new Date(second + 2000));
    expect(beginningOf(target(undefined))).toBe('firstReceive');
  });

  test('a job skips messages that wait to be deleted or that another job has, reports them and does not change them', async () => {
    const scene = await leasing(3, 10);
    const { from, ids, to } = scene;
    const [first = '', second = '', third = ''] = ids;
    from.records.claim([first], WAITING);
    from.records.claim([second], BROWSE);
    const { job, kinds } = await run({ from, work: moveMessage(to) });
    expect(kinds.get(third)).toBe('done');
    expect(job.counts).toMatchObject({ done: 8, skipped: 2 });
    const reasons = job.outcomes.map(({ item, reason }) => [item.id, reason]);
    expect(reasons).toEqual([
      [first, 'Left out: a delete that waits for Undo has this message.'],
      [second, 'Left out: browse all has this message.'],
    ]);
    expect(job.report().troubles.map(({ item }) => item)).toEqual([first, second]);
    expect([from.records.get(first)?.claim, from.records.get(second)?.claim]).toEqual([WAITING, BROWSE]);
    expect(await scene.textsIn('orders')).toEqual(numbered(2));
  });

  test('a job skips a message that it receives while another job has it', async () => {
    const scene = await leasing(0, 4);
    const { from, ids, clock, to } = scene;
    const gate = createDeferred();
    const slow = startMessageJob<SentMessage>({
      from,
      name: 'Slow',
      wanted: new Set(ids.slice(0, 1)),
      visibilityTimeout: 60,
      work: async (handle, previous) => {
        // Its lease has lapsed by then, and nobody is told to renew it.
        await gate.promise;
        return moveMessage(to)(handle, previous);
      },
    });
    while (slow.progress.working === 0) await settled();
    const { job } = await run({ from, work: moveMessage(to) });
    clock.advance(0);
    expect(job.counts.done).toBeLessThanOrEqual(3);
    gate.resolve();
    await slow.finished;
    expect(scene.countsIn('other')).toEqual(
      new Map([...new Set(await scene.textsIn('other'))].map((text) => [text, 1])),
    );
    expect((await scene.textsIn('orders', 'other')).toSorted()).toEqual(numbered(4));
  });

  test('a job works on no message twice that its own return made visible', async () => {
    const scene = await leasing(2, 4);
    const { job, kinds } = await run({ from: scene.from, work: setVisibility(0), concurrency: 1 });
    expect(kinds.size).toBe(4);
    expect(job.counts.done).toBe(4);
    expect(visibleIn(scene)).toBe(4);
  });
});

test('a job on all has a batch in reserve while it works, so that no worker waits for a receive', async () => {
  const scene = await leasing(0, 160);
  const gate = createDeferred();
  const job = startMessageJob<never>({
    from: scene.from,
    name: 'A job',
    wanted: 'all',
    concurrency: 1,
    work: async (handle) => {
      await gate.promise;
      return { item: handle, kind: 'done' };
    },
  });
  while (job.progress.working === 0) await settled();
  while (job.leasedNow().messages < 64) await settled();
  gate.resolve();
  await job.finished;
  expect(job.counts.done).toBe(160);
});

describe('what a job was lent', () => {
  test('a lease is extended before its message is copied only when it ends too soon for that', async () => {
    const scene = await leasing(2, 2);
    const [short = '', long = ''] = scene.ids;
    await extend(scene.from, [short], 40);
    await extend(scene.from, [long], 42);
    scene.clock.advance(25_500);
    const left: number[] = [];
    const to = around(scene.to, 'sendMessage', {
      before: () =>
        left.push((scene.from.records.get(scene.ids[left.length] ?? '')?.lease?.endsAt ?? 0) - scene.clock.now()),
    });
    await run({ from: scene.from, work: copyMessage(to), concurrency: 1 });
    expect(left.map((milliseconds) => milliseconds > 30_000)).toEqual([true, false]);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(15_000);
  });

  test('a message is claimed before the first request, and is free when the job has ended', async () => {
    const scene = await leasing(3, 5);
    const job = startMessageJob({ from: scene.from, name: 'Copy', wanted: 'all', work: copyMessage(scene.to) });
    const claims = scene.ids.slice(0, 3).map((id) => scene.from.records.get(id)?.claim);
    expect(claims).toEqual(claims.map(() => ({ kind: 'job', name: 'Copy' })));
    await expect(saveText(scene.from, { id: scene.ids[0] ?? '', text: 'b' })).rejects.toThrow('Copy has this message.');
    expect(await release(scene.from, scene.ids.slice(0, 1))).toMatchObject([{ kind: 'skipped' }]);
    await job.finished;
    expect([...scene.from.records.all()].map(({ claim }) => claim)).toEqual(Array(5).fill(undefined));
    for (const id of scene.ids.slice(0, 3)) {
      expect(scene.from.records.get(id)).toMatchObject({ lease: { holder: 'tab', state: 'held' } });
    }
    expect(visibleIn(scene)).toBe(2);
  });

  test('changing the text does not move the end of the person’s lease, and reports the new text', async () => {
    const scene = await leasing(2, 2, 20);
    scene.clock.advance(9000);
    await run({ from: scene.from, work: changeText((text) => ({ text: `${text}!` })) });
    for (const id of scene.ids) {
      const { lease, message } = scene.from.records.get(id) ?? {};
      expect(lease).toMatchObject({ holder: 'tab', state: 'held', total: 20 });
      expect(Math.abs((lease?.endsAt ?? 0) - scene.clock.now() - 11_000)).toBeLessThanOrEqual(1000);
      expect(message?.text).toMatch(/!$/);
    }
    scene.clock.advance(9000);
    expect(visibleIn(scene)).toBe(0);
    scene.clock.advance(3000);
    expect(visibleIn(scene)).toBe(2);
  });

  test('a message that the job has finished does not block the person', async () => {
    const scene = await leasing(2, 3);
    await run({ from: scene.from, work: deleteMessage, wanted: new Set(scene.ids.slice(0, 1)) });
    expect([...scene.from.records.leased()].map(({ id }) => id)).toEqual([scene.ids[1]]);
    await run({ from: scene.from, work: setVisibility(600), wanted: new Set(scene.ids.slice(1, 2)) });
    expect(scene.from.records.get(scene.ids[1] ?? '')).toMatchObject({ lease: undefined, standing: { is: 'hidden' } });
  });

  test('a message is free again when the job is cancelled before it started', async () => {
    const scene = await leasing(2, 2);
    const job = startMessageJob({ from: scene.from, name: 'Move', wanted: 'all', work: moveMessage(scene.to) });
    job.cancel();
    await job.finished;
    expect(scene.ids.map((id) => scene.from.records.get(id)?.claim)).toEqual([undefined, undefined]);
    expect(await scene.textsIn('other')).toEqual([]);
  });

  test('a job uses the receipt of an extension that was pending when it started', async () => {
    const scene = await leasing(1, 1);
    const [id = ''] = scene.ids;
    const gate = createDeferred();
    const slow = around(scene.from, 'updateMessage', { after: () => gate.promise });
    const extending = extend(slow, [id], 600);
    const job = startMessageJob({ from: scene.from, name: 'Move', wanted: 'all', work: moveMessage(scene.to) });
    await settled();
    gate.resolve();
    await Promise.all([extending, job.finished]);
    expect(job.counts.done).toBe(1);
    expect(await scene.textsIn('orders', 'other')).toEqual(numbered(1));
  });
});

/** Receipts that give a message back, by its id. */
const receiptsAt = ({ records }: QueueTarget) =>
  [...records.leased()].flatMap(({ id, lease }) => (lease?.state === 'held' ? [[id, lease.receipt]] : []));

describe('receipts', () => {
  test('are recorded before they are used, after each renewal, and not when they are void', async () => {
    const scene = await leasing(0, 3);
    const { from, account, pass } = scene;
    const source = messageSource(from, 'all', { name: 'A job' });
    const handles = await gather(source as AsyncIterable<LeaseHandle>);
    expect(receiptsAt(from)).toEqual(handles.map(({ id, receipt }) => [id, receipt]));
    expect(new Set([...from.records.leased()].map(({ lease }) => lease?.total))).toEqual(
      new Set([SHORTEST_LEASE_SECONDS]),
    );
    const before = handles.map(({ receipt }) => receipt);
    await pass(SHORTEST_LEASE_SECONDS);
    expect(receiptsAt(from).map(([, receipt]) => receipt)).not.toEqual(before);
    const [first] = receiptsAt(from);
    await account.updateMessage(
      'orders',
      { id: first?.[0] ?? '', receipt: first?.[1] ?? '' },
      { visibilityTimeout: 60 },
    );
    await source.close?.();
    expect(receiptsAt(from)).toEqual([]);
    expect(visibleIn(scene)).toBe(2);
  });

  test('of messages that could not be returned can still be released', async () => {
    const scene = await leasing(0, 3);
    const { from, sandbox } = scene;
    const source = messageSource(from, 'all', { name: 'A job' });
    await gather(source as AsyncIterable<LeaseHandle>);
    sandbox.setFaults({ lostBefore: 1 });
    expect((await source.close?.())?.notReturned).toHaveLength(3);
    sandbox.setFaults({ lostBefore: 0 });
    expect([...from.records.leased()].map(({ lease }) => lease?.holder)).toEqual(['left', 'left', 'left']);
    expect([...from.records.all()].filter(({ claim }) => claim !== undefined)).toEqual([]);
    expect((await release(from, scene.ids)).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(visibleIn(scene)).toBe(3);
  });
});

test('what a job only copied or passed lets its text go, and what a person leased keeps it', async () => {
  const scene = await leasing(1, 5);
  await run({ from: scene.from, work: copyMessage(scene.to) });
  const texts = scene.ids.map((id) => scene.from.records.get(id)?.message?.text);
  expect(texts).toEqual(['message 00000', undefined, undefined, undefined, undefined]);
});
