import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { type BulkScene, bulkScene, gather, hanging, never, settled } from '../bulk.fixture';
import { browseAll } from '../jobs/browse';
import { startMessageJob } from '../jobs/message-job';
import type { QueueTarget } from '../requests/queue-target';
import { receive } from '../work/lease-actions';
import { LeaseHandle } from './lease-handle';
import { type LeasedNow, leaseMatching } from './leasing';
import { returnAll } from './return-all';

// Giving messages back when nothing answers any more. The clock is the sandbox's, so that what is said is exact.

const claim: Claim = { kind: 'job', name: 'A job' };
const everyOne = () => true;

/** A queue of `count` messages, each of them leased for an hour, and then a network that is gone. */
async function offlineAfterLeasing(count: number, scene: BulkScene = bulkScene()) {
  const leasing = leaseMatching(await scene.fill('orders', count), {
    claim,
    wanted: everyOne,
    visibilityTimeout: 3600,
  });
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
    expect(report.notReturned.at(-1)?.reason).toBe('Stopped after several failures.');
    // A minute, and not 400 times a quarter of one.
    expect(clock.now() - until).toBeLessThan(120_000);
    sandbox.setFaults({ lostBefore: 0 });
    for (const { id, receipt = '' } of report.notReturned) {
      await account.updateMessage('orders', { id, receipt }, { visibilityTimeout: 0 });
    }
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
  });

  test('the returning is cut short when told, and says what stays hidden until when', async () => {
    const { fill, sandbox } = bulkScene();
    const { target, waits } = waiting(await fill('orders', 100));
    const leasing = leaseMatching(target, { claim, wanted: everyOne, visibilityTimeout: 3600 });
    await gather(leasing);
    sandbox.setFaults({ lostBefore: 1 });
    const holding = leasing.leasedNow();
    expect(holding.messages).toBe(100);
    const closing = leasing.close();
    // One for the next renewal, and one for the message that is tried again.
    while (waits() < 2) await settled();
    leasing.abandon();
    const { notReturned, returned } = await closing;
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
    const target = hanging(await fill('orders', 40), 'receiveMessages');
    const stop = new AbortController();
    const browse = browseAll(target, { visibilityTimeout: 300, signal: stop.signal });
    const browsing = gather(browse.batches());
    await settled();
    stop.abort();
    expect(browse.report.ended).toBe('aborted');
    browse.abandon();
    expect(await browsing).toEqual([]);
    expect(browse.report.maybeHidden).toEqual([{ messages: 32, until: new Date(clock.now() + 300_000) }]);
  });

  test('a return that hangs is cut off, and reported as hidden', async () => {
    const { fill } = bulkScene();
    const target = hanging(await fill('orders', 3), 'updateMessage');
    const leasing = leaseMatching(target, { claim, wanted: everyOne, visibilityTimeout: 300 });
    await gather(leasing);
    const closing = leasing.close();
    await settled();
    leasing.abandon();
    expect((await closing).notReturned).toHaveLength(3);
  });

  test('a cancelled receive waits for no network that is gone', async () => {
    const { sandbox, fill, clock } = bulkScene();
    const target = await fill('orders', 40);
    sandbox.setFaults({ lostBefore: 1 });
    const stop = new AbortController();
    const { target: patient, waits } = waiting(target);
    const browse = browseAll(patient, { visibilityTimeout: 300, signal: stop.signal });
    const browsing = gather(browse.batches());
    while (waits() === 0) await settled();
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
    const target = await fill('orders', 300);
    const browse = browseAll(target, { visibilityTimeout: 3600 });
    const seen: string[] = [];
    let requests: (() => number) | undefined;
    const browsing = (async () => {
      for await (const batch of browse.batches()) {
        seen.push(...batch);
        if (seen.length < 128) continue;
        sandbox.setFaults({ busy: 1 });
        requests = countRequests(scene);
      }
    })();
    await expect(browsing).rejects.toThrow();
    expect(browse.report).toMatchObject({ ended: 'failed', returned: 0, maybeHidden: [] });
    expect(browse.report.notReturned.length).toBe(browse.report.received);
    // 16 that are tried four times each, beside the receive: not all of them.
    expect(requests?.()).toBeLessThan(160);
  });
});

