import { describe, expect, test, vi } from 'vitest';
import { bulkScene, gather, numbered } from '../bulk.fixture';
import type { QueueTarget } from '../requests/queue-target';
import { moveMessage } from '../work/move-message';
import { browseAll } from './browse';
import { startMessageJob } from './message-job';
import { planBrowse } from './plan-browse';

describe('browsing', () => {
  test('shows every message once, in order, and returns them all', async () => {
    const { fill, account, idsIn } = bulkScene();
    const target = await fill('orders', 100);
    const browse = browseAll(target, { visibilityTimeout: 60 });
    const batches = await gather(browse.batches());
    expect(batches.flat()).toEqual(idsIn('orders'));
    expect(textsOf(target, batches.flat())).toEqual(numbered(100));
    expect(batches.every((batch) => batch.length <= 64)).toBe(true);
    expect(browse.report).toMatchObject({ received: 100, returned: 100, notReturned: [], lost: [] });
    expect([...target.records.leased()]).toEqual([]);
    expect(await account.peekMessages('orders')).toHaveLength(32);
  });

  test('left early or aborted returns what it holds', async () => {
    const { fill, account } = bulkScene();
    const target = await fill('orders', 100);
    for await (const _ of browseAll(target, { visibilityTimeout: 60 }).batches()) break;
    expect(await account.peekMessages('orders')).toHaveLength(32);
    const stop = new AbortController();
    // Also what was to be kept at the end.
    const browse = browseAll(target, { visibilityTimeout: 60, signal: stop.signal, cap: 64, keep: true });
    for await (const _ of browse.batches()) stop.abort();
    expect(browse.kept).toEqual([]);
    expect(browse.report).toMatchObject({ ended: expect.stringMatching(/aborted|cap/), notReturned: [] });
    expect(browse.report.returned).toBe(browse.report.received);
  });

  test('that takes longer than its leases keeps them alive', async () => {
    const { fill, pass, account } = bulkScene();
    const target = await fill('orders', 100);
    const browse = browseAll(target, { visibilityTimeout: 40 });
    const seen: unknown[] = [];
    for await (const batch of browse.batches()) {
      seen.push(...textsOf(target, batch));
      await pass(60);
    }
    expect(seen).toEqual(numbered(100));
    expect(browse.report).toMatchObject({ received: 100, returned: 100 });
    expect(new Set(browse.report.raised.values())).toEqual(new Set([1]));
    expect((await account.peekMessages('orders'))[0]?.dequeueCount).toBe(1);
  });

  test('hands over the leases when they are to be kept, with receipts that work', async () => {
    const { fill, account, pass, clock } = bulkScene();
    const target = await fill('orders', 40);
    const browse = browseAll(target, { visibilityTimeout: 40, keep: true });
    for await (const _ of browse.batches()) await pass(30);
    expect(textsOf(target, browse.kept)).toEqual(numbered(40));
    expect(browse.report).toMatchObject({ received: 40, returned: 0, notReturned: [] });
    expect(await account.peekMessages('orders')).toEqual([]);
    for (const id of browse.kept) {
      const { lease, claim } = target.records.get(id) ?? {};
      expect({ holder: lease?.holder, claim }).toEqual({ holder: 'tab', claim: undefined });
      expect(lease?.endsAt).toBeGreaterThanOrEqual(clock.now());
      await account.deleteMessage('orders', { id, receipt: lease?.receipt ?? '' });
    }
    expect((await account.getQueueProperties('orders')).approximateMessageCount).toBe(0);
  });

  test('keeps what is left when that is chosen while it returns, and the next job uses it without another walk', async () => {
    const { fill, targetOf, idsIn, textsIn, account } = bulkScene();
    const target = await fill('orders', 100);
    const ids = idsIn('orders');
    const browse = browseAll(target, { visibilityTimeout: 600, returnedAtATime: 1 });
    let returned = 0;
    const send = target.account.updateMessage.bind(target.account);
    const updateMessage: typeof target.account.updateMessage = async (...args) => {
      if (++returned === 24) browse.setKeep(true);
      return send(...args);
    };
    vi.spyOn(target.account, 'updateMessage').mockImplementation(updateMessage);
    await gather(browse.batches());
    vi.restoreAllMocks();
    expect(browse.report).toMatchObject({ received: 100, returned: 24, notReturned: [], lost: [] });
    expect(browse.kept).toEqual(ids.slice(24));
    // Rows that went back are nobody's, and those that were kept are the person's.
    const leases = ids.map((id) => {
      const { lease } = target.records.get(id) ?? {};
      return lease?.state === 'held' ? lease.holder : undefined;
    });
    expect(leases).toEqual([...Array(24).fill(undefined), ...Array(76).fill('tab')]);
    expect(await account.peekMessages('orders')).toHaveLength(24);

    const to = await fill('payments', 0);
    const chosen = [...ids.slice(20, 24), ...ids.slice(96)];
    const job = startMessageJob({
      name: 'Redrive',
      from: targetOf('orders'),
      wanted: new Set(chosen),
      work: moveMessage(to),
      cap: 320,
      total: 8,
    });
    expect(job.forecast()?.least).toMatchObject({ worked: 8, requests: { receive: 1 } });
    await job.finished;
    expect(job.counts.done).toBe(8);
    expect(job.sent?.kinds).toMatchObject({ receive: 1, delete: 4 + 4 });
    expect((await textsIn('payments')).toSorted()).toEqual(
      [...numbered(100).slice(20, 24), ...numbered(100).slice(96)].toSorted(),
    );
    // What was kept and not chosen stays in hand.
    expect([...target.records.leased()].filter(({ lease }) => lease?.holder === 'tab')).toHaveLength(72);
  });

  test('returns all when that is chosen before the end of a browse that was to keep them', async () => {
    const { fill, account } = bulkScene();
    const target = await fill('orders', 100);
    const browse = browseAll(target, { visibilityTimeout: 60, keep: true });
    for await (const _ of browse.batches()) browse.setKeep(false);
    expect(browse.kept).toEqual([]);
    expect(browse.report).toMatchObject({ received: 100, returned: 100 });
    expect(await account.peekMessages('orders')).toHaveLength(32);
  });

  test('claims what it holds, and nothing when it is over', async () => {
    const { fill } = bulkScene();
    const target = await fill('orders', 40);
    const browse = browseAll(target, { visibilityTimeout: 60 });
    for await (const batch of browse.batches()) {
      for (const id of batch)
        expect(target.records.get(id)?.claim).toMatchObject({ kind: 'browse', name: 'Browse all' });
    }
    expect([...target.records.all()].map(({ claim }) => claim)).toEqual(Array(40).fill(undefined));
  });
});

