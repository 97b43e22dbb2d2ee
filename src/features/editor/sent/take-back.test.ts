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

test('an added message is removed by the receipt of Put Message while nobody has received it', async () => {
  const { queue, message, textsIn } = await sent();
  expect(await takeBack(queue, message, 'one')).toEqual({ is: 'removed' });
  expect(await textsIn('orders')).toEqual([]);
});

test('a message that this tab received meanwhile is removed by that receipt', async () => {
  const { queue, message, textsIn } = await sent();
  await receive(queue, { count: 1, visibilityTimeout: 30 });
  expect(await takeBack(queue, message, 'one')).toEqual({ is: 'removed' });
  expect(await textsIn('orders')).toEqual([]);
  expect(queue.records.get(message.id)?.standing.is).toBe('deleted');
});

describe('an added message is not taken back', () => {
  test('a message that another consumer received is kept: its receipt is no longer valid', async () => {
    const { queue, message, account, textsIn } = await sent();
    await account.receiveMessages('orders');
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: expect.stringMatching(/^Its receipt is no longer valid: another consumer received the message, or/),
    });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('a message whose text this tab changed since is kept', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    await saveText(queue, { id: message.id, text: 'two' });
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: expect.stringContaining('changed'),
    });
    expect(await textsIn('orders')).toEqual(['two']);
  });

  test('a message that a job of this tab works on is kept', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    queue.records.claim([message.id], { kind: 'job', name: 'Move' });
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'kept', why: 'Move has this message.' });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('a message that is deleted already is not deleted again', async () => {
    const { queue, message } = await sent();
    await takeBack(queue, { ...message }, 'one');
    await queue.account.peekMessages('orders');
    // This tab does not know the message, so only the service can say.
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'kept' });
  });

  test('a message that another tab received is kept', async () => {
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

  test('a message that this tab leased by a receipt that it does not have is kept', async () => {
    const { queue, message, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    const record = queue.records.get(message.id);
    const lease = { ...record?.lease, state: 'unknown' as const, because: 'lostAnswer' as const };
    const known = { get: () => ({ ...record, lease }) } as unknown as typeof queue.records;
    expect(await takeBack({ ...queue, records: known }, message, 'one')).toMatchObject({
      is: 'kept',
      why: 'You have leased it, by a receipt that this tab does not have.',
    });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('a refused delete keeps the message, with the reason', async () => {
    const { queue, message, textsIn } = await sent();
    const refused = failing(
      queue,
      'deleteMessage',
      new StorageError('No.', { status: 403, code: 'AuthorizationFailure' }),
    );
    expect(await takeBack(refused, message, 'one')).toMatchObject({ is: 'kept', why: 'The request was refused.' });
    expect(await textsIn('orders')).toEqual(['one']);
  });

  test('a message whose queue is gone says so', async () => {
    const { queue, message, account } = await sent();
    await account.deleteQueue('orders');
    expect(await takeBack(queue, message, 'one')).toMatchObject({
      is: 'kept',
      why: 'The queue was deleted, and the message with it.',
    });
  });
});

describe('when answers are lost', () => {
  test('a message is most likely removed when the repeat of a lost delete finds its receipt no longer valid', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    expect(await takeBack(queue, message, 'one')).toEqual({ is: 'likely' });
    expect(await textsIn('orders')).toEqual([]);
  });

  test('without any answer the result is unknown, and a second try removes the message', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    sandbox.setFaults({ ...NO_FAULTS, lostBefore: 1 });
    expect(await takeBack(queue, message, 'one')).toMatchObject({ is: 'unknown' });
    sandbox.setFaults(NO_FAULTS);
    expect(await textsIn('orders')).toEqual(['one']);
    expect(await takeBack(queue, message, 'one', true)).toEqual({ is: 'removed' });
    expect(await textsIn('orders')).toEqual([]);
  });

  test('without any answer and a refused second try, the first most likely removed the message', async () => {
    const { queue, message, account } = await sent();
    await account.deleteMessage('orders', message);
    expect(await takeBack(queue, message, 'one', true)).toEqual({ is: 'likely' });
  });

  test('a message that this tab received meanwhile is most likely removed after a lost answer, too', async () => {
    const { queue, message, sandbox, textsIn } = await sent();
    await receive(queue, { count: 1, visibilityTimeout: 30 });
    sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    expect(await takeBack(queue, message, 'one')).toEqual({ is: 'likely' });
    expect(await textsIn('orders')).toEqual([]);
  });
});
