import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import { isDeleted } from '@/messages/record';
import { connectBySas } from '@/sandbox/open-sandbox.fixture';
import { accountSas } from '@/sandbox/sas.fixture';
import { around, type BulkScene, bulkScene, failing, settled } from '../bulk.fixture';
import type { Job } from '../jobs/job';
import { startMessageJob, type Wanted } from '../jobs/message-job';
import type { LeaseHandle } from '../leasing/lease-handle';
import { createDeferred } from '../requests/deferred';
import type { QueueTarget } from '../requests/queue-target';
import { receive, saveText } from './lease-actions';
import { NO_ANSWER, NOT_ALLOWED } from './leased.fixture';
import { moveMessage, requeueMessage } from './move-message';

type Scene = BulkScene & { from: QueueTarget; to: QueueTarget };

async function twoQueues(texts: readonly string[] = ['a']): Promise<Scene> {
  const scene = bulkScene();
  return { ...scene, from: await scene.fill('orders', texts), to: await scene.fill('other', 0) };
}

async function move(from: QueueTarget, to: QueueTarget, wanted: Wanted = 'all'): Promise<Job<LeaseHandle>> {
  const job = startMessageJob({ from, name: 'Move', work: moveMessage(to), wanted, visibilityTimeout: 60 });
  await job.finished;
  return job;
}

/** Another consumer is first, after the leases were over, and keeps the message. */
const steal = ({ account, overtake }: Scene) =>
  overtake(61_000, () => account.receiveMessages('orders', { visibilityTimeout: 600 }));

/** The next answers are lost, after the service acted, until something else was done. */
function loseAnswers({ sandbox }: Scene, what: 'deleted' | 'sent') {
  sandbox.setFaults({ lostAfter: 1 });
  const stop = sandbox.subscribe((change) => {
    if (change.what !== what) return;
    stop();
    setTimeout(() => sandbox.setFaults({ lostAfter: 0 }));
  });
}

const found = async ({ textsIn }: Scene) => [await textsIn('orders'), await textsIn('other')];

