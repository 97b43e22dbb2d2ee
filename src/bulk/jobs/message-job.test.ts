import { describe, expect, test } from 'vitest';
import type { Account } from '@/azure/protocol/model';
import { recordedAccount } from '@/messages/recorded-account';
import { around, bulkScene, nextTask, numbered, settled } from '../bulk.fixture';
import { createDeferred } from '../requests/deferred';
import type { QueueTarget } from '../requests/queue-target';
import { addAgain, addMessage, copiesOf } from '../work/add-message';
import { changeText } from '../work/change-text';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { receive, saveText } from '../work/lease-actions';
import { moveMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { startMessageJob } from './message-job';
import { poisonParent } from './poison-queue';
import { startJob } from './start-job';

const upper = (text: string) =>
  text.endsWith('1') ? { refused: 'It ends in 1.' } : { text: text.replace('message', 'MESSAGE') };
const everything = { name: 'A job', wanted: 'all', visibilityTimeout: 60 } as const;

describe('moving', () => {
  test('a move takes every message with its exact text and leaves none', async () => {
    const { fill, textsIn } = bulkScene();
    const texts = ['', ' \r\n\t', '<a>&amp;]]></a>', '\uFEFFé😀', ...numbered(70)];
    const [from, to] = [await fill('orders-poison', texts), await fill('orders', 0)];
    const job = startMessageJob({ from, work: moveMessage(to), ...everything, total: texts.length });
    await job.finished;
    expect(job.state).toBe('done');
    expect(job.counts).toMatchObject({ done: 74, failed: 0 });
    expect(await textsIn('orders')).toEqual(texts.toSorted());
    expect(await textsIn('orders-poison')).toEqual([]);
    expect(job.leasing).toMatchObject({ received: 74, returned: 0 });
    expect(job.leasing?.raised.size).toBe(0);
  });

  test('a moved message has its remaining time to live, by the clock of the source account', async () => {
    const { fill, sandbox, clock, account } = bulkScene();
    const [short, never] = [await fill('short', ['a'], 100), await fill('never', ['b'], 'never')];
    const to = await fill('orders', 0);
    // The service is an hour ahead of this device, in all that it says.
    clock.advance(40_000);
    const behind = { ...short, now: () => clock.now() };
    await startMessageJob({ from: behind, work: moveMessage(to), ...everything }).finished;
    await startMessageJob({ from: never, work: moveMessage(to), ...everything }).finished;
    const moved = sandbox.snapshot(['orders']).queues[0]?.messages ?? [];
    expect((moved[0]?.expiresAt ?? 0) - clock.now()).toBeGreaterThanOrEqual(60_000);
    expect((moved[0]?.expiresAt ?? 0) - clock.now()).toBeLessThanOrEqual(61_000);
    expect((await account.peekMessages('orders'))[1]).toMatchObject({ text: 'b', expiresAt: null });
  });

  test('copies nothing when the lease was lost before it began', async () => {
    const { fill, overtake, account, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    const move = moveMessage(to);
    const job = startMessageJob({
      from,
      work: async (handle) => {
        await overtake(61_000, () => account.receiveMessages('orders', { visibilityTimeout: 600 }));
        return move(handle);
      },
      ...everything,
      cap: 1,
    });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('lease') }]);
    expect(await textsIn('other')).toEqual([]);
    expect(await textsIn('orders')).toHaveLength(1);
  });

  test('a move deletes the copy when the lease is lost between copy and deletion', async () => {
    const { fill, overtake, account, sandbox, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    let taken: Promise<unknown> | undefined;
    sandbox.subscribe(({ what }) => {
      if (what !== 'sent') return;
      taken ??= overtake(61_000, () => account.receiveMessages('orders', { visibilityTimeout: 600 }));
    });
    const slow = slowToAnswer(to, () => taken);
    const job = startMessageJob({ from, work: moveMessage(slow), ...everything });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('taken back') }]);
    expect(await textsIn('orders')).toEqual(numbered(1));
    expect(await textsIn('other')).toEqual([]);
  });

  test('a move never deletes the original after a copy whose answer was lost', async () => {
    const { fill, sandbox, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 1), await fill('other', 0)];
    sandbox.subscribe(({ what }) => {
      if (what === 'received') sandbox.setFaults({ lostAfter: 0 });
      if (what === 'sent') sandbox.setFaults({ lostAfter: 1 });
      if (what === 'sent') nextTask(() => sandbox.setFaults({ lostAfter: 0 }));
    });
    const job = startMessageJob({ from, work: moveMessage(to), ...everything });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'maybeTwice' }]);
    expect(await textsIn('orders', 'other')).toEqual(['message 00000', 'message 00000']);
    expect(job.leasing).toMatchObject({ returned: 1 });
  });

  test('a move deletes the copy when the deletion is refused, and a retry moves the message', async () => {
    const { fill, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 3), await fill('other', 0)];
    let allowed = false;
    const { account } = from;
    const readOnly = {
      ...from,
      account: {
        ...account,
        deleteMessage: (...args: Parameters<typeof account.deleteMessage>) =>
          allowed ? account.deleteMessage(...args) : Promise.reject(new Error('Not allowed.')),
      },
    };
    const job = startMessageJob({ from: readOnly, work: moveMessage(to), ...everything });
    await job.finished;
    expect(job.counts.failed).toBe(3);
    expect(await textsIn('orders')).toEqual(numbered(3));
    expect(await textsIn('other')).toEqual([]);
    allowed = true;
    const retry = job.retryFailed();
    await retry?.finished;
    expect(retry?.counts).toMatchObject({ done: 3, inBoth: 0 });
    expect(await textsIn('orders')).toEqual([]);
    expect(await textsIn('other')).toEqual(numbered(3));
  });

  test('skips what has expired', async () => {
    const { fill, clock, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 2, 30), await fill('other', 0)];
    const move = moveMessage(to);
    const job = startMessageJob({
      from,
      work: (handle) => {
        clock.advance(31_000);
        return move(handle);
      },
      concurrency: 1,
      ...everything,
    });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'skipped' }, { kind: 'skipped' }]);
    expect(await textsIn('other')).toEqual([]);
  });
});

