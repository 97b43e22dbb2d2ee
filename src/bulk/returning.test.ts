import { describe, expect, test } from 'vitest';
import type { Account } from '@/azure/account';
import { browseAll } from './browse';
import { type BulkScene, bulkScene, gather, settled } from './bulk.fixture';
import { leaseMatching } from './leasing';
import { startMessageJob } from './message-job';
import type { Place } from './place';
import { returnReceipts } from './return-receipts';

// Giving messages back when nothing answers any more. The clock is the sandbox's, so that what is said is exact.

const all = () => true;

/** A queue of `count` messages, each of them leased for an hour, and then a network that is gone. */
async function offlineAfterLeasing(count: number, scene: BulkScene = bulkScene()) {
  const leasing = leaseMatching(await scene.fill('orders', count), { wanted: all, visibilityTimeout: 3600 });
  await gather(leasing);
  const until = scene.clock.now();
  scene.sandbox.setFaults({ lostBefore: 1 });
  return { ...scene, leasing, until };
}

/** Exchanges that a scene's sandbox has answered or lost. */
function countRequests({ sandbox }: BulkScene) {
  let requests = 0;
  sandbox.subscribe(() => requests++);
  return () => requests;
}

describe('offline', () => {
  test('messages are not tried for ever: after a few that nothing answers the rest is left with its receipts', async () => {
    const { leasing, sandbox, account, clock, until } = await offlineAfterLeasing(400);
    const report = await leasing.close();
    expect(report.notReturned).toHaveLength(400);
    expect(new Set(report.notReturned.map(({ reason }) => reason)).size).toBe(2);
    expect(report.notReturned.at(-1)?.reason).toBe('Not tried any more: those before it could not be returned.');
    // A minute, and not 400 times a quarter of one.
    expect(clock.now() - until).toBeLessThan(120_000);
    sandbox.setFaults({ lostBefore: 0 });
    for (const { id, receipt = '' } of report.notReturned) {
      await account.updateMessage('orders', { id, receipt }, { visibilityTimeout: 0 });
    }
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
  });

  test('the returning is cut short when told, and says what stays hidden until when', async () => {
    const { leasing, clock } = await offlineAfterLeasing(100);
    const holding = leasing.holding();
    expect(holding.messages).toBe(100);
    const closing = leasing.close();
    await settled();
    const before = clock.now();
    leasing.letGo();
    const { notReturned, returned } = await closing;
    expect(clock.now() - before).toBeLessThan(1000);
    expect(returned).toBe(0);
    expect(notReturned).toHaveLength(100);
    expect(notReturned.every(({ receipt }) => receipt !== undefined)).toBe(true);
    expect(Math.max(...notReturned.map((one) => one.until.getTime()))).toBe(holding.until);
    expect(new Set(notReturned.map(({ reason }) => reason))).toEqual(
      new Set(['It was cancelled before it was returned.']),
    );
  });

  test('a receive that hangs is not waited for when told to let go: what it may have hidden is counted', async () => {
    const { fill, clock } = bulkScene();
    const place = hanging(await fill('orders', 40), 'receiveMessages');
    const stop = new AbortController();
    const browse = browseAll(place, { visibilityTimeout: 300, signal: stop.signal });
    const browsing = gather(browse.batches());
    await settled();
    stop.abort();
    expect(browse.report.ended).toBe('aborted');
    browse.letGo();
    expect(await browsing).toEqual([]);
    expect(browse.report.maybeHidden).toEqual([{ messages: 32, until: new Date(clock.now() + 300_000) }]);
  });

  test('a return that hangs is cut off, and reported as hidden', async () => {
    const { fill } = bulkScene();
    const place = hanging(await fill('orders', 3), 'updateMessage');
    const leasing = leaseMatching(place, { wanted: all, visibilityTimeout: 300 });
    await gather(leasing);
    const closing = leasing.close();
    await settled();
    leasing.letGo();
    expect((await closing).notReturned).toHaveLength(3);
  });

  test('a cancelled receive waits for no network that is gone', async () => {
    const { sandbox, fill, clock } = bulkScene();
    const place = await fill('orders', 40);
    sandbox.setFaults({ lostBefore: 1 });
    const stop = new AbortController();
    const waits: number[] = [];
    const browse = browseAll(
      {
        ...place,
        delay: async (milliseconds, signal) => {
          waits.push(milliseconds);
          await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        },
      },
      { visibilityTimeout: 300, signal: stop.signal },
    );
    const browsing = gather(browse.batches());
    while (waits.length === 0) await settled();
    stop.abort();
    expect(await browsing).toEqual([]);
    expect(browse.report).toMatchObject({ ended: 'aborted', maybeHidden: [{ messages: 32 }] });
    expect(clock.now()).toBeLessThanOrEqual(browse.report.maybeHidden[0]?.until.getTime() ?? 0);
  });
});