describe('when the original is refused', () => {
  test('the copy is taken back, and the message is where it was', async () => {
    const scene = await twoQueues();
    const job = await move(scene.from, around(scene.to, 'sendMessage', { after: () => steal(scene) }));
    expect(job.outcomes).toMatchObject([
      { kind: 'failed', reason: expect.stringMatching(/^Not moved, and the copy was taken back/) },
    ]);
    expect(job.outcomes[0]).not.toHaveProperty('copied');
    expect(await found(scene)).toEqual([['a'], []]);
  });

  test('a copy that a consumer has received already stays, and it is said so', async () => {
    const scene = await twoQueues();
    const to = around(scene.to, 'sendMessage', {
      async after() {
        await scene.account.receiveMessages('other', { visibilityTimeout: 600 });
        await steal(scene);
      },
    });
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([
      {
        kind: 'inBoth',
        copied: { text: 'a' },
        reason: expect.stringContaining('a consumer of other has received it'),
      },
    ]);
    expect(job.progress).toMatchObject({ done: 0, failed: 0, uncertain: 1 });
    expect(await found(scene)).toEqual([['a'], ['a']]);
  });

  test('a copy that must not be deleted stays, and it is said so', async () => {
    const scene = await twoQueues();
    const to = failing(around(scene.to, 'sendMessage', { after: () => steal(scene) }), 'deleteMessage', NOT_ALLOWED);
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([
      { kind: 'inBoth', reason: expect.stringContaining('no right to delete in other') },
    ]);
    expect(await found(scene)).toEqual([['a'], ['a']]);
  });

  test('a copy that cannot be deleted for another reason stays, and it is said so', async () => {
    const scene = await twoQueues();
    const refusal = new StorageError('Not now.', { status: 409 });
    const to = failing(around(scene.to, 'sendMessage', { after: () => steal(scene) }), 'deleteMessage', refusal);
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([
      {
        kind: 'inBoth',
        reason: expect.stringMatching(
          /^Copied, but the original could not be deleted\. The copy could not be taken back\. /,
        ),
      },
    ]);
    expect(await found(scene)).toEqual([['a'], ['a']]);
  });

  test('a copy that is gone with its queue is as good as taken back', async () => {
    const scene = await twoQueues();
    const to = around(scene.to, 'sendMessage', {
      async after() {
        await scene.account.deleteQueue('other');
        await steal(scene);
      },
    });
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([
      { kind: 'failed', reason: expect.stringMatching(/^Not moved, and the copy was taken back: /) },
    ]);
    expect(await scene.textsIn('orders')).toEqual(['a']);
  });

  test('a copy without a receipt stays, and it is said so', async () => {
    const scene = await twoQueues();
    // A version that describes no added message.
    const old = connectBySas(scene.sandbox, await accountSas({ sv: '2015-12-11' }));
    const to = around({ ...scene.to, account: old }, 'sendMessage', { after: () => steal(scene) });
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([
      { kind: 'inBoth', reason: expect.stringContaining('the service gave no receipt for it') },
    ]);
    expect(await found(scene)).toEqual([['a'], ['a']]);
  });

  test('and the answer to taking the copy back is lost, it may be twice, and no retry deletes the original for it', async () => {
    const scene = await twoQueues();
    let isBad = true;
    const to = around(scene.to, 'sendMessage', { after: () => isBad && steal(scene) });
    const lossy = around(to, 'deleteMessage', { before: () => scene.sandbox.setFaults({ lostAfter: 1 }) });
    const job = await move(scene.from, lossy);
    scene.sandbox.setFaults({ lostAfter: 0 });
    expect(job.outcomes).toMatchObject([
      { kind: 'maybeTwice', reason: expect.stringContaining('Whether the copy was taken back is not known') },
    ]);
    expect(job.outcomes[0]).not.toHaveProperty('copied');
    expect(await found(scene)).toEqual([['a'], []]);
    isBad = false;
    scene.clock.advance(601_000);
    const retry = job.retryFailed({ uncertain: true });
    await retry?.finished;
    expect(await found(scene)).toEqual([[], ['a']]);
  });

  test('after a delete whose answer was lost the copy is never touched', async () => {
    const scene = await twoQueues();
    const job = await move(
      around(scene.from, 'deleteMessage', { before: () => loseAnswers(scene, 'deleted') }),
      scene.to,
    );
    expect(job.outcomes).toMatchObject([
      {
        kind: 'maybeTwice',
        copied: { text: 'a' },
        reason: expect.stringContaining('most likely the original was deleted'),
      },
    ]);
    expect(await found(scene)).toEqual([[], ['a']]);
  });

  test('after a refusal for a missing permission the copy is deleted', async () => {
    const scene = await twoQueues();
    const job = await move(failing(scene.from, 'deleteMessage', NOT_ALLOWED), scene.to);
    expect(job.outcomes).toMatchObject([
      {
        kind: 'failed',
        reason: 'Not moved, and the copy was taken back: the original could not be deleted. Not allowed.',
        error: NOT_ALLOWED,
      },
    ]);
    expect(await found(scene)).toEqual([['a'], []]);
  });

  test('without an answer, the original may still be there, and the copy stays', async () => {
    const scene = await twoQueues();
    const job = await move(failing(scene.from, 'deleteMessage', NO_ANSWER), scene.to);
    expect(job.outcomes).toMatchObject([
      {
        kind: 'maybeTwice',
        copied: { text: 'a' },
        reason: 'Copied, and the original may still be there: the answer was lost. No answer.',
      },
    ]);
    expect(await found(scene)).toEqual([['a'], ['a']]);
  });
});

describe('an original that has another text than its copy', () => {
  test('by a save that was under way is kept, and the copy is taken back', async () => {
    const scene = await twoQueues();
    await receive(scene.from, { count: 1, visibilityTimeout: 60 });
    const [id = ''] = scene.idsIn('orders');
    const gate = createDeferred();
    const saving = saveText(around(scene.from, 'updateMessage', { before: () => gate.promise }), { id, text: 'b' });
    const to = around(scene.to, 'sendMessage', { after: () => settled().then(gate.resolve) });
    const job = await move(scene.from, to);
    await saving;
    expect(job.outcomes).toMatchObject([
      {
        kind: 'failed',
        reason:
          'Not moved, and the copy was taken back: the original has another text by now, or may have, so it is kept.',
      },
    ]);
    expect(await found(scene)).toEqual([['b'], []]);
    expect(scene.from.records.get(id)).toMatchObject({
      message: { text: 'b' },
      claim: undefined,
      lease: { holder: 'tab' },
    });
  });

  test('by another consumer, when the job was handed it again, is kept', async () => {
    const scene = await twoQueues(['a', 'late']);
    let once = true;
    const to = around(scene.to, 'sendMessage', {
      async after() {
        if (!once) return;
        once = false;
        const taken = await scene.overtake(61_000, async () => {
          const [theirs] = await scene.account.receiveMessages('orders', { visibilityTimeout: 5 });
          if (theirs) await scene.account.updateMessage('orders', theirs, { visibilityTimeout: 0, text: 'theirs' });
          return theirs;
        });
        if (!taken) return;
        await scene.from.account.receiveMessages('orders', { count: 2, visibilityTimeout: 60 });
      },
    });
    const job = startMessageJob({
      from: scene.from,
      name: 'Move',
      work: moveMessage(to),
      wanted: 'all',
      visibilityTimeout: 60,
      concurrency: 1,
      cap: 2,
    });
    await job.finished;
    const [left, arrived] = await found(scene);
    expect([...(left ?? []), ...(arrived ?? [])].toSorted()).toEqual(['late', 'theirs']);
    expect(left).toContain('theirs');
  });

  test('a retry does not delete an original with another text either', async () => {
    const scene = await twoQueues();
    const to = around(scene.to, 'sendMessage', {
      async after() {
        await scene.account.receiveMessages('other', { visibilityTimeout: 600 });
        await scene.overtake(61_000, async () => {
          const [taken] = await scene.account.receiveMessages('orders', { visibilityTimeout: 5 });
          if (taken) await scene.account.updateMessage('orders', taken, { visibilityTimeout: 0, text: 'newer' });
        });
      },
    });
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([{ kind: 'inBoth', copied: { text: 'a' } }]);
    const retry = job.retryFailed();
    await retry?.finished;
    expect(retry?.outcomes).toMatchObject([
      { kind: 'inBoth', copied: { text: 'a' }, reason: expect.stringContaining('another text by now') },
    ]);
    expect(await found(scene)).toEqual([['newer'], ['a']]);
    const again = retry?.retryFailed();
    await again?.finished;
    expect(await found(scene)).toEqual([['newer'], ['a']]);
  });
});