test('copying gives every message back once', async () => {
  const { fill, textsIn, account } = bulkScene();
  const [from, to] = [await fill('orders', 40), await fill('other', 0)];
  const job = startMessageJob({ from, work: copyMessage(to), ...everything });
  await job.finished;
  expect(job.counts.done).toBe(40);
  expect(await textsIn('orders')).toEqual(numbered(40));
  expect(await textsIn('other')).toEqual(numbered(40));
  expect(await account.peekMessages('orders')).toHaveLength(32);
});

test('what may be deleted by an attempt whose answer was lost is said, also when the account is busy afterwards', async () => {
  const { fill, sandbox, textsIn } = bulkScene();
  const [from, to] = [await fill('orders', 1), await fill('other', 1)];
  sandbox.subscribe(({ what }) => {
    if (what === 'received') sandbox.setFaults({ lostAfter: 0 });
    if (what === 'deleted') {
      sandbox.setFaults({ lostAfter: 1 });
      nextTask(() => sandbox.setFaults({ busy: 1 }));
    }
  });
  const deletion = startMessageJob({ from, work: deleteMessage, ...everything });
  await deletion.finished;
  sandbox.setFaults({ busy: 0, lostAfter: 0 });
  expect(deletion.outcomes).toMatchObject([{ kind: 'maybeDone', error: { status: 503 } }]);
  expect(await textsIn('orders')).toEqual([]);
  const move = startMessageJob({ from: to, work: moveMessage(from), ...everything });
  await move.finished;
  expect(move.outcomes).toMatchObject([{ kind: 'maybeTwice', copied: { text: 'message 00000' } }]);
});

