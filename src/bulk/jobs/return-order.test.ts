import { describe, expect, test } from 'vitest';
import { around, bulkScene, gather, nextTask, numbered } from '../bulk.fixture';
import { leaseById } from '../leasing/lease-by-id';
import { MOST_IN_ORDER, returnedAtATime } from '../leasing/return-all';
import type { QueueTarget } from '../requests/queue-target';
import { changeText } from '../work/change-text';
import { browseAll } from './browse';
import { startExport } from './export-job';
import { startMessageJob } from './message-job';

// The order of a queue after its messages were leased and returned, on a service that orders them by the millisecond in which
// they became visible, over a network on which requests overtake each other.

/** A queue of numbered messages; the clock goes on with each return, and returns under way at once change places. */
async function queueOf(count: number, scene = bulkScene()) {
  const filled = await scene.fill('orders', count);
  let sent = 0;
  const from = around(filled, 'updateMessage', {
    async before() {
      // Of returns sent together, the later ones arrive first.
      for (let turns = 7 - (sent++ % 8); turns > 0; turns--) await turn();
      scene.clock.advance(1);
    },
  });
  return { scene, from };
}

const turn = () => new Promise<void>((resolve) => nextTask(resolve));

/** Texts of the visible messages in the order in which they are received. */
async function orderOf({ account }: ReturnType<typeof bulkScene>): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const batch = await account.receiveMessages('orders', { count: 32, visibilityTimeout: 600 });
    if (batch.length === 0) return texts;
    texts.push(...batch.map(({ text }) => text));
  }
}

const nowhere = () => new WritableStream<Uint8Array<ArrayBuffer>>();
const exportOf = (from: QueueTarget) => startExport({ from, wanted: 'all', format: 'jsonl', stream: nowhere() });
const never = async () => ({ refused: 'Not this one.' });

describe('messages keep their order', () => {
  test.each<[string, (from: QueueTarget) => Promise<unknown>]>([
    ['after an export', (from) => exportOf(from).finished],
    ['after a browse', (from) => gather(browseAll(from, { visibilityTimeout: 300 }).batches())],
    [
      'after a dry run',
      (from) =>
        startMessageJob({
          name: 'Change text',
          from,
          wanted: 'all',
          work: changeText(async () => ({ text: 'other' }), { dryRun: true }),
          concurrency: 8,
        }).finished,
    ],
    [
      'after a job that could do nothing with them',
      (from) =>
        startMessageJob({ name: 'Change text', from, wanted: 'all', work: changeText(never), concurrency: 8 }).finished,
    ],
    [
      'after a search that found nothing',
      (from) => leaseById(from, { ids: new Set(['other']), visibilityTimeout: 60, limit: Infinity }),
    ],
  ])('%s', async (_, work) => {
    const { scene, from } = await queueOf(300);
    await work(from);
    expect(await orderOf(scene)).toEqual(numbered(300));
  });

  test('also after an answer that was lost and a service that was busy', async () => {
    const { scene, from } = await queueOf(60);
    scene.sandbox.setFaults({ lostAfter: 0.1, busy: 0.1 });
    await exportOf(from).finished;
    scene.sandbox.setFaults({ lostAfter: 0, busy: 0 });
    expect(await orderOf(scene)).toEqual(numbered(60));
  });

  test('after an export that was cancelled, behind those that it did not receive', async () => {
    const { scene, from } = await queueOf(300);
    const job = exportOf(from);
    job.subscribe(() => {
      if (job.counts.done === 40) job.cancel();
    });
    await job.finished;
    const received = job.leasing?.received ?? 0;
    expect(received).toBeGreaterThanOrEqual(40);
    expect(received).toBeLessThan(300);
    const all = numbered(300);
    expect(await orderOf(scene)).toEqual([...all.slice(received), ...all.slice(0, received)]);
  });

  test('more than a thousand go back many at a time unless asked for', async () => {
    expect([0, 1, MOST_IN_ORDER, MOST_IN_ORDER + 1].map(returnedAtATime)).toEqual([1, 1, 1, 24]);
    const { scene, from } = await queueOf(60);
    await startExport({ from, wanted: 'all', format: 'jsonl', stream: nowhere(), returnedAtATime: 24 }).finished;
    const order = await orderOf(scene);
    expect(order.toSorted()).toEqual(numbered(60));
    expect(order).not.toEqual(numbered(60));
  });
});
