import { beforeEach, describe, expect, test, vi } from 'vitest';
import { settled } from '@/bulk/bulk.fixture';
import { deleteLeased, receive } from '@/bulk/work/lease-actions';
import { currentJobs } from '@/state/jobs/job-store';
import { deletions } from '@/state/messages/deleted-messages';
import { flushDeletes, scheduleDelete } from '@/state/messages/pending-deletes';
import { jobScene } from '../jobs.fixture';
import { beginAddAgain, beginClear, clearProblem } from './begin-clear';

vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));

let scene: ReturnType<typeof jobScene>;
beforeEach(() => {
  scene = jobScene();
  for (const { id } of deletions.all()) deletions.take(id);
});

describe('clearing several queues', () => {
  test.each([
    [[], '', 'Choose queues first.'],
    [[], '0', 'Choose queues first.'],
    [['a', 'b'], '', 'Type 2, the number of queues, to confirm.'],
    [['a', 'b'], '1', 'Type 2, the number of queues, to confirm.'],
    [['a', 'b'], '3', 'Type 2, the number of queues, to confirm.'],
    [['a', 'b'], '22', 'Type 2, the number of queues, to confirm.'],
    [['a', 'b'], '2', undefined],
    [['a'], '1', undefined],
  ])('clearing %j, confirmed by %j: %s', (queues, typed, problem) => expect(clearProblem(queues, typed)).toBe(problem));

  test('a clear clears the chosen queues, and keeps the messages that were loaded of them', async () => {
    const { account, client, fill, targetOf, textsIn } = scene;
    for (const queue of ['queue-a', 'queue-b', 'queue-c']) await fill(queue, [queue]);
    await targetOf('queue-a').account.peekMessages('queue-a');
    await targetOf('queue-c').account.peekMessages('queue-c');
    const listed = beginClear(client, targetOf('queue-a').account, ['queue-a', 'queue-b']);
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'clear', noun: 'queue', where: account.name });
    expect(listed.job.progress).toMatchObject({ done: 2, total: 2 });
    expect(await textsIn('queue-a', 'queue-b', 'queue-c')).toEqual(['queue-c']);
    expect(deletions.all().map(({ ref, what, ids }) => [ref.queue, what, ids.length])).toEqual([
      ['queue-a', 'cleared', 1],
    ]);
  });

  test('a clear notes nothing of a queue that may not have been cleared', async () => {
    const { client, fill, sandbox, targetOf } = scene;
    await fill('queue-a', ['queue-a']);
    await targetOf('queue-a').account.peekMessages('queue-a');
    sandbox.setFaults({ lostAfter: 1 });
    const lost = beginClear(client, targetOf('queue-a').account, ['queue-a']);
    await lost.job.finished;
    sandbox.setFaults({ lostAfter: 0 });
    expect(lost.job.outcomes).toMatchObject([{ kind: 'maybeDone' }]);
    expect(deletions.all()).toEqual([]);
  });

  test('a clear notes the messages that it took, and none that an earlier one took', async () => {
    const { client, fill, targetOf } = scene;
    const to = await fill('queue-a', ['first']);
    to.records.pin('a test', { has: () => true });
    await to.account.peekMessages('queue-a');
    await beginClear(client, targetOf('queue-a').account, ['queue-a']).job.finished;
    await fill('queue-a', ['second']);
    await to.account.peekMessages('queue-a');
    await beginClear(client, targetOf('queue-a').account, ['queue-a']).job.finished;
    const texts = deletions.all().map(({ ids }) => ids.map((id) => to.records.get(id)?.message?.text));
    expect(texts).toEqual([['second'], ['first']]);
  });

  test('a clear does not note messages that were deleted otherwise while it ran', async () => {
    const { client, fill, targetOf, idsIn } = scene;
    const to = await fill('queue-a', ['deleted', 'cleared']);
    const [first = ''] = idsIn('queue-a');
    to.records.pin('a test', { has: () => true });
    await to.account.peekMessages('queue-a');
    const { account } = targetOf('queue-a');
    const clearMessages: typeof account.clearMessages = async (queue, options) => {
      await receive(to, { count: 1, visibilityTimeout: 60 });
      await deleteLeased(to, [first]);
      return account.clearMessages(queue, options);
    };
    await beginClear(client, { ...account, clearMessages }, ['queue-a']).job.finished;
    const texts = deletions.all().map(({ ids }) => ids.map((id) => to.records.get(id)?.message?.text));
    expect(texts).toEqual([['cleared']]);
  });

  test('four queues are cleared in parallel', async () => {
    const { client, targetOf } = scene;
    let [working, most] = [0, 0];
    const { account } = targetOf('queue-a');
    const clearMessages: typeof account.clearMessages = async () => {
      most = Math.max(most, ++working);
      await settled();
      working--;
    };
    const queues = Array.from({ length: 12 }, (_, index) => `queue-${index}`);
    await beginClear(client, { ...account, clearMessages }, queues).job.finished;
    expect(most).toBe(4);
  });

  test('deletes of a queue that wait for Undo are sent before it is cleared', async () => {
    const { client, fill, targetOf, idsIn } = scene;
    for (const queue of ['queue-a', 'queue-b']) {
      await receive(await fill(queue, [queue]), { count: 1, visibilityTimeout: 60 });
      scheduleDelete(targetOf(queue), idsIn(queue), deleteLeased);
    }
    const states: string[] = [];
    const { account } = targetOf('queue-a');
    const clearMessages: typeof account.clearMessages = (queue, options) => {
      states.push(...['queue-a', 'queue-b'].map((one) => `${one}: ${idsIn(one).length}`));
      return account.clearMessages(queue, options);
    };
    await beginClear(client, { ...account, clearMessages }, ['queue-a']).job.finished;
    expect(states).toEqual(['queue-a: 0', 'queue-b: 1']);
    // The person deleted it, and is told elsewhere.
    expect(deletions.all()).toEqual([]);
    await flushDeletes();
  });

  test('a queue that refuses does not keep the others from being cleared', async () => {
    const { client, fill, targetOf, textsIn } = scene;
    for (const queue of ['queue-a', 'queue-b']) await fill(queue, [queue]);
    const { account } = targetOf('queue-a');
    const clearMessages: typeof account.clearMessages = (queue, options) =>
      queue === 'queue-a' ? Promise.reject(new Error('Not allowed.')) : account.clearMessages(queue, options);
    const listed = beginClear(client, { ...account, clearMessages }, ['queue-a', 'queue-b']);
    await listed.job.finished;
    expect(listed.job.outcomes).toMatchObject([{ item: 'queue-a', kind: 'failed' }]);
    expect(await textsIn('queue-a', 'queue-b')).toEqual(['queue-a']);
  });
});