test('a retry of those that are in both only deletes the originals, each with its own text', async () => {
  const scene = await twoQueues(['a', 'b']);
  const to = failing(scene.to, 'deleteMessage', NOT_ALLOWED);
  let allowed = false;
  const { account } = scene.from;
  const from: QueueTarget = {
    ...scene.from,
    account: {
      ...account,
      deleteMessage: (...args) => (allowed ? account.deleteMessage(...args) : Promise.reject(NOT_ALLOWED)),
    },
  };
  const job = await move(from, to);
  expect(job.counts.inBoth).toBe(2);
  allowed = true;
  const retry = job.retryFailed();
  await retry?.finished;
  expect(retry?.counts.done).toBe(2);
  expect(await found(scene)).toEqual([[], ['a', 'b']]);
});

test('a retry leaves an older copy alone: only one that was just made is taken back', async () => {
  const scene = await twoQueues();
  let allowed = false;
  const { account } = scene.to;
  const to: QueueTarget = {
    ...scene.to,
    account: {
      ...account,
      deleteMessage: (...args) => (allowed ? account.deleteMessage(...args) : Promise.reject(NOT_ALLOWED)),
    },
  };
  const job = await move(failing(scene.from, 'deleteMessage', NOT_ALLOWED), to);
  expect(job.counts.inBoth).toBe(1);
  allowed = true;
  const retry = job.retryFailed();
  await retry?.finished;
  expect(retry?.outcomes).toMatchObject([{ kind: 'inBoth', copied: { text: 'a' } }]);
  expect(await found(scene)).toEqual([['a'], ['a']]);
});

describe('when the original is gone for certain', () => {
  test('with its queue, the copy is all that is left, and stays', async () => {
    const scene = await twoQueues(['a', 'b', 'c']);
    let sent = 0;
    const gone = createDeferred();
    const to = around(scene.to, 'sendMessage', {
      async after() {
        if (++sent === 3) await scene.account.deleteQueue('orders').then(gone.resolve);
        await gone.promise;
      },
    });
    const job = await move(scene.from, to);
    expect(job.counts).toMatchObject({ done: 3, failed: 0 });
    expect(await scene.textsIn('other')).toEqual(['a', 'b', 'c']);
  });

  test('with its queue, as an answer about another message has told, the copy stays as well', async () => {
    const scene = await twoQueues(['a', 'b']);
    const { records } = scene.from;
    records.pin('a list', { has: () => true });
    const areGone = () => [...records.all()].every(isDeleted);
    let sent = 0;
    const to = around(scene.to, 'sendMessage', {
      async after() {
        if (++sent === 1) await scene.account.deleteQueue('orders');
        else while (!areGone()) await settled();
      },
    });
    const job = await move(scene.from, to);
    expect(job.counts).toMatchObject({ done: 2, failed: 0 });
    expect(await scene.textsIn('other')).toEqual(['a', 'b']);
  });

  test('as this tab cleared the queue meanwhile, the copy is cleared as well', async () => {
    const scene = await twoQueues();
    const to = around(scene.to, 'sendMessage', { after: () => scene.from.account.clearMessages('orders') });
    const job = await move(scene.from, to);
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('the queue was cleared') }]);
    expect(await found(scene)).toEqual([[], []]);
  });

  test('a retry finds the move done', async () => {
    const scene = await twoQueues();
    const job = await move(
      around(scene.from, 'deleteMessage', { before: () => loseAnswers(scene, 'deleted') }),
      scene.to,
    );
    const { id } = job.outcomes[0]?.item ?? { id: '' };
    const { records } = scene.from;
    const evidence = records.answeredNow(records.tick(), 0, undefined);
    records.applyTo(id, { kind: 'elsewhere', news: { what: 'deleted' }, evidence });
    const retry = job.retryFailed({ uncertain: true });
    await retry?.finished;
    expect(retry?.counts).toMatchObject({ done: 1 });
    expect(await found(scene)).toEqual([[], ['a']]);
  });
});