describe('a job', () => {
  test('that returns what it held says how many and until when, and is let go', async () => {
    const { fill, sandbox } = bulkScene();
    const job = startMessageJob<never>({
      from: await fill('orders', 64),
      name: 'A job',
      wanted: 'all',
      visibilityTimeout: 600,
      cap: 64,
      work: async (item) => ({ item, kind: 'done' }),
      onOutcome: () => sandbox.setFaults({ lostBefore: job.counts.done >= 64 ? 1 : 0 }),
    });
    // Nothing to let go of yet.
    job.abandon();
    let holding: LeasedNow | undefined;
    job.subscribe(() => {
      if (job.state !== 'returning' || holding) return;
      holding = job.leasedNow();
      job.abandon();
    });
    await job.finished;
    expect(job.state).toBe('done');
    expect(job.leasing?.notReturned).toHaveLength(64);
    expect(holding?.messages).toBe(64);
    expect(job.leasing?.notReturned[0]?.until.getTime()).toBeLessThanOrEqual(holding?.until ?? 0);
  });
});

describe('messages that were left', () => {
  test('unreturned messages are not all tried when the first ones get no answer', async () => {
    const { leasing, sandbox, targetOf, account } = await offlineAfterLeasing(100);
    leasing.abandon();
    await leasing.close();
    const left = leftAt(targetOf('orders'));
    expect(left).toHaveLength(100);
    const reasons = await returnAll(left, { concurrency: 8 });
    expect(reasons.size).toBe(100);
    expect(reasons.get(left.at(-1)?.id ?? '')).toBe('Stopped after several failures.');
    sandbox.setFaults({ lostBefore: 0 });
    expect(await returnAll(left)).toEqual(new Map());
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
    expect(leftAt(targetOf('orders'))).toEqual([]);
  });

  test.each([
    ['held', 'No answer.', 2],
    ['hidden by a change without an answer', 'No answer.', 2],
    ['released already', 'Left.', 4],
  ] as const)('that are %s and fail with “%s” are tried %i times in a row', async (kind, message, times) => {
    const scene = bulkScene();
    const target = await scene.fill('orders', 4);
    const handles = handlesOf(target, await receive(target, { count: 4, visibilityTimeout: 60 }));
    if (kind !== 'held') for (const { id } of handles) lose(target, id, kind);
    let tried = 0;
    const failing = handles.map((handle) =>
      Object.assign(handle, {
        release() {
          tried++;
          return Promise.reject(new Error(message));
        },
      }),
    );
    await returnAll(failing, { concurrency: 1 });
    expect(tried).toBe(times);
  });

  test('and are not held any more are not said to be returned: the reason says why', async () => {
    const scene = bulkScene();
    const target = await scene.fill('orders', 2);
    const handles = handlesOf(target, await receive(target, { count: 2, visibilityTimeout: 60 }));
    await target.account.clearMessages('orders');
    const returned: string[] = [];
    const reasons = await returnAll(handles, { onReturned: ({ id }) => returned.push(id) });
    expect(returned).toEqual([]);
    expect(reasons).toEqual(new Map(handles.map(({ id }) => [id, 'The queue was cleared.'])));
  });

  test('returning continues while some of them succeed', async () => {
    const { leasing, sandbox, targetOf } = await offlineAfterLeasing(100);
    leasing.abandon();
    await leasing.close();
    const left = leftAt(targetOf('orders'));
    let tried = 0;
    // Of two in turn one gets no answer: never so many in a row.
    const half = left.map((handle) => {
      const isLost = tried++ % 8 !== 0;
      return Object.assign(handle, { release: isLost ? lost : async () => true });
    });
    const reasons = await returnAll(half, { concurrency: 8 });
    expect(reasons.size).toBe(half.length - Math.ceil(half.length / 8));
    expect(new Set(reasons.values())).toEqual(new Set(['No answer.']));
    sandbox.setFaults({ lostBefore: 0 });
  });

  test('come back although answers get lost', async () => {
    const { fill, sandbox, targetOf, account } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 64), { claim, wanted: everyOne, visibilityTimeout: 600 });
    const handles = await gather(leasing);
    sandbox.setFaults({ lostBefore: 0.1, lostAfter: 0.1, serverErrors: 0.05 });
    expect(await returnAll(handles)).toEqual(new Map());
    sandbox.setFaults({ lostBefore: 0, lostAfter: 0, serverErrors: 0 });
    expect((await account.receiveMessages('orders', { count: 32 })).length).toBe(32);
    expect(leftAt(targetOf('orders'))).toEqual([]);
  });

  test('no further return is started after an abort', async () => {
    const { fill } = bulkScene();
    const leasing = leaseMatching(await fill('orders', 64), { claim, wanted: everyOne, visibilityTimeout: 600 });
    const handles = await gather(leasing);
    const stop = new AbortController();
    let done = 0;
    const reasons = await returnAll(handles, {
      concurrency: 8,
      signal: stop.signal,
      onReturned: () => ++done === 8 && stop.abort(),
    });
    expect(done).toBeGreaterThanOrEqual(8);
    expect(done).toBeLessThan(32);
    expect(reasons.size).toBe(64 - done);
  });

  test('that somebody else was handed are no reason to give up', async () => {
    const { fill, clock, account } = bulkScene();
    const target = await fill('orders', 64);
    const handles: LeaseHandle[] = [];
    for (let batch = 0; batch < 2; batch++) {
      handles.push(...handlesOf(target, await receive(target, { count: 32, visibilityTimeout: 30 })));
    }
    clock.advance(31_000);
    for (let batch = 0; batch < 2; batch++) {
      await account.receiveMessages('orders', { count: 32, visibilityTimeout: 600 });
    }
    const reasons = await returnAll(handles, { concurrency: 1 });
    expect(reasons.size).toBe(64);
    expect([...reasons.values()].filter((reason) => reason.startsWith('Not tried'))).toEqual([]);
  });
});