test('deleting takes only what is wanted', async () => {
  const { fill, textsIn, idsIn } = bulkScene();
  const from = await fill('orders', 70);
  const wanted = new Set(idsIn('orders', (text) => text.endsWith('0')));
  const job = startMessageJob({ ...everything, from, work: deleteMessage, wanted });
  await job.finished;
  expect(job.counts.done).toBe(7);
  expect(await textsIn('orders')).toEqual(numbered(70).filter((text) => !text.endsWith('0')));
  expect(job.leasing).toMatchObject({ received: 64, returned: 57, ended: 'found' });
});

test('what is shown again during the job is not worked on twice', async () => {
  const { fill, account, clock } = bulkScene();
  const short = startMessageJob({
    from: await fill('orders', 100),
    work: (handle) => {
      clock.advance(500);
      return setVisibility(1)(handle);
    },
    ...everything,
  });
  await short.finished;
  expect(short.counts.done).toBe(100);
  clock.advance(1000);
  expect(await account.peekMessages('orders')).toHaveLength(32);
  const none = startMessageJob({ from: await fill('shown', 100), work: setVisibility(0), ...everything });
  await none.finished;
  expect(none.counts.done).toBe(100);
  const shown = await account.peekMessages('shown');
  expect(shown.map(({ dequeueCount }) => dequeueCount)).toEqual(Array(32).fill(1));
  const longer = startMessageJob({
    from: await fill('more', 100),
    work: changeText((text) => ({ text: `${text}!` })),
    ...everything,
  });
  await longer.finished;
  expect((await account.peekMessages('more')).every(({ text }) => /\d!$/.test(text))).toBe(true);
});

test('visibility is set from now on', async () => {
  const { fill, clock, account } = bulkScene();
  const job = startMessageJob({ from: await fill('orders', 3), work: setVisibility(600), ...everything });
  await job.finished;
  expect(job.counts.done).toBe(3);
  clock.advance(599_000);
  expect(await account.peekMessages('orders')).toEqual([]);
  clock.advance(1000);
  expect(await account.peekMessages('orders')).toHaveLength(3);
});

describe('changing text', () => {
  test('replaces what the change gives, refuses what it refuses', async () => {
    const { fill, textsIn } = bulkScene();
    const job = startMessageJob({ from: await fill('orders', 3), work: changeText(upper), ...everything });
    await job.finished;
    expect(await textsIn('orders')).toEqual(['MESSAGE 00000', 'MESSAGE 00002', 'message 00001']);
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: 'Not changed. It ends in 1.' }]);
  });

  test('replaces no text that was saved while the change was planned', async () => {
    const { fill, textsIn, idsIn } = bulkScene();
    const from = await fill('orders', 1);
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const gate = createDeferred();
    const slow = around(from, 'updateMessage', { before: () => gate.promise });
    const saving = saveText(slow, { id: idsIn('orders')[0] ?? '', text: 'saved' });
    const job = startMessageJob({
      ...everything,
      from,
      work: changeText(async (text) => {
        gate.resolve();
        await saving;
        return { text: `${text}!` };
      }),
    });
    await job.finished;
    expect(await textsIn('orders')).toEqual(['saved']);
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('not certain') }]);
  });

  test('only shows before and after in a dry run', async () => {
    const { fill, textsIn } = bulkScene();
    const differences: unknown[] = [];
    await startMessageJob({
      from: await fill('orders', 2),
      work: changeText(upper, { dryRun: true }),
      ...everything,
      onOutcome: ({ value }) => differences.push(value),
    }).finished;
    expect(differences).toContainEqual({ before: 'message 00000', after: 'MESSAGE 00000' });
    expect(await textsIn('orders')).toEqual(numbered(2));
  });

  test('a dry run also reports what could not be sent', async () => {
    const { fill } = bulkScene();
    const work = changeText(() => ({ text: '\u0001' }), { dryRun: true });
    const job = startMessageJob({ from: await fill('orders', 1), work, ...everything });
    await job.finished;
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('U+0001') }]);
  });

  test('refuses what cannot be sent, and skips what stays the same', async () => {
    const { fill, textsIn } = bulkScene();
    const job = startMessageJob({
      from: await fill('orders', 2),
      work: changeText((text) => ({ text: text.endsWith('0') ? '\u0001' : text })),
      ...everything,
    });
    await job.finished;
    expect(job.counts).toMatchObject({ failed: 1, skipped: 1 });
    expect(job.outcomes.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('U+0001'));
    expect(await textsIn('orders')).toEqual(numbered(2));
  });
});

