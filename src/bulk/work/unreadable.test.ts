import { expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { LeasedMessage } from '@/azure/protocol/model';
import { recordedAccount } from '@/messages/recorded-account';
import { bulkScene, gather } from '../bulk.fixture';
import { startExport } from '../jobs/export-job';
import { startMessageJob } from '../jobs/message-job';
import { leaseMatching } from '../leasing/leasing';
import type { QueueTarget } from '../requests/queue-target';
import { addAgain } from './add-message';
import { changeText } from './change-text';
import { copyMessage } from './copy-message';
import { deleteMessage } from './delete-message';
import { receive } from './lease-actions';
import { moveMessage } from './move-message';

const everything = { name: 'A job', wanted: 'all', visibilityTimeout: 60 } as const;
const BAD = { reason: 'It holds the character U+000B, which XML does not have.', xml: '<QueueMessage/>' };

/** A queue of three, of which one is answered as a message that cannot be read. */
async function scene() {
  const all = bulkScene();
  const { account, records, clock } = all;
  const broken: typeof account = {
    ...account,
    async receiveMessages(...args) {
      const messages = await account.receiveMessages(...args);
      for (const message of messages)
        if (message.text === 'bad') Object.assign(message, { dequeueCount: Number.NaN, unreadable: BAD });
      return messages;
    },
  };
  const [plain, to] = [await all.fill('orders', ['a', 'bad', 'c']), await all.fill('other', 0)];
  const from: QueueTarget = { ...plain, account: recordedAccount(broken, records, clock.now) };
  return { ...all, from, to };
}

test.each([
  ['moved', 'copied', (to: QueueTarget) => moveMessage(to), ['bad']],
  ['copied', 'copied', (to: QueueTarget) => copyMessage(to), ['a', 'bad', 'c']],
])('a message that cannot be read is not %s, and the others are', async (_, not, work, left) => {
  const { from, to, textsIn } = await scene();
  const job = startMessageJob({ from, work: work(to), ...everything });
  await job.finished;
  expect(job.counts).toMatchObject({ done: 2, failed: 1 });
  const reason = `Not ${not}: a part of the message cannot be read, so its text may not be whole. Release it and look again.`;
  expect(job.outcomes.filter(({ kind }) => kind === 'failed')).toMatchObject([{ reason }]);
  expect(await textsIn('other')).toEqual(['a', 'c']);
  expect(await textsIn('orders')).toEqual(left);
});

test('its text is not changed, and it can be deleted', async () => {
  const { from, textsIn } = await scene();
  const change = startMessageJob({ from, work: changeText((text) => ({ text: `${text}!` })), ...everything });
  await change.finished;
  expect(await textsIn('orders')).toEqual(['a!', 'bad', 'c!']);
  const remove = startMessageJob({ from, work: deleteMessage, ...everything });
  await remove.finished;
  expect(await textsIn('orders')).toEqual([]);
});

test('it is in no file, and is not added again', async () => {
  const { from, to, idsIn, textsIn } = await scene();
  await receive(from, { count: 3, visibilityTimeout: 60 });
  const [id = ''] = idsIn('orders', (text) => text === 'bad');
  expect(from.records.get(id)?.message?.unreadable).toEqual(BAD);
  const outcome = await addAgain({ ...to, records: from.records })({ id }, undefined);
  expect(outcome).toMatchObject({ kind: 'skipped', reason: 'A part of the message could not be read.' });
  expect(await textsIn('other')).toEqual([]);
  let written = '';
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => void (written += new TextDecoder().decode(chunk)),
  });
  const file = startExport({ from, wanted: new Set(idsIn('orders')), stream, format: 'jsonl', fields: ['text'] });
  await file.finished;
  expect(written).toBe('{"text":"a"}\n{"text":"c"}\n');
});

test('a message that came without a receipt is told as one that may be hidden', async () => {
  const { from } = await scene();
  const receiveAll = from.account.receiveMessages;
  let isFirst = true;
  const account: typeof from.account = {
    ...from.account,
    async receiveMessages(queue, options) {
      const messages = await receiveAll(queue, options);
      if (!isFirst) return messages;
      isFirst = false;
      options?.onUnreadable?.(new StorageError('It has no receipt.', { status: 200 }), 'x');
      return messages;
    },
  };
  const leasing = leaseMatching(
    { ...from, account },
    { ...everything, claim: { kind: 'job', name: 'A job' }, wanted: () => true },
  );
  expect(await gather(leasing)).toHaveLength(3);
  expect(await leasing.close()).toMatchObject({ received: 3, maybeHidden: [{ messages: 1 }] });
});

test('a receive of nothing but such messages fails, and one with others tells them', async () => {
  const { from } = await scene();
  const failure = new StorageError('It has no receipt.', { status: 200 });
  const withOnly = (messages: LeasedMessage[]): QueueTarget => ({
    ...from,
    account: {
      ...from.account,
      receiveMessages: (_queue, options) => {
        options?.onUnreadable?.(failure, undefined);
        return Promise.resolve(messages);
      },
    },
  });
  const asked = { count: 2, visibilityTimeout: 60 };
  await expect(receive(withOnly([]), asked)).rejects.toBe(failure);
  const leftOut: Error[] = [];
  const [one] = await receive(from, { count: 1, visibilityTimeout: 60 });
  expect(await receive(withOnly(one ? [one] : []), { ...asked, leftOut })).toHaveLength(1);
  expect(leftOut).toEqual([failure]);
});

test('a message that can be read later is one again', async () => {
  const { from, targetOf, idsIn, overtake } = await scene();
  await receive(from, { count: 3, visibilityTimeout: 60 });
  const [id = ''] = idsIn('orders', (text) => text === 'bad');
  await overtake(61_000, async () => {});
  await receive(targetOf('orders'), { count: 3, visibilityTimeout: 60 });
  expect(from.records.get(id)?.message).toMatchObject({ text: 'bad', dequeueCount: 2 });
  expect(from.records.get(id)?.message).not.toHaveProperty('unreadable');
});