/** An update of it got no answer, or its repeat was refused. */
function lose(target: QueueTarget, id: string, kind: 'hidden by a change without an answer' | 'released already') {
  const { records } = target;
  const used = records.get(id)?.lease?.receipt ?? '';
  const evidence = records.answeredNow(records.tick(), target.now?.() ?? 0, undefined);
  const about = { used, askedAt: evidence.at, evidence };
  const asked = { change: 'update', visibilityTimeout: 60, text: undefined } as const;
  if (kind === 'released already') records.applyTo(id, { kind: 'refused', asked, afterLostAnswer: false, ...about });
  else records.applyTo(id, { kind: 'unanswered', asked, ...about });
}

const lost = () => Promise.reject(new Error('No answer.'));

/** What a job or a browse left behind, for a person to release. */
const leftAt = (target: QueueTarget): LeaseHandle[] =>
  handlesOf(
    target,
    [...target.records.leased()].filter(({ lease }) => lease?.holder === 'left'),
  );

const handlesOf = (target: QueueTarget, all: readonly { id: string }[]) =>
  all.map(({ id }) => new LeaseHandle({ target, claim: undefined, canRenew: true }, id));

/** The same place, where no wait ends but by being aborted; and how many there were. */
function waiting(target: QueueTarget) {
  let count = 0;
  const delay: QueueTarget['delay'] = (_, signal) => {
    count++;
    return never(signal);
  };
  return { target: { ...target, delay }, waits: () => count };
}