test('what was deleted is added again with its exact text, unless it would have expired', async () => {
  const { fill, targetOf, account, clock, textsIn } = bulkScene();
  await fill('orders', ['a\r\n'], 'never');
  await fill('orders', ['b'], 30);
  const kept = await targetOf('orders').account.peekMessages('orders');
  await account.clearMessages('orders');
  clock.advance(31_000);
  const job = startJob({ source: kept.map(({ id }) => ({ id })), work: addAgain(targetOf('orders')) });
  await job.finished;
  expect(job.counts).toMatchObject({ done: 1, skipped: 1 });
  expect(await textsIn('orders')).toEqual(['a\r\n']);
  const [again] = await account.peekMessages('orders');
  expect(again?.id).not.toBe(kept[0]?.id);
  expect(again?.expiresAt).toBeNull();
});

test('what nobody can tell the text of is not added again', async () => {
  const { fill, idsIn, textsIn, sandbox } = bulkScene();
  const target = await fill('orders', ['a']);
  await receive(target, { count: 1, visibilityTimeout: 60 });
  const [id = ''] = idsIn('orders');
  sandbox.setFaults({ lostBefore: 1 });
  await expect(saveText(target, { id, text: 'b' })).rejects.toThrow();
  sandbox.setFaults({ lostBefore: 0 });
  const job = startJob({ source: [{ id }, { id: 'unknown' }], work: addAgain(target) });
  await job.finished;
  expect(job.outcomes.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
    'skipped: Its last text is not known for certain.',
    'skipped: Its last text is not known for certain.',
  ]);
  expect(await textsIn('orders')).toEqual(['a']);
});

test('what was being changed when its queue was cleared is added again as the answer to the change tells', async () => {
  for (const isFirst of [true, false]) {
    const { fill, idsIn, textsIn, account, records, clock } = bulkScene();
    const target = await fill('orders', ['a']);
    await receive(target, { count: 1, visibilityTimeout: 60 });
    const ids = idsIn('orders');
    const deferred = createDeferred();
    const slow: Account = {
      ...account,
      async updateMessage(...change) {
        if (!isFirst) await deferred.promise;
        const answer = await account.updateMessage(...change);
        await deferred.promise;
        return answer;
      },
    };
    const on = { ...target, account: recordedAccount(slow, records, clock.now) };
    const saving = saveText(on, { id: ids[0] ?? '', text: 'b' }).catch(() => {});
    await settled();
    await target.account.clearMessages('orders');
    const job = startJob({ source: ids.map((id) => ({ id })), work: addAgain(target) });
    await settled();
    expect(await account.peekMessages('orders')).toEqual([]);
    deferred.resolve();
    await Promise.all([saving, job.finished]);
    expect(await textsIn('orders')).toEqual([isFirst ? 'b' : 'a']);
  }
});

test('what may have been added is not added again by itself', async () => {
  const { fill, sandbox, textsIn } = bulkScene();
  const to = await fill('orders', 0);
  sandbox.setFaults({ lostAfter: 1 });
  const job = startJob({
    source: [{ draft: { text: 'a' } }, { draft: { text: '\u0001' } }],
    work: addMessage(to, String),
  });
  await job.finished;
  expect(job.counts).toMatchObject({ maybeDone: 1, failed: 1 });
  expect(await textsIn('orders')).toEqual(['a']);
});

test('a message is sent again so many times', async () => {
  const { fill, targetOf, idsIn, textsIn } = bulkScene();
  await fill('orders', ['a', 'b']);
  await targetOf('orders').account.peekMessages('orders');
  const job = startJob({
    source: copiesOf(idsIn('orders'), 3),
    work: addAgain(targetOf('orders')),
    total: 6,
  });
  await job.finished;
  expect(await textsIn('orders')).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
});

