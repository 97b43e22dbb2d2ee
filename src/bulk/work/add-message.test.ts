import { expect, test } from 'vitest';
import { connectBySas } from '@/sandbox/open-sandbox.fixture';
import { accountSas } from '@/sandbox/sas.fixture';
import { type BulkScene, bulkScene } from '../bulk.fixture';
import { startImport } from '../jobs/import-messages';
import { startMessageJob } from '../jobs/message-job';
import type { QueueTarget } from '../requests/queue-target';
import { copyMessage } from './copy-message';
import { moveMessage } from './move-message';

/** A queue as it is reached by a signature of a version before 2016-05-31, which answers a Put with 201 and no body. */
async function oldTarget(scene: BulkScene): Promise<QueueTarget> {
  const target = await scene.fill('other', 0);
  return { ...target, account: connectBySas(scene.sandbox, await accountSas({ sv: '2015-12-11' })) };
}

test('rows of a file that are answered without a body are added, once each', async () => {
  const scene = bulkScene();
  const job = startImport(new Blob(['[{"text":"a"},{"text":"b"},{"text":"c"}]']), await oldTarget(scene));
  await job.finished;
  expect(job.outcomes).toEqual([]);
  expect(await scene.textsIn('other')).toEqual(['a', 'b', 'c']);
});

test.each([
  ['a move', moveMessage, [[], ['a']]],
  ['a copy', copyMessage, [['a'], ['a']]],
])('%s whose copy is answered without a body is done', async (_, work, expected) => {
  const scene = bulkScene();
  const from = await scene.fill('orders', ['a']);
  const to = await oldTarget(scene);
  const job = startMessageJob({ from, name: 'Move', work: work(to), wanted: 'all', visibilityTimeout: 60 });
  await job.finished;
  expect(job.outcomes).toEqual([]);
  expect([await scene.textsIn('orders'), await scene.textsIn('other')]).toEqual(expected);
});
