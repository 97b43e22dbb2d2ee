import { describe, expect, test } from 'vitest';
import { bulkScene, gather } from '../bulk.fixture';
import type { LeaseHandle } from '../leasing/lease-handle';
import { countedTarget, noRequests } from '../planning/simulation.fixture';
import type { Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { changeText } from '../work/change-text';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { receive } from '../work/lease-actions';
import { moveMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { browseAll } from './browse';
import { startExport } from './export-job';
import { startMessageJob } from './message-job';

const upper = (text: string) => ({ text: text.toUpperCase() });

/** How messages come to be leased to this tab. */
const WAYS: [name: string, lease: (from: QueueTarget) => Promise<unknown>][] = [
  ['received', (from) => receive(from, { count: 4, visibilityTimeout: 600 })],
  ['browsed', (from) => gather(browseAll(from, { visibilityTimeout: 600, keep: true }).batches())],
  [
    'left by a job that let go of them',
    async (from) => {
      const job = startMessageJob<never>({
        from: { ...from, account: { ...from.account, updateMessage: () => Promise.reject(new Error('No.')) } },
        name: 'A job',
        wanted: 'all',
        work: async (item) => ({ item, kind: 'done' }),
      });
      await job.finished;
    },
  ],
];

type Works = [name: string, make: (to: QueueTarget) => object, requests: number];
const WORKS: Works[] = [
  ['changing their text', () => changeText(upper), 4],
  ['moving them', (to) => moveMessage(to), 8],
  ['changing and moving them', (to) => moveMessage(to, upper), 8],
  ['copying them', (to) => copyMessage(to), 4],
  ['deleting them', () => deleteMessage, 4],
  ['hiding them', () => setVisibility(60), 4],
];

describe.each(WAYS)('messages that this tab has %s', (_, lease) => {
  test.each(WORKS)(
    'are in hand for %s: nothing is received, and no dequeue count rises',
    async (_name, make, requests) => {
      const scene = bulkScene();
      const from = await scene.fill('orders', 4);
      await lease(from);
      const ids = scene.idsIn('orders');
      const before = countsIn(scene);
      const counts = noRequests();
      const to = countedTarget(await scene.fill('other', 0), counts);
      const job = startMessageJob({
        from: countedTarget(from, counts),
        name: 'Work',
        wanted: new Set(ids),
        work: make(to) as Work<LeaseHandle, never>,
      });
      await job.finished;
      expect(job.counts.done).toBe(4);
      expect(job.leasing).toBeUndefined();
      expect(counts.receive).toBe(0);
      expect(Object.values(counts).reduce((sum, number) => sum + number, 0)).toBe(requests);
      for (const [id, count] of countsIn(scene)) expect(count).toBe(before.get(id));
    },
  );
});

test('messages in hand are written to a file without a request', async () => {
  const scene = bulkScene();
  const from = await scene.fill('orders', 4);
  await receive(from, { count: 4, visibilityTimeout: 600 });
  const counts = noRequests();
  const wanted = new Set(scene.idsIn('orders'));
  const stream = new WritableStream();
  const job = startExport({ from: countedTarget(from, counts), wanted, stream, format: 'jsonl' });
  await job.finished;
  expect(job.counts.done).toBe(4);
  expect(counts).toEqual(noRequests());
});

const countsIn = ({ sandbox }: ReturnType<typeof bulkScene>) =>
  new Map(sandbox.snapshot(['orders']).queues[0]?.messages.map(({ id, dequeueCount }) => [id, dequeueCount]));