describe('a pause', () => {
  test('starts no receive, and what is left is found afterwards', async () => {
    const { fill } = bulkScene();
    let receives = 0;
    const from = around(await fill('orders', 320), 'receiveMessages', {
      before() {
        if (++receives === 2) job.pause();
      },
    });
    const to = await fill('other', 0);
    const job = startMessageJob({ from, work: copyMessage(to), ...everything, concurrency: 2 });
    while (receives < 2 || job.progress.working > 0) await settled();
    for (let turn = 0; turn < 20; turn++) await settled();
    expect(receives).toBe(2);
    job.resume();
    await job.finished;
    expect(job.counts.done).toBe(320);
    expect(job.leasing).toMatchObject({ received: 320, returned: 320 });
  });

  test('leases are renewed during a pause', async () => {
    const { fill, pass, account, textsIn } = bulkScene();
    const [from, to] = [await fill('orders', 100), await fill('other', 0)];
    const job = startMessageJob({ from, work: moveMessage(to), ...everything, concurrency: 2, total: 100 });
    while (job.counts.done < 10) await settled();
    job.pause();
    while (job.progress.working > 0) await settled();
    const done = job.counts.done;
    await pass(300);
    expect(job.counts.done).toBe(done);
    expect(job.progress.working).toBe(0);
    const held =
      job.counts.done + (await account.receiveMessages('orders', { count: 32, visibilityTimeout: 1 })).length;
    expect(held).toBeLessThan(100);
    await pass(2);
    job.resume();
    await job.finished;
    expect(job.counts).toMatchObject({ done: 100, failed: 0 });
    expect(await textsIn('other')).toEqual(numbered(100));
  });
});

test('a cancelled job returns what it holds and says what it did and did not do', async () => {
  const { fill, account, textsIn } = bulkScene();
  const [from, to] = [await fill('orders', 100), await fill('other', 0)];
  const job = startMessageJob({ from, work: moveMessage(to), ...everything, concurrency: 4, total: 100 });
  while (job.counts.done < 10) await settled();
  job.cancel();
  expect(job.state).toBe('cancelling');
  await job.finished;
  expect(job.state).toBe('cancelled');
  const { done } = job.counts;
  expect(job.report()).toMatchObject({ state: 'cancelled', counts: { done }, notStarted: 100 - done, troubles: [] });
  expect(await textsIn('orders', 'other')).toEqual(numbered(100));
  expect(await textsIn('other')).toHaveLength(done);
  const visible = new Set<string>();
  for (let batch = await account.receiveMessages('orders', { count: 32 }); batch.length > 0; ) {
    for (const { id } of batch) visible.add(id);
    batch = await account.receiveMessages('orders', { count: 32 });
  }
  expect(visible.size).toBe(100 - done);
});

test('a cancelled search receives nothing any more', async () => {
  const { fill, idsIn } = bulkScene();
  let receives = 0;
  const from = around(await fill('orders', 320), 'receiveMessages', {
    before() {
      if (++receives === 2) job.cancel();
    },
  });
  const gate = createDeferred();
  const job = startMessageJob<never>({
    from,
    name: 'A job',
    wanted: new Set([idsIn('orders')[0] ?? '', idsIn('orders')[319] ?? '']),
    work: async (item) => {
      await gate.promise;
      return { item, kind: 'done' };
    },
  });
  while (receives < 2) await settled();
  for (let turn = 0; turn < 20; turn++) await settled();
  gate.resolve();
  await job.finished;
  expect(receives).toBe(2);
  expect(job).toMatchObject({ state: 'cancelled', leasing: { received: 64, returned: 64, notReturned: [] } });
});

/** What happens before the receive of that number. */
const beforeReceive = (from: QueueTarget, number: number, act: () => unknown) => {
  let receives = 0;
  return around(from, 'receiveMessages', { before: () => (++receives === number ? act() : undefined) });
};