test('a message that was moved says where to', async () => {
  const scene = await twoQueues();
  const [id = ''] = scene.idsIn('orders');
  scene.from.records.pin('a list', { has: () => true });
  await move(scene.from, scene.to);
  expect(scene.from.records.get(id)?.standing).toMatchObject({ is: 'deleted', how: 'moved', to: scene.to.records.ref });
});

test('nothing is copied of a lease that was lost while it was extended', async () => {
  const scene = await twoQueues();
  const [id = ''] = scene.idsIn('orders');
  await receive(scene.from, { count: 1, visibilityTimeout: 20 });
  scene.clock.advance(12_000);
  const stolen = around(scene.from, 'updateMessage', {
    async after() {
      const [message] = await scene.overtake(61_000, () =>
        scene.account.receiveMessages('orders', { visibilityTimeout: 600 }),
      );
      const evidence = scene.from.records.answeredNow(scene.from.records.tick(), scene.clock.now(), undefined);
      const news = { what: 'leased', endsAt: scene.clock.now() + 600_000, total: 600, dequeueCount: 2 } as const;
      scene.from.records.applyTo(message?.id ?? '', { kind: 'time', now: scene.clock.now() });
      scene.from.records.applyTo(message?.id ?? '', { kind: 'elsewhere', news, evidence });
    },
  });
  let sent = 0;
  // Of this message alone: a receive of the job could be first.
  const job = await move(stolen, around(scene.to, 'sendMessage', { before: () => sent++ }), new Set([id]));
  expect(job.counts).toMatchObject({ done: 0, failed: 1 });
  expect(sent).toBe(0);
});

const requeue = async (from: QueueTarget, wanted: 'all' | ReadonlySet<string>) => {
  const work = requeueMessage(from, { isWhole: wanted === 'all' });
  const job = startMessageJob({ from, name: 'Requeue', work, wanted, visibilityTimeout: 60 });
  await job.finished;
  return job;
};

describe('a requeue', () => {
  test('adds a chosen message anew at the end of its own queue, with another id and no dequeues', async () => {
    const { from, idsIn, account } = await twoQueues(['a', 'b', 'c']);
    const ids = idsIn('orders');
    const job = await requeue(from, new Set(ids.slice(0, 1)));
    expect(job.progress).toMatchObject({ done: 1, failed: 0 });
    const left = idsIn('orders');
    expect(left.slice(0, 2)).toEqual(ids.slice(1));
    expect(left).toHaveLength(3);
    expect(left).not.toContain(ids[0]);
    const texts = (await account.peekMessages('orders', { count: 32 })).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['a', 'b', 'c']);
    const anew = (await account.peekMessages('orders', { count: 32 })).find(({ text }) => text === 'a');
    expect(anew?.dequeueCount).toBe(0);
  });

  test('of a whole queue takes each message once, and none that it added itself', async () => {
    for (const count of [1, 3, 40, 70]) {
      const texts = Array.from({ length: count }, (_, index) => `${index}`);
      const { from, countsIn } = await twoQueues(texts);
      const job = await requeue(from, 'all');
      expect(job.progress).toMatchObject({ done: count, failed: 0, skipped: 0 });
      expect([...countsIn('orders').values()]).toEqual(texts.map(() => 1));
    }
  });

  test('whose original and new message another consumer has received says that it is there twice', async () => {
    const scene = await twoQueues();
    const from = around(scene.from, 'sendMessage', {
      after: () =>
        scene.overtake(61_000, () => scene.account.receiveMessages('orders', { count: 2, visibilityTimeout: 600 })),
    });
    const job = await requeue(from, new Set(scene.idsIn('orders')));
    expect(job.outcomes).toMatchObject([{ kind: 'inBoth' }]);
    expect(await scene.textsIn('orders')).toEqual(['a', 'a']);
  });
});
