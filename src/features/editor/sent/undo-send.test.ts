import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestQueue, testQueue } from '@/queries/test-queue.fixture';
import { NO_FAULTS } from '@/sandbox/faults';
import { connectBySas } from '@/sandbox/open-sandbox.fixture';
import { accountSas } from '@/sandbox/sas.fixture';
import { actOnToast, dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { announceSent } from './undo-send';

let context: TestQueue;
beforeEach(async () => {
  context = await testQueue();
});
afterEach(() => {
  for (const { id } of readToasts()) dismissToast(id);
});

/** Adds a message as the dialog does. */
async function add(text = 'one') {
  const sent = await context.account.sendMessage(context.queue, { text });
  announceSent(context.client, context.account, context.queue, sent, text);
  return sent;
}

/** Presses the button of the only toast and returns the next one. */
async function pressOnly() {
  const [shown] = readToasts();
  if (!shown) throw new Error('Nothing is shown');
  actOnToast(shown);
  await expect.poll(() => readToasts().length).toBe(1);
  const [said] = readToasts();
  return said;
}

test('Undo takes an added message back, also by its key Z', async () => {
  await add();
  expect(readToasts()).toMatchObject([
    { title: 'Message added', tone: 'success', action: { label: 'Undo', kbd: 'Z' } },
  ]);
  expect(await pressOnly()).toMatchObject({ title: 'Message removed again', tone: 'success' });
  expect(context.ids()).toEqual([]);
});

test('a message for which the service gave no receipt was added, and no Undo is offered', async () => {
  const old = connectBySas(context.sandbox, await accountSas({ sv: '2015-12-11' }));
  const sent = await old.sendMessage(context.queue, { text: 'one' });
  announceSent(context.client, context.account, context.queue, sent, 'one');
  const [shown] = readToasts();
  expect(shown).toMatchObject({
    title: 'Message added',
    detail: 'The service gave no receipt for it, so it cannot be taken back from here.',
    tone: 'success',
  });
  expect(shown).not.toHaveProperty('action');
  expect(context.ids()).toHaveLength(1);
});

test('a message that another consumer received is kept, with the reason and the code', async () => {
  await add();
  await context.consumer.receiveMessages(context.queue);
  expect(await pressOnly()).toMatchObject({
    title: 'Not removed',
    detail: expect.stringMatching(/^Its receipt is no longer valid: another consumer received .* 404 MessageNotFound$/),
    tone: 'danger',
  });
  expect(context.ids()).toHaveLength(1);
});

test('a message that this tab knows to be changed is kept, with a reason and no code', async () => {
  await add();
  const [message] = await context.account.receiveMessages(context.queue);
  if (!message) throw new Error('Nothing was received');
  await context.account.updateMessage(context.queue, message, { visibilityTimeout: 30, text: 'two' });
  expect(await pressOnly()).toMatchObject({ title: 'Not removed', detail: 'Its text has been changed since then.' });
});

test('a message whose repeated delete was refused is said to be most likely removed', async () => {
  await add();
  context.sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
  expect(await pressOnly()).toMatchObject({ title: 'Message most likely removed', tone: 'warn' });
});

test('without an answer Undo can be tried again, and the first try counts', async () => {
  const sent = await add();
  context.sandbox.setFaults({ ...NO_FAULTS, lostBefore: 1 });
  expect(await pressOnly()).toMatchObject({
    title: 'The message may or may not be removed',
    tone: 'danger',
    action: { label: 'Try again' },
  });
  context.sandbox.setFaults(NO_FAULTS);
  // As if the first try had removed it.
  await context.consumer.deleteMessage(context.queue, sent);
  expect(await pressOnly()).toMatchObject({ title: 'Message most likely removed' });
});