describe('the texts of a whole queue, of which all is found first,', () => {
  const change = changeText((text) => ({ text: `${text}!` }));
  test('stay as they are when it is cancelled while it finds, and everything is visible again', async () => {
    const { fill, account, textsIn } = bulkScene();
    const from = beforeReceive(await fill('orders', 200), 3, () => job.cancel());
    const job = startMessageJob({ from, work: change, ...everything, total: 200 });
    await job.finished;
    expect(job).toMatchObject({ state: 'cancelled', counts: { done: 0 }, leasing: { received: 96, returned: 96 } });
    expect(await textsIn('orders')).toEqual(numbered(200));
    const visible = new Set<string>();
    for (let turn = 0; turn < 7; turn++)
      for (const { id } of await account.receiveMessages('orders', { count: 32 })) visible.add(id);
    expect(visible.size).toBe(200);
  });

  test('are changed but for those that another consumer takes away meanwhile', async () => {
    const { fill, account, textsIn } = bulkScene();
    const taken: string[] = [];
    const from = beforeReceive(await fill('orders', 200), 3, async () => {
      for (const message of await account.receiveMessages('orders', { count: 20, visibilityTimeout: 600 })) {
        taken.push(message.text);
        await account.deleteMessage('orders', message);
      }
    });
    const job = startMessageJob({ from, work: change, ...everything, total: 200 });
    await job.finished;
    expect(taken).toHaveLength(20);
    expect(job).toMatchObject({
      state: 'done',
      counts: { done: 180, failed: 0 },
      leasing: { notReturned: [], lost: [] },
    });
    const left = numbered(200).filter((text) => !taken.includes(text));
    expect(await textsIn('orders')).toEqual(left.map((text) => `${text}!`));
  });

  test.each([false, true])(
    'are not written over where a lease ends during a pause and another consumer changes the message; found all: %s',
    async (isFound) => {
      const scene = bulkScene();
      const { fill, account, textsIn, overtake } = scene;
      let isAtWork = false;
      const work = Object.assign(
        async (...args: Parameters<typeof change>) => {
          isAtWork = true;
          return change(...args);
        },
        { steps: change.steps ?? [] },
      );
      const from = beforeReceive(await fill('orders', 100), isFound ? 5 : 3, () => job.pause());
      const job = startMessageJob({ from, work, ...everything, total: 100 });
      while (job.state !== 'paused') await settled();
      for (let turn = 0; turn < 20; turn++) await settled();
      expect(isAtWork).toBe(false);
      const [first] = await overtake(120_000, async () => {
        const messages = await account.receiveMessages('orders', { count: 1, visibilityTimeout: 30 });
        for (const message of messages)
          await account.updateMessage('orders', message, { text: `${message.text} of another`, visibilityTimeout: 0 });
        return messages;
      });
      job.resume();
      await job.finished;
      const texts = await textsIn('orders');
      expect(texts).toHaveLength(100);
      // Received again it may be changed from what it is now, and never from what it was.
      expect(texts.filter((text) => text.startsWith(`${first?.text} of another`))).toHaveLength(1);
      expect(job.counts.done + job.counts.failed + job.counts.skipped).toBe(100);
      expect(job.leasing?.notReturned).toEqual([]);
    },
  );
});

test('a poison queue has a parent', () => {
  expect(poisonParent('orders-poison')).toBe('orders');
  expect(poisonParent('orders')).toBeUndefined();
  expect(poisonParent('-poison')).toBeUndefined();
  expect(poisonParent('poison')).toBeUndefined();
});

/** Something happens before the answer to a put arrives. */
const slowToAnswer = (target: QueueTarget, meanwhile: () => Promise<unknown> | undefined): QueueTarget => ({
  ...target,
  account: {
    ...target.account,
    async sendMessage(...args) {
      const sent = await target.account.sendMessage(...args);
      await meanwhile();
      return sent;
    },
  },
});
