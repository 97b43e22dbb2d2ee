import { describe, expect, test } from 'vitest';
import { around, bulkScene, failing } from '../bulk.fixture';
import type { Job } from '../jobs/job';
import { startMessageJob } from '../jobs/message-job';
import type { LeaseHandle } from '../leasing/lease-handle';
import { createDeferred } from '../requests/deferred';
import type { QueueTarget } from '../requests/queue-target';
import { copyMessage } from './copy-message';
import { receive } from './lease-actions';
import { NO_ANSWER, NOT_ALLOWED } from './leased.fixture';
import { moveMessage } from './move-message';
import type { TextChange } from './new-text';

const upper: TextChange = (text) =>
  text === 'refused' ? { refused: 'It has no such value.' } : { text: text.toUpperCase() };

async function twoQueues(texts: readonly string[] = ['a']) {
  const scene = bulkScene();
  const [from, to] = [await scene.fill('orders', texts), await scene.fill('other', 0)];
  const updates: (string | undefined)[] = [];
  const updateMessage: typeof from.account.updateMessage = (queue, receipt, change, options) => {
    updates.push(change.text);
    return from.account.updateMessage(queue, receipt, change, options);
  };
  const found = async () => [await scene.textsIn('orders'), await scene.textsIn('other')];
  return { ...scene, from: { ...from, account: { ...from.account, updateMessage } }, to, updates, found };
}

async function move(from: QueueTarget, to: QueueTarget, change = upper): Promise<Job<LeaseHandle>> {
  const job = startMessageJob({
    from,
    name: 'Move',
    work: moveMessage(to, change),
    wanted: 'all',
    visibilityTimeout: 60,
  });
  await job.finished;
  return job;
}

describe('a message that is changed and moved', () => {
  test('arrives with its new text, by a put and a delete', async () => {
    const { from, to, updates, found } = await twoQueues(['a', 'b', 'C']);
    const job = await move(from, to);
    expect(job.counts).toMatchObject({ done: 3 });
    // A text that stays as it is, is sent as it is.
    expect(await found()).toEqual([[], ['A', 'B', 'C']]);
    expect(updates).toEqual([]);
  });

  test('stays where it was, untouched, when the change refuses its text or makes one that cannot be sent', async () => {
    const { from, to, found } = await twoQueues(['a', 'refused']);
    const job = await move(from, to);
    expect(job.outcomes).toMatchObject([
      { kind: 'failed', reason: 'Not changed and not copied. It has no such value.' },
    ]);
    expect(await found()).toEqual([['refused'], ['A']]);
    const other = await twoQueues();
    const tooLong = await move(other.from, other.to, () => ({ text: 'x'.repeat(70_000) }));
    expect(tooLong.counts.failed).toBe(1);
    expect(await other.found()).toEqual([['a'], []]);
    const broken = await twoQueues();
    const thrown = await move(broken.from, broken.to, () => Promise.reject(new Error('The worker was ended.')));
    expect(thrown.outcomes).toMatchObject([{ reason: 'Not changed and not copied. The worker was ended.' }]);
    expect(await broken.found()).toEqual([['a'], []]);
  });

  test('is not sent when a person saves another text while the change is made', async () => {
    const { from, to, found, idsIn } = await twoQueues();
    await receive(from, { count: 1, visibilityTimeout: 600 });
    const [id = ''] = idsIn('orders');
    const gate = createDeferred();
    const begun = createDeferred();
    const job = startMessageJob({
      from,
      name: 'Move',
      wanted: new Set([id]),
      work: moveMessage(to, async (text) => {
        begun.resolve();
        await gate.promise;
        return { text: text.toUpperCase() };
      }),
    });
    await begun.promise;
    const { account } = from;
    const receipt = from.records.get(id)?.lease?.receipt ?? '';
    await account.updateMessage('orders', { id, receipt }, { visibilityTimeout: 600, text: 'saved' });
    gate.resolve();
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringMatching(/^Not copied: /) }]);
    expect(await found()).toEqual([['saved'], []]);
  });

  test('is deleted by a retry whose copy was certain, and not sent a second time', async () => {
    const { from, to, found } = await twoQueues();
    const refusing = failing(failing(from, 'deleteMessage', NOT_ALLOWED), 'deleteMessage', NOT_ALLOWED);
    let isBad = true;
    const target: QueueTarget = {
      ...from,
      account: {
        ...from.account,
        deleteMessage: (...args) => (isBad ? refusing : from).account.deleteMessage(...args),
      },
    };
    const keeping = failing(to, 'deleteMessage', NOT_ALLOWED);
    const job = await move(target, keeping);
    expect(job.outcomes).toMatchObject([{ kind: 'inBoth', copied: { text: 'a' } }]);
    expect(await found()).toEqual([['a'], ['A']]);
    isBad = false;
    await job.retryFailed()?.finished;
    expect(await found()).toEqual([[], ['A']]);
  });

  test('may be there twice when the answer to its copy was lost, and its original stays', async () => {
    const { from, to, found } = await twoQueues();
    const lossy = around(to, 'sendMessage', {
      after() {
        throw NO_ANSWER;
      },
    });
    const job = await move(from, lossy);
    expect(job.outcomes).toMatchObject([{ kind: 'maybeTwice' }]);
    expect(await found()).toEqual([['a'], ['A']]);
  });
});

test('a copy has the new text, and its original the old one', async () => {
  const { from, to, found } = await twoQueues(['a', 'b']);
  const work = copyMessage(to, upper);
  const job = startMessageJob({ from, name: 'Copy', work, wanted: 'all', visibilityTimeout: 60 });
  await job.finished;
  expect(work.steps).toEqual(['change', 'send']);
  expect(await found()).toEqual([
    ['a', 'b'],
    ['A', 'B'],
  ]);
});
