import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import { never, settled } from '../bulk.fixture';
import type { LeasingReport } from '../leasing/leasing-report';
import { createSimulation } from '../planning/simulation.fixture';
import { createDeferred } from '../requests/deferred';
import type { Outcome } from '../requests/outcome';
import { reportCsv } from './job-report';
import { createRate } from './progress';
import { startJob } from './start-job';

const count = (to: number) => Array.from({ length: to }, (_, index) => index);
const done = async (item: number): Promise<Outcome<number>> => ({ item, kind: 'done' });
const busy = () => new StorageError('Busy.', { status: 503, code: 'ServerBusy', retryAfterSeconds: 3 });

describe('a job', () => {
  test('works on every item once, with the given concurrency', async () => {
    let working = 0;
    let most = 0;
    const seen: number[] = [];
    const job = startJob({
      source: count(100),
      concurrency: 7,
      total: 100,
      work: async (item) => {
        most = Math.max(most, ++working);
        await settled();
        working--;
        seen.push(item);
        return done(item);
      },
    });
    await job.finished;
    expect(most).toBe(7);
    expect(seen.toSorted((a, b) => a - b)).toEqual(count(100));
    expect(job.state).toBe('done');
    expect(job.progress).toMatchObject({ done: 100, working: 0, total: 100, secondsLeft: 0 });
  });

  test('lists every failure and only counts successes', async () => {
    const streamed: number[] = [];
    const job = startJob<number>({
      source: count(100_000),
      onOutcome: ({ item }) => streamed.push(item),
      work: async (item) => (item % 1000 === 0 ? { item, kind: 'failed', reason: 'No.' } : done(item)),
    });
    let told = 0;
    job.subscribe(() => told++);
    await job.finished;
    expect(job.outcomes).toHaveLength(100);
    expect(job.counts).toMatchObject({ done: 99_900, failed: 100 });
    expect(streamed).toHaveLength(100_000);
    expect(told).toBeGreaterThanOrEqual(100_000);
    expect(job.version).toBe(told);
  });

  test('counts work that throws as failed, and continues', async () => {
    const job = startJob<number>({
      source: count(3),
      work: (item) => (item === 1 ? Promise.reject(new Error('Broken.')) : done(item)),
    });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ item: 1, kind: 'failed', reason: 'Broken.' }]);
    expect(job.counts.done).toBe(2);
  });

  test('fails with its source, after what was in flight has landed', async () => {
    let closed = 0;
    const job = startJob<number>({
      source: Object.assign(
        (async function* () {
          yield 1;
          throw new Error('The queue is gone.');
        })(),
        { close: async () => void closed++ },
      ),
      work: async (item) => {
        await settled();
        return done(item);
      },
    });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', counts: { done: 1 } });
    expect(job.report()).toMatchObject({ error: 'The queue is gone.' });
    expect(closed).toBe(1);
  });

  test('returns what it holds and reports it although the source cannot be ended', async () => {
    const leasing = { returned: 3 } as LeasingReport;
    const calls: string[] = [];
    const failing = (name: string) => async () => {
      calls.push(name);
      throw new Error(`${name} failed.`);
    };
    const items = {
      next: async () => ({ done: true, value: undefined }) as const,
      return: failing('return'),
    };
    const job = startJob<number>({
      source: {
        [Symbol.asyncIterator]: () => items,
        end: failing('end'),
        async close() {
          calls.push('close');
          return leasing;
        },
      },
      work: done,
    });
    await job.finished;
    expect(calls).toEqual(['return', 'end', 'close']);
    expect(job).toMatchObject({ state: 'failed', error: { message: 'return failed.' } });
    expect(job.leasing).toBe(leasing);
  });

  test('starts no item while it is paused or after it is cancelled', async () => {
    const begun: number[] = [];
    const job = startJob({
      source: count(1000),
      concurrency: 4,
      total: 1000,
      work: async (item) => {
        begun.push(item);
        await settled();
        return done(item);
      },
    });
    while (begun.length < 20) await settled();
    job.pause();
    while (job.progress.working > 0) await settled();
    const paused = begun.length;
    await settled();
    expect(begun.length).toBe(paused);
    expect(job.progress).toMatchObject({ working: 0 });
    job.resume();
    while (begun.length === paused) await settled();
    job.cancel();
    const cancelled = begun.length;
    await job.finished;
    expect(begun.length).toBe(cancelled);
    expect(job.state).toBe('cancelled');
    expect(job.report().notStarted).toBe(1000 - cancelled);
  });

  test('can be cancelled while paused, and before it started', async () => {
    const job = startJob({ source: count(10), work: done });
    job.cancel();
    await job.finished;
    expect(job.counts.done).toBe(0);
    const paused = startJob({ source: count(10), work: done });
    paused.pause();
    await settled();
    paused.cancel();
    await paused.finished;
    expect(paused).toMatchObject({ state: 'cancelled', counts: { done: 0 } });
  });

  test('a paused job takes nothing more from its source', async () => {
    const gate = createDeferred();
    let asked = 0;
    const source = function* () {
      for (;;) yield asked++;
    };
    const job = startJob({
      source: source(),
      concurrency: 2,
      work: async (item) => {
        await gate.promise;
        return done(item);
      },
    });
    while (job.progress.working < 2) await settled();
    job.pause();
    gate.resolve();
    while (job.progress.working > 0) await settled();
    await settled();
    expect(asked).toBe(2);
    job.cancel();
    await job.finished;
  });

  test('that is cancelled while it waits for its turn has not failed', async () => {
    const job = startJob({
      source: count(10),
      concurrency: 1,
      perSecond: 1,
      now: () => 0,
      delay: (_, signal) => never(signal),
      work: done,
    });
    while (job.counts.done < 1) await settled();
    job.cancel();
    await job.finished;
    expect(job).toMatchObject({ state: 'cancelled', error: undefined, counts: { done: 1 } });
  });

  test('that is paced ends a turn after its last item, and not after one of every worker', async () => {
    const { targetOf, now, run } = createSimulation({ latency: 10 });
    const began = now();
    const { delay } = targetOf('orders');
    const job = startJob({ source: count(6), concurrency: 16, perSecond: 4, now, delay, work: done });
    await run(job.finished);
    expect(job).toMatchObject({ state: 'done', counts: { done: 6 } });
    expect(now() - began).toBe(1500);
  });

  test('that has ended stays as it ended, whatever is pressed', async () => {
    const job = startJob({ source: count(1), work: done, now: () => 5000 });
    expect(job.report()).not.toHaveProperty('endedAt');
    await job.finished;
    const { version } = job;
    job.cancel();
    job.pause();
    job.abandon();
    expect(job).toMatchObject({ state: 'done', version });
    expect(job.report().endedAt).toBe('1970-01-01T00:00:05.000Z');
  });

  test('over items that need not be returned never returns, holds nothing and has nothing to let go of', async () => {
    const gate = createDeferred();
    const states: string[] = [];
    const job = startJob<number>({
      source: count(1),
      work: async (item) => {
        await gate.promise;
        return done(item);
      },
    });
    job.subscribe(() => states.push(job.state));
    expect(job.canAbandon).toBe(false);
    expect(job.leasedNow()).toEqual({ messages: 0, until: 0 });
    while (job.progress.working === 0) await settled();
    job.cancel();
    job.abandon();
    gate.resolve();
    await job.finished;
    expect(new Set(states)).toEqual(new Set(['running', 'cancelling', 'cancelled']));
  });

  test('notifies no listener that has unsubscribed', async () => {
    const job = startJob({ source: count(3), work: done });
    let told = 0;
    const stop = job.subscribe(() => told++);
    stop();
    await job.finished;
    expect(told).toBe(0);
  });

  test('starts no more items a second than its limit', async () => {
    let now = 0;
    const begun: number[] = [];
    const job = startJob({
      source: count(20),
      perSecond: 10,
      concurrency: 8,
      now: () => now,
      delay: async (milliseconds) => {
        const until = now + milliseconds;
        await settled();
        now = Math.max(now, until);
      },
      work: async (item) => {
        begun.push(now);
        return done(item);
      },
    });
    await job.finished;
    for (let from = 0; from + 10 < begun.length; from++) {
      expect((begun[from + 10] ?? 0) - (begun[from] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  });

  test('all workers wait while the account is busy, and then fewer continue', async () => {
    let now = 0;
    let working = 0;
    const atOnce: number[] = [];
    const job = startJob<number>({
      source: count(60),
      concurrency: 16,
      now: () => now,
      delay: async (milliseconds) => {
        const until = now + milliseconds;
        await settled();
        now = Math.max(now, until);
      },
      work: async (item) => {
        atOnce[item] = ++working;
        await settled();
        working--;
        return item === 3 ? { item, kind: 'failed', error: busy() } : done(item);
      },
    });
    await job.finished;
    expect(now).toBeGreaterThanOrEqual(3000);
    expect(Math.max(...atOnce.slice(0, 16))).toBe(16);
    expect(Math.max(...atOnce.slice(40))).toBeLessThan(16);
    expect(job.counts).toMatchObject({ done: 59, failed: 1 });
  });

  test('at least one worker continues, and all of them again after a while without failures', async () => {
    const troubled = new Set([0, 1, 2, 3]);
    let [now, working] = [0, 0];
    const atOnce: number[] = [];
    const job = startJob<number>({
      source: count(100),
      concurrency: 4,
      now: () => now,
      delay: async (milliseconds) => {
        now += milliseconds;
      },
      work: async (item) => {
        atOnce[item] = ++working;
        await settled();
        working--;
        return troubled.has(item) ? { item, kind: 'failed', error: busy() } : done(item);
      },
    });
    await job.finished;
    expect(job.counts).toMatchObject({ done: 96, failed: 4 });
    expect(Math.max(...atOnce.slice(5, 8))).toBe(1);
    expect(Math.max(...atOnce.slice(60))).toBe(4);
    const alone = startJob<number>({
      source: count(3),
      concurrency: 1,
      now: () => now,
      delay: async () => {},
      work: async (item) => (item === 0 ? { item, kind: 'failed', error: busy() } : done(item)),
    });
    await alone.finished;
    expect(alone.counts).toMatchObject({ done: 2, failed: 1 });
  });

  test('wakes a worker as soon as one more may work', async () => {
    let working = 0;
    const atOnce: number[] = [];
    const job = startJob<number>({
      source: count(8),
      concurrency: 2,
      delay: async () => {},
      work: async (item) => {
        atOnce[item] = ++working;
        // The first is refused, which leaves one worker; four that are done give the second back.
        for (let turn = 0; turn < (item === 5 ? 10 : 1); turn++) await settled();
        working--;
        return item === 0 ? { item, kind: 'failed', error: busy() } : done(item);
      },
    });
    await job.finished;
    expect(atOnce.slice(3)).toEqual([1, 1, 1, 2, 2]);
  });

  test('works on eight items at a time by default', async () => {
    let [working, most] = [0, 0];
    const job = startJob({
      source: count(30),
      work: async (item) => {
        most = Math.max(most, ++working);
        await settled();
        working--;
        return done(item);
      },
    });
    await job.finished;
    expect(most).toBe(8);
  });

  test('does not start an item that its source yields after cancelling or during a pause', async () => {
    const gate = createDeferred();
    const begun: number[] = [];
    const source = async function* () {
      yield 0;
      await gate.promise;
      yield 1;
      yield 2;
    };
    const work = async (item: number) => {
      begun.push(item);
      return done(item);
    };
    const [cancelled, paused] = [startJob({ source: source(), work }), startJob({ source: source(), work })];
    while (begun.length < 2) await settled();
    cancelled.cancel();
    paused.pause();
    gate.resolve();
    await cancelled.finished;
    for (let turn = 0; turn < 3; turn++) await settled();
    expect(begun).toEqual([0, 0]);
    paused.resume();
    await paused.finished;
    expect(begun).toEqual([0, 0, 1, 2]);
  });

  test('that is ending is neither paused nor resumed, and lets go while it is cancelled or returns', async () => {
    const [working, closing] = [createDeferred(), createDeferred()];
    const states: string[] = [];
    const job = startJob<number>({
      source: Object.assign([0][Symbol.iterator](), {
        close: async () => {
          await closing.promise;
          return undefined;
        },
        abandon: () => void states.push(job.state),
      }),
      work: async (item) => {
        await working.promise;
        return done(item);
      },
    });
    const press = () => {
      job.pause();
      job.resume();
      job.abandon();
    };
    job.abandon();
    while (job.progress.working === 0) await settled();
    job.cancel();
    press();
    expect(job.state).toBe('cancelling');
    working.resolve();
    while (job.state === 'cancelling') await settled();
    press();
    closing.resolve();
    await job.finished;
    expect(states).toEqual(['cancelling', 'returning']);
    expect(job.state).toBe('cancelled');
  });

  test('progress counts items that were never started, without those under way, and no pause as working time', async () => {
    const gate = createDeferred();
    let now = 100_000;
    const job = startJob({
      source: count(10),
      total: 10,
      concurrency: 2,
      now: () => now,
      work: async (item) => {
        if (item >= 2) await gate.promise;
        return done(item);
      },
    });
    while (job.counts.done < 2) await settled();
    while (job.progress.working < 2) await settled();
    expect(job.report().notStarted).toBe(6);
    expect(job.progress.rate).toBe(2);
    job.pause();
    now += 4000;
    job.resume();
    gate.resolve();
    await job.finished;
    expect(job.progress.rate).toBe(8);
  });

  test('does again what failed, and what may be done only when told to', async () => {
    const kinds = ['done', 'failed', 'maybeDone', 'skipped', 'inBoth'] as const;
    const tries: [number, string | undefined][] = [];
    const job = startJob<number>({
      source: count(5),
      work: async (item, previous) => {
        tries.push([item, previous?.kind]);
        return { item, kind: previous ? 'done' : (kinds[item] ?? 'done') };
      },
    });
    await job.finished;
    tries.length = 0;
    const retry = job.retryFailed();
    await retry?.finished;
    expect(tries).toEqual([
      [1, 'failed'],
      [4, 'inBoth'],
    ]);
    expect(retry?.progress).toMatchObject({ done: 2, total: 2 });
    expect(job.progress).toMatchObject({ done: 1, failed: 1, skipped: 1, uncertain: 2 });
    expect(retry?.retryFailed()).toBeUndefined();
  });

  test('does again also what may be done when told to', async () => {
    const kinds = ['done', 'failed', 'maybeDone', 'skipped', 'maybeTwice'] as const;
    const tries: number[] = [];
    const job = startJob<number>({
      source: count(5),
      work: async (item, previous) => {
        if (previous) tries.push(item);
        return { item, kind: previous ? 'done' : (kinds[item] ?? 'done') };
      },
    });
    await job.finished;
    await job.retryFailed({ uncertain: true })?.finished;
    expect(tries).toEqual([1, 2, 4]);
  });

  test('is tried again once only: what is left is then the other job’s', async () => {
    const tries = new Map<number, number>();
    const job = startJob<number>({
      source: count(3),
      work: async (item, previous) => {
        tries.set(item, (tries.get(item) ?? 0) + 1);
        return { item, kind: previous || item === 0 ? 'done' : 'failed' };
      },
    });
    await job.finished;
    let told = 0;
    job.subscribe(() => told++);
    expect(job.isRetried).toBe(false);
    const retry = job.retryFailed();
    expect(job.isRetried).toBe(true);
    expect(told).toBe(1);
    expect(job.retryFailed()).toBeUndefined();
    expect(job.retryFailed({ uncertain: true })).toBeUndefined();
    await retry?.finished;
    expect(retry?.isRetried).toBe(false);
    expect([...tries.values()]).toEqual([1, 2, 2]);
  });

  test('reports as plain data and as CSV', async () => {
    const refused = new StorageError('Not "you",\nnot here.', { status: 403, code: 'AuthorizationFailure' });
    const job = startJob<number>({
      source: count(2),
      total: 2,
      name: (item) => `message ${item}`,
      work: async (item) =>
        item === 0 ? done(item) : { item, kind: 'failed', reason: refused.message, error: refused },
    });
    await job.finished;
    const report = job.report();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.troubles).toEqual([
      { item: 'message 1', kind: 'failed', reason: refused.message, code: 'AuthorizationFailure' },
    ]);
    expect(reportCsv(report)).toBe(
      'item,outcome,reason,code,requestId\r\nmessage 1,failed,"Not ""you"",\nnot here.",AuthorizationFailure,""\r\n',
    );
  });
});