const textsOf = ({ records }: QueueTarget, ids: readonly string[]) => ids.map((id) => records.get(id)?.message?.text);

describe('the plan of a browse', () => {
  test('states how many messages and counts a browse would raise, and how many reach the threshold', () => {
    const plan = planBrowse({
      count: 412,
      dequeueCounts: [...Array<number>(17).fill(4), ...Array<number>(10).fill(0), 5, 6],
      threshold: 5,
      concurrency: 6,
      roundTrip: 20,
    });
    expect(plan).toEqual({
      messages: 412,
      raised: 412,
      addresses: 3 + 412,
      reachThreshold: 17,
      overThreshold: 2,
      unknown: 383,
      requests: 14 + 412,
      renewals: 0,
      seconds: expect.closeTo((20 * (14 + 412 / 6)) / 1000),
      suggestedLease: 60,
    });
  });

  test('stops at the cap, and counts the renewals that short leases cost', () => {
    const plan = planBrowse({
      count: 100_000,
      cap: 64_000,
      dequeueCounts: [],
      threshold: 5,
      roundTrip: 30,
      visibilityTimeout: 30,
    });
    expect(plan.messages).toBe(64_000);
    expect(plan.renewals).toBeGreaterThan(64_000);
    expect(planBrowse({ count: 64_000, dequeueCounts: [], threshold: 5, roundTrip: 30 })).toMatchObject({
      renewals: 0,
    });
  });

  test('that keeps the leases returns nothing, and is sooner over', () => {
    const plan = { count: 5000, dequeueCounts: [], threshold: 5, roundTrip: 50, concurrency: 6 };
    expect(planBrowse({ ...plan, keep: true })).toMatchObject({ requests: 158, renewals: 0, raised: 5000 });
    expect(planBrowse({ ...plan, keep: true }).seconds).toBeCloseTo(7.9);
    expect(planBrowse(plan)).toMatchObject({ requests: 5158 });
  });

  test('has no duration for an account that was not measured', () => {
    expect(planBrowse({ count: 1, dequeueCounts: [0], threshold: 1 })).toMatchObject({
      seconds: undefined,
      reachThreshold: 1,
      requests: 3,
    });
  });
});