describe('503 all the time', () => {
  test('ends a browse and leaves nothing to be tried for hours', async () => {
    const scene = bulkScene();
    const { fill, sandbox } = scene;
    const place = await fill('orders', 300);
    const browse = browseAll(place, { visibilityTimeout: 3600 });
    const seen: string[] = [];
    let requests = () => 0;
    const browsing = (async () => {
      for await (const batch of browse.batches()) {
        seen.push(...batch.map(({ id }) => id));
        if (seen.length < 128) continue;
        sandbox.setFaults({ busy: 1 });
        requests = countRequests(scene);
      }
    })();
    await expect(browsing).rejects.toThrow();
    expect(browse.report).toMatchObject({ ended: 'failed', returned: 0, maybeHidden: [] });
    expect(browse.report.notReturned.length).toBe(browse.report.received);
    // 16 that are tried four times each, beside the receive: not all of them.
    expect(requests()).toBeLessThan(160);
  });
});

describe('a job', () => {
  test('that returns what it held says how many and until when, and is let go', async () => {
    const { fill, sandbox } = bulkScene();
    const job = startMessageJob<never>({
      from: await fill('orders', 64),
      wanted: all,
      visibilityTimeout: 600,
      cap: 64,
      work: async (item) => ({ item, kind: 'done' }),
      onOutcome: () => sandbox.setFaults({ lostBefore: job.counts.done >= 64 ? 1 : 0 }),
    });
    job.letGo();
    while (job.state === 'running') await settled();
    expect(job.state).toBe('returning');
    expect(job.holding().messages).toBe(64);
    const { until } = job.holding();
    job.letGo();
    await job.finished;
    expect(job.state).toBe('done');
    expect(job.leasing?.notReturned).toHaveLength(64);
    expect(job.leasing?.notReturned[0]?.until.getTime()).toBeLessThanOrEqual(until);
  });
});

describe('receipts that were kept', () => {
  test('are not all tried when the first ones get no answer', async () => {
    const { leasing, sandbox, place, account } = await offlineAfterLeasing(100);
    const receipts = leasing.held();
    const outcomes = await returnReceipts(place('orders'), receipts, { concurrency: 8 });
    expect(outcomes).toHaveLength(100);
    expect(outcomes.filter(({ kind }) => kind === 'skipped')).toEqual([]);
    expect(outcomes.find(({ item }) => item.id === receipts.at(-1)?.id)).toMatchObject({
      kind: 'failed',
      reason: 'Not tried any more: those before it could not be returned.',
    });
    sandbox.setFaults({ lostBefore: 0 });
    const again = await returnReceipts(place('orders'), receipts);
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['done']));
    expect(await account.peekMessages('orders')).toHaveLength(32);
    leasing.letGo();
    await leasing.close();
  });

  test('come back although answers get lost', async () => {
    const { fill, sandbox, place, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 64), { wanted: all, visibilityTimeout: 600 });
    await gather(leasing);
    sandbox.setFaults({ lostBefore: 0.1, lostAfter: 0.1, serverErrors: 0.05 });
    const outcomes = await returnReceipts(place('orders'), leasing.held());
    sandbox.setFaults({ lostBefore: 0, lostAfter: 0, serverErrors: 0 });
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    expect((await account.receiveMessages('orders', { count: 32 })).length).toBe(32);
  });

  test('are left alone from the moment it is cancelled', async () => {
    const { fill, place } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 64), { wanted: all, visibilityTimeout: 600 });
    await gather(leasing);
    const stop = new AbortController();
    let done = 0;
    const outcomes = await returnReceipts(place('orders'), leasing.held(), {
      concurrency: 8,
      signal: stop.signal,
      onOutcome: () => ++done === 8 && stop.abort(),
    });
    const returned = outcomes.filter(({ kind }) => kind === 'done').length;
    expect(returned).toBeGreaterThanOrEqual(8);
    expect(returned).toBeLessThan(32);
    expect(outcomes.filter(({ kind }) => kind === 'failed' || kind === 'maybeDone')).toHaveLength(64 - returned);
  });
});

/** The same place, where one operation never gets an answer. */
function hanging(place: Place, operation: 'receiveMessages' | 'updateMessage'): Place {
  const never = (signal: AbortSignal | undefined) =>
    new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const account: Account =
    operation === 'receiveMessages'
      ? { ...place.account, receiveMessages: (_queue, options) => never(options?.signal) }
      : { ...place.account, updateMessage: (_queue, _message, _change, options) => never(options?.signal) };
  return { ...place, account };
}
