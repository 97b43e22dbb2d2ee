import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import { bulkScene, failing } from '@/bulk/bulk.fixture';
import { receive, saveText } from '@/bulk/work/lease-actions';
import { hearNews, type TabNews } from '@/messages/tab-news';
import { NO_FAULTS } from '@/sandbox/faults';
import { takeBack } from './take-back';

async function sent() {
  const scene = bulkScene();
  await scene.account.createQueue('orders');
  const target = scene.targetOf('orders');
  const message = await target.account.sendMessage('orders', { text: 'one' });
  return { ...scene, message, queue: target };
}

test('removes it by the receipt of Put Message while nobody has received it', async () => {
  const { queue, message, textsIn } = await sent();
  expect(await takeBack(queue, message, 'one')).toEqual({ is: 'removed' });
  expect(await textsIn('orders')).toEqual([]);
});

test('removes what this tab has received meanwhile, by the receipt that it was given', async () => {
  const { queue, message, textsIn } = await sent();
  await receive(queue, { count: 1, visibilityTimeout: 30 });
  expect(await takeBack(queue, message, 'one')).toEqual({ is: 'removed' });
  expect(await textsIn('orders')).toEqual([]);
  expect(queue.records.get(message.id)?.standing.is).toBe('deleted');
});

describe('keeps it, and says why', () => {
  test('when another consumer has received it: its receipt says no more than that it is void', async () => {
    const { queue, message, account, textsIn } = await sent();
    await account.receiveMessages('orders');
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: expect.stringMatching(/^Its receipt is no longer valid: another consumer received the message, or/),
    });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('when this tab has changed it since', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    await saveText(queue, { id: message.id, text: 'two' });
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: expect.stringContaining('changed'),
    });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('when a job of this tab has it', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    queue.records.claim([message.id], { kind: 'job', name: 'Move' });
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'kept', why: 'Move has this message.' });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('when it is deleted already', async () => {
    const { queue, message } = await sent();
    await takeBack(queue, { ...message }, 'one');
    await queue.account.peekMessages('orders');
    // Nobody has seen it, so nothing is known of it: the service says what there is to say.
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'kept' });
  });

  test('when another tab of this browser has received it', async () => {
    const { queue, message, textsIn, records, clock } = await sent();
    await queue.account.peekMessages('orders');
    const endsAt = clock.now() + 60_000;
    const news: TabNews['news'] = [[message.id, { what: 'leased', endsAt, total: 60, dequeueCount: 1 }]];
    hearNews(records, { ...queue.records.ref, news }, clock.now);
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: expect.stringMatching(/^Another tab of this browser has received it, until \d\d:\d\d:05\.$/),
    });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('when this tab has it by a receipt that it was not told', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    const record = queue.records.get(message.id);
    const lease = { ...record?.lease, state: 'unknown' as const, because: 'lostAnswer' as const };
    const known = { get: () => ({ ...record, lease }) } as unknown as typeof queue.records;
    expect(await takeBack({ ...queue, records: known }, message, 'one')).toMatchObject({
      is: 'kept',
      why: 'You have leased it, by a receipt that this tab was not told.',
    });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('when the request is refused for another reason', async () => {
    const { queue, message, textsIn } = await sent();
    const refused = failing(
      queue,
      'deleteMessage',
      new StorageError('No.', { status: 403, code: 'AuthorizationFailure' }),
    );
    expect(await takeBack(refused, message, 'one')).toMatchObject({ is: 'kept', why: 'The request was refused.' });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('when the queue is gone', async () => {
    const { queue, message, account } = await sent();
    await account.deleteQueue('orders');
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: 'The queue was deleted, and the message with it.',
    });
  });
});

describe('when answers are lost', () => {
  test('after the message was deleted: the repeat finds its receipt void, so most likely it is removed', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    expect(await takeBack(queue, message, 'one')).toEqual({ is: 'likely' });
    expect(await textsIn('orders')).toEqual([]);
  });

  test('all of them: nobody knows, and trying again does it', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    sandbox.setFaults({ ...NO_FAULTS, lostBefore: 1 });
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'unknown' });
    sandbox.setFaults(NO_FAULTS);
    expect(await textsIn('orders')).toEqual(['one']);
    expect(await takeBack(queue, message, 'one', true)).toEqual({ is: 'removed' });
    expect(await textsIn('orders')).toEqual([]);
  });

  test('all of them, and trying again is refused: most likely the first try did it', async () => {
    const { queue, message, account } = await sent();
    await account.deleteMessage('orders', message);
    expect(await takeBack(queue, message, 'one', true)).toEqual({ is: 'likely' });
  });

  test('of a message that this tab has received meanwhile, too', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    expect(await takeBack(queue, message, 'one')).toEqual({ is: 'likely' });
    expect(await textsIn('orders')).toEqual([]);
  });
});
