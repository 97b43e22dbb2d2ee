import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';
import { around, bulkScene, failing, numbered, settled } from '../bulk.fixture';
import { OtherText } from '../leasing/lease-handle';
import { createDeferred } from '../requests/deferred';
import { LostAnswer } from '../requests/outcome';
import { DELETING } from './delete-later';
import { deleteLeased, extend, receive, release, saveText, Taken } from './lease-actions';
import { NOT_ALLOWED } from './leased.fixture';

const JOB: Claim = { kind: 'job', name: 'Move' };

async function leased(count: number, visibilityTimeout = 30, timeToLive?: number) {
  const scene = bulkScene();
  const target = await scene.fill('orders', count, timeToLive);
  await receive(target, { count, visibilityTimeout });
  const requests: string[] = [];
  scene.sandbox.subscribe(({ what }) => requests.push(what));
  /** The next answer to an update is lost, after the service acted. */
  const loseAnswer = () => {
    scene.sandbox.setFaults({ lostAfter: 1 });
    const stop = scene.sandbox.subscribe(() => {
      stop();
      setTimeout(() => scene.sandbox.setFaults({ lostAfter: 0 }));
    });
  };
  return { ...scene, target, ids: scene.idsIn('orders'), requests, loseAnswer };
}

describe('what a person leased', () => {
  test('a lease is the person’s until they release it', async () => {
    const { target, ids, account } = await leased(3);
    expect([...target.records.leased()].map(({ id, lease }) => [id, lease?.holder])).toEqual(
      ids.map((id) => [id, 'tab']),
    );
    expect(await account.peekMessages('orders')).toEqual([]);
    const outcomes = await release(target, ids);
    expect(outcomes.map(({ item, kind }) => [item.id, kind])).toEqual(ids.map((id) => [id, 'done']));
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });

  test('leases are released eight at a time, and reported in their order, however long each takes', async () => {
    const { target, ids } = await leased(20);
    const gate = createDeferred();
    let [working, most] = [0, 0];
    const updateMessage: typeof target.account.updateMessage = async (queue, message, change) => {
      most = Math.max(most, ++working);
      await (message.id === ids[0] ? gate.promise : settled());
      working--;
      if (message.id === ids.at(-1)) gate.resolve();
      return target.account.updateMessage(queue, message, change);
    };
    const slow = { ...target, account: { ...target.account, updateMessage } };
    expect((await release(slow, ids)).map(({ item }) => item.id)).toEqual(ids);
    expect(most).toBe(8);
  });

  test('a lease is extended from now on', async () => {
    const { target, ids, clock } = await leased(2);
    clock.advance(20_000);
    expect((await extend(target, ids, 600)).map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect([...target.records.leased()].map(({ lease }) => lease?.total)).toEqual([600, 600]);
    clock.advance(599_000);
    expect(await target.account.peekMessages('orders')).toEqual([]);
  });

  test('a leased message is deleted for good', async () => {
    const { target, ids, textsIn } = await leased(3);
    expect((await deleteLeased(target, ids.slice(1))).map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(await textsIn('orders')).toEqual(numbered(1));
    expect(target.records.get(ids[1] ?? '')).toMatchObject({ standing: { is: 'deleted' }, claim: undefined });
  });

  test('a leased message that a job has is skipped, and the outcome names the job', async () => {
    const { target, ids, requests } = await leased(2);
    target.records.claim(ids.slice(0, 1), JOB);
    for (const act of [release, deleteLeased, (...args: Parameters<typeof release>) => extend(...args, 60)]) {
      expect(await act(target, ids.slice(0, 1))).toMatchObject([
        { kind: 'skipped', reason: 'Left out: move has this message.' },
      ]);
    }
    const saving = saveText(target, { id: ids[0] ?? '', text: 'b' });
    await expect(saving).rejects.toBeInstanceOf(Taken);
    await expect(saving).rejects.toMatchObject({ name: 'Taken', message: 'Move has this message.' });
    expect(requests).toEqual([]);
    expect(target.records.get(ids[0] ?? '')?.claim).toBe(JOB);
  });

  test('that another consumer was handed is not said to be done', async () => {
    const { target, ids, clock, account, textsIn } = await leased(3);
    clock.advance(31_000);
    await account.receiveMessages('orders', { count: 3, visibilityTimeout: 600 });
    const outcomes = [
      ...(await release(target, ids.slice(0, 1))),
      ...(await extend(target, ids.slice(1, 2), 60)),
      ...(await deleteLeased(target, ids.slice(2))),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect((await release(target, ids)).map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect(await textsIn('orders')).toHaveLength(3);
  });

  test('an action of a person is refused at once while a job has the message', async () => {
    const { target, ids } = await leased(1);
    const gate = createDeferred();
    target.records.claim(ids, JOB);
    const working = target.records.inTurn(ids[0] ?? '', () => gate.promise);
    let outcomes: unknown;
    void release(target, ids).then((told) => (outcomes = told));
    await settled();
    expect(outcomes).toMatchObject([{ kind: 'skipped', reason: 'Left out: move has this message.' }]);
    gate.resolve();
    await working;
  });

  test('that is deleted before its turn comes is left out', async () => {
    const { target, ids } = await leased(1);
    const gate = createDeferred();
    const deleting = deleteLeased(around(target, 'deleteMessage', { before: () => gate.promise }), ids);
    target.records.unclaim(ids, DELETING);
    const releasing = release(target, ids);
    gate.resolve();
    await deleting;
    expect(await releasing).toMatchObject([
      { kind: 'skipped', reason: 'Left out: the message was deleted by this tab.' },
    ]);
  });

  test.each([
    ['released', release],
    ['extended', (...args: Parameters<typeof release>) => extend(...args, 60)],
  ])('that may not be %s says so', async (done, act) => {
    const { target, ids } = await leased(1);
    expect(await act(failing(target, 'updateMessage', NOT_ALLOWED), ids)).toMatchObject([
      { kind: 'failed', reason: `Not ${done}. Not allowed.`, error: NOT_ALLOWED },
    ]);
  });

  test('that is about to expire is not extended, and it is said so', async () => {
    const { target, ids, clock } = await leased(1, 5, 10);
    clock.advance(9500);
    expect(await extend(target, ids, 60)).toMatchObject([
      { kind: 'skipped', reason: 'The message is about to expire.' },
    ]);
  });

  test('a leased message that was deleted meanwhile is skipped', async () => {
    const { target, ids } = await leased(1);
    await deleteLeased(target, ids);
    expect(await release(target, ids)).toMatchObject([
      { kind: 'skipped', reason: 'Left out: the message was deleted by this tab.' },
    ]);
  });
});

describe('a delete of many', () => {
  test('has all of them at once: nobody takes what waits for its turn', async () => {
    const { target, ids, textsIn } = await leased(20);
    const deleting = deleteLeased(target, ids);
    expect(target.records.claim(ids, JOB)).toEqual(new Set());
    await deleting;
    expect(await textsIn('orders')).toEqual([]);
  });

  test('frees the messages that it could not delete', async () => {
    const { target, ids, clock, account } = await leased(2);
    clock.advance(31_000);
    const [taken] = await account.receiveMessages('orders', { count: 1, visibilityTimeout: 600 });
    const outcomes = await deleteLeased(target, ids);
    expect(outcomes.map(({ kind }) => kind)).toEqual(ids.map((id) => (id === taken?.id ? 'failed' : 'done')));
    expect(target.records.get(taken?.id ?? '')?.claim).toBeUndefined();
  });
});

describe('after an answer was lost', () => {
  test('an extension says that it may have worked, and a release then says that nobody else has the message', async () => {
    const { target, ids, loseAnswer, account, sandbox } = await leased(1);
    loseAnswer();
    expect(await extend(target, ids, 300)).toMatchObject([{ kind: 'maybeDone', error: expect.any(LostAnswer) }]);
    sandbox.setFaults({ lostAfter: 0 });
    const [outcome] = await release(target, ids);
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('The answer with its receipt was lost.'),
    });
    expect(await account.peekMessages('orders')).toEqual([]);
    expect(target.records.get(ids[0] ?? '')?.lease).toMatchObject({ state: 'unknown' });
  });

  test('saving once more says that the text was most likely saved, not that somebody else has the message', async () => {
    const { target, ids, loseAnswer, textsIn } = await leased(1);
    loseAnswer();
    await expect(saveText(target, { id: ids[0] ?? '', text: 'b' })).rejects.toBeInstanceOf(LostAnswer);
    await expect(saveText(target, { id: ids[0] ?? '', text: 'b' })).rejects.toBeInstanceOf(LostAnswer);
    expect(await textsIn('orders')).toEqual(['b']);
  });

  test('a release is as good as done', async () => {
    const { target, ids, loseAnswer, account, sandbox } = await leased(1);
    loseAnswer();
    expect(await release(target, ids)).toMatchObject([{ kind: 'done' }]);
    // Its own end waits for a timer, which the next request may precede.
    sandbox.setFaults({ lostAfter: 0 });
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });

  test('a delete whose repeat is refused was most likely carried out', async () => {
    const { target, ids, loseAnswer, textsIn } = await leased(1);
    loseAnswer();
    expect(await deleteLeased(target, ids)).toMatchObject([
      { kind: 'maybeDone', reason: expect.stringContaining('Most likely it was deleted') },
    ]);
    expect(await textsIn('orders')).toEqual([]);
  });
});

describe('a refusal is told as the record knows it, since the answer is the same for all', () => {
  test('after a delete without an answer: most likely deleted, not somebody else’s', async () => {
    const { target, ids, sandbox } = await leased(1);
    sandbox.setFaults({ lostAfter: 1 });
    expect(await deleteLeased(target, ids)).toMatchObject([{ kind: 'maybeDone' }]);
    sandbox.setFaults({ lostAfter: 0 });
    expect(await release(target, ids)).toMatchObject([
      { reason: 'Nothing was done with it. An earlier delete got no answer, and most likely deleted it.' },
    ]);
  });

  test('of a message that this tab cleared meanwhile', async () => {
    const { target, ids } = await leased(1);
    const late = around(target, 'updateMessage', { before: () => target.account.clearMessages('orders') });
    expect(await extend(late, ids, 60)).toMatchObject([
      { kind: 'skipped', reason: 'Left out: the queue was cleared.', error: { status: 404 } },
    ]);
  });

  test('of a message of which nothing else is known', async () => {
    const { target, ids, clock, account } = await leased(1);
    clock.advance(31_000);
    await account.receiveMessages('orders');
    expect(await extend(target, ids, 60)).toMatchObject([
      {
        kind: 'failed',
        reason: expect.stringContaining('another consumer received the message'),
        error: { status: 404 },
      },
    ]);
  });
});

describe('saving a text', () => {
  test('saving does not move the end of the lease, or hides the message for the given time', async () => {
    const { target, ids, clock, account } = await leased(2);
    clock.advance(10_000);
    await saveText(target, { id: ids[0] ?? '', text: 'b' });
    await saveText(target, { id: ids[1] ?? '', text: 'c', visibilityTimeout: 0 });
    expect(await account.peekMessages('orders')).toMatchObject([{ text: 'c' }]);
    clock.advance(19_000);
    expect(await account.peekMessages('orders')).toHaveLength(1);
    clock.advance(2000);
    expect((await account.peekMessages('orders')).map(({ text }) => text).toSorted()).toEqual(['b', 'c']);
  });

  test('replaces what was seen, or what is the same already, and nothing else', async () => {
    const { target, ids, textsIn } = await leased(1);
    const [id = ''] = ids;
    await saveText(target, { id, text: 'b', replaces: 'message 00000' });
    await saveText(target, { id, text: 'b', replaces: 'message 00000' });
    await expect(saveText(target, { id, text: 'c', replaces: 'message 00000' })).rejects.toBeInstanceOf(OtherText);
    expect(await textsIn('orders')).toEqual(['b']);
  });

  test('saving needs no seen text after a reload, which restores the receipt only', async () => {
    const { target, ids, account, clock, textsIn } = await leased(1);
    const [id = ''] = ids;
    const lease = target.records.get(id)?.lease;
    const records = createRecords();
    const kept = {
      ...target,
      account: recordedAccount(account, records, clock.now),
      records: records.of(target.records.ref),
    };
    if (lease) kept.records.applyTo(id, { kind: 'restored', lease });
    await saveText(kept, { id, text: 'b' });
    expect(await textsIn('orders')).toEqual(['b']);
  });

  test('saving waits for a pending extension and uses its receipt', async () => {
    const { target, ids, textsIn } = await leased(1);
    const gate = createDeferred();
    const extending = extend(around(target, 'updateMessage', { after: () => gate.promise }), ids, 600);
    const saving = saveText(target, { id: ids[0] ?? '', text: 'b' });
    await settled();
    gate.resolve();
    expect(await extending).toMatchObject([{ kind: 'done' }]);
    await saving;
    expect(await textsIn('orders')).toEqual(['b']);
    expect(target.records.get(ids[0] ?? '')?.lease).toMatchObject({ total: 600 });
  });
});