test('a report counts what was leased, and has no receipt', async () => {
  const until = new Date(1_000_000);
  const leasing: LeasingReport = {
    received: 9,
    wanted: 4,
    passed: 5,
    missing: ['m'],
    raised: new Map([
      ['a', 1],
      ['b', 2],
    ]),
    returned: 3,
    hidden: 1,
    lost: ['l'],
    gone: 1,
    notReturned: [{ id: 'a', receipt: 'secret', until, reason: 'No answer.' }],
    maybeHidden: [{ messages: 32, until }],
    requests: 7,
    ended: 'found',
  };
  const job = startJob<number>({ source: Object.assign([0], { close: async () => leasing }), work: done });
  await job.finished;
  expect(job.report().leasing).toEqual({
    received: 9,
    wanted: 4,
    passed: 5,
    missing: ['m'],
    raised: 2,
    returned: 3,
    hidden: 1,
    lost: ['l'],
    gone: 1,
    notReturned: [{ id: 'a', until: until.toISOString(), reason: 'No answer.' }],
    maybeHidden: [{ messages: 32, until: until.toISOString() }],
  });
});

describe('a rate', () => {
  test('the rate is that of the last ten seconds', () => {
    const rate = createRate();
    expect(rate.perSecond(0)).toBe(0);
    for (let now = 100_000; now < 130_000; now += 100) rate.count(now);
    expect(rate.perSecond(130_000)).toBeCloseTo(10, 0);
    expect(rate.perSecond(135_000)).toBeLessThan(6);
    expect(rate.perSecond(150_000)).toBe(0);
  });

  test('the rate starts anew after a pause', () => {
    const rate = createRate();
    rate.count(1000);
    rate.restart();
    expect(rate.perSecond(2000)).toBe(0);
    rate.count(900_000);
    expect(rate.perSecond(900_500)).toBe(1);
  });
});