/** Deletes messages with these texts, and notes that. */
async function deleted(texts: readonly string[]) {
  const { fill, idsIn, records, connectionId } = scene;
  const to = await fill('orders', texts);
  await receive(to, { count: texts.length, visibilityTimeout: 60 });
  const ids = idsIn('orders');
  records.of({ connectionId: connectionId, queue: 'orders' }).pin('a test', new Set(ids));
  await deleteLeased(to, ids);
  const deletion = deletions.note({ ref: to.records.ref, what: 'deleted', ids });
  return { to, ids, id: deletion?.id ?? 0 };
}
const left = () => deletions.all().map(({ ids, isMaybeBack }) => ({ ids, isMaybeBack }));

describe('adding deleted messages again', () => {
  test('a deletion is added again once, however often it is asked for', async () => {
    const { client, textsIn } = scene;
    const { to, id } = await deleted(['a', 'b']);
    const listed = beginAddAgain(client, to, id);
    expect(beginAddAgain(client, to, id)).toBeUndefined();
    await listed?.job.finished;
    expect(listed).toMatchObject({ kind: 'addAgain', where: 'orders' });
    expect(listed?.retry).toBeUndefined();
    expect(listed?.job.progress).toMatchObject({ done: 2, total: 2 });
    expect(await textsIn('orders')).toEqual(['a', 'b']);
    expect(left()).toEqual([]);
    expect(listed?.after?.isOffered?.()).toBe(false);
    expect(currentJobs()).toHaveLength(1);
  });

  test('the first five are added alone, in their order, and one press adds the rest', async () => {
    const { client, sandbox } = scene;
    const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const { to, id } = await deleted(texts);
    const inOrder = () =>
      (sandbox.snapshot(['orders']).queues[0]?.messages ?? [])
        .toSorted((one, other) => one.sequence - other.sequence)
        .map(({ text }) => text);
    const listed = beginAddAgain(client, to, id, { concurrency: 1, most: 5 });
    await listed?.job.finished;
    expect(inOrder()).toEqual(texts.slice(0, 5));
    await vi.waitFor(() => expect(listed?.next?.isOffered(listed.job)).toBe(true));
    expect(listed?.next?.left(listed.job)).toBe(2);
    expect(listed?.after?.isOffered?.()).toBe(false);
    listed?.next?.run(listed.job);
    await currentJobs()[0]?.job.finished;
    expect(inOrder()).toEqual(texts);
    expect(left()).toEqual([]);
  });

  test('a deletion keeps what was not added, marks what may have been, and drops what was', async () => {
    const { client } = scene;
    const { to, ids, id } = await deleted(['a', 'b', 'c']);
    const sendMessage: typeof to.account.sendMessage = async (queue, draft) => {
      if (draft.text === 'a') throw new Error('Not allowed.');
      if (draft.text === 'b') throw new DOMException('Gone.', 'AbortError');
      return to.account.sendMessage(queue, draft);
    };
    const listed = beginAddAgain(client, { ...to, account: { ...to.account, sendMessage } }, id);
    await listed?.job.finished;
    await vi.waitFor(() =>
      expect(left()).toEqual([
        { ids: [ids[1]], isMaybeBack: true },
        { ids: [ids[0]], isMaybeBack: false },
      ]),
    );
    expect(listed?.after?.isOffered?.()).toBe(true);
  });

  test('a deletion keeps what a cancelled job has not begun', async () => {
    const { client, textsIn } = scene;
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index + 10}`);
    const { to, ids, id } = await deleted(texts);
    const sendMessage: typeof to.account.sendMessage = (queue, draft) => {
      listed?.job.cancel();
      return to.account.sendMessage(queue, draft);
    };
    const listed = beginAddAgain(client, { ...to, account: { ...to.account, sendMessage } }, id);
    await listed?.job.finished;
    const added = await textsIn('orders');
    expect(added.length).toBeGreaterThan(0);
    expect(added.length).toBeLessThan(20);
    await vi.waitFor(() =>
      expect(left()).toEqual([{ ids: ids.filter((_, at) => !added.includes(texts[at] ?? '')), isMaybeBack: false }]),
    );
  });
});
