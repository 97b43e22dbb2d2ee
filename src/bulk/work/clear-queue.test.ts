import { expect, test } from 'vitest';
import { bulkScene } from '../bulk.fixture';
import { startJob } from '../jobs/start-job';
import { clearQueue } from './clear-queue';

test('clears several queues, and says of each what became of it', async () => {
  const { fill, account, textsIn } = bulkScene();
  for (const queue of ['orders', 'orders-poison', 'kept']) await fill(queue, 3);
  const job = startJob({ source: ['orders', 'nowhere', 'orders-poison'], work: clearQueue(account), total: 3 });
  await job.finished;
  expect(job.counts).toMatchObject({ done: 2, failed: 1 });
  expect(job.outcomes).toMatchObject([
    { item: 'nowhere', reason: expect.stringMatching(/^Not cleared\. /), error: { code: 'QueueNotFound' } },
  ]);
  expect(await textsIn('orders', 'orders-poison')).toEqual([]);
  expect(await textsIn('kept')).toHaveLength(3);
});

test('a clear without an answer is reported as possibly done', async () => {
  const { fill, account, sandbox } = bulkScene();
  await fill('orders', 3);
  sandbox.setFaults({ lostAfter: 1 });
  const job = startJob({ source: ['orders'], work: clearQueue(account) });
  await job.finished;
  expect(job.outcomes).toMatchObject([
    {
      kind: 'maybeDone',
      reason: expect.stringMatching(/^It may be clear, in part or in whole: the answer was lost\. /),
    },
  ]);
});
