import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { NO_FAULTS } from '@/sandbox/faults';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { setPreference } from '@/state/settings/preferences';
import { type Ear, listen } from '@/ui/feedback/listen.fixture';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { press, sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

/* What a screen reader says of the rows, and of what a person does. */

const screen = sandboxScreen('spoken');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const button = (name: string | RegExp) => page.getByRole('button', { name });

let ear: Ear;
beforeEach(() => {
  screen.session.clock.pause();
  screen.session.sandbox.setFaults(NO_FAULTS);
  ear = listen();
});
afterEach(async () => {
  ear.end();
  await flushDeletes();
  for (const { id } of readToasts()) dismissToast(id);
});

/** A result of a filter is told when no more is typed. */
const lastSaid = async (words: string | RegExp) => {
  await expect
    .poll(() => ear.said().at(-1), { timeout: 10_000 })
    .toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
};

test('a row is a sentence with the words of its columns, and the head is the first row', async () => {
  const { id } = await screen.session.account.sendMessage(screen.queue, { text: '{"order":1}' });
  for (let time = 0; time < 5; time++) {
    const [message] = await screen.session.account.receiveMessages(screen.queue, { count: 1, visibilityTimeout: 30 });
    if (message) await screen.session.account.updateMessage(screen.queue, message, { visibilityTimeout: 0 });
  }
  screen.session.clock.advance(2 * 3600_000 + 14 * 60_000);
  await screen.show();
  const row = grid().getByRole('row', { name: `Select message ${shortId(id)}` });
  await expect
    .element(row)
    .toHaveAccessibleName(
      `Select message ${shortId(id)}, inserted 2 h 14 m ago, dequeued 5 times, at or over the poison threshold, JSON, order: 1, expires in 6 d 21 h, 11 B`,
    );
  await expect.element(row).toHaveAttribute('aria-rowindex', '2');
  await expect.element(grid().getByRole('row').first()).toHaveAttribute('aria-rowindex', '1');
  await expect.element(grid()).toHaveAttribute('aria-rowcount', '2');
});

test('a row of one dequeue, with a lease, says until when, and does not count seconds', async () => {
  setPreference('poisonThreshold', 1);
  const [id] = await screen.fill(1);
  await screen.show({ mode: 'receive' });
  await button('1 for 30 s').click();
  const row = grid().getByRole('row', { name: `Select message ${shortId(id ?? '')}` });
  await expect
    .element(row)
    .toHaveAccessibleName(
      /dequeued 1 time, at or over the poison threshold, leased by you until [\d:]{8}, TEXT, message 0,/,
    );
  const name = row.element().querySelector('[hidden]')?.getAttribute('aria-label');
  screen.session.clock.advance(5000);
  await expect.element(row.getByRole('img', { name: 'Leased by you, 0:25 left' })).toBeVisible();
  expect(row.element().querySelector('[hidden]')?.getAttribute('aria-label')).toBe(name);
});

test('each thing that is done is said once: peek, refresh, filter, receive, delete, undo', async () => {
  await screen.fill(3);
  await screen.show();
  await lastSaid(`Peeked 3 messages of ${screen.queue}`);

  const [gone] = await screen.session.account.receiveMessages(screen.queue, { count: 1, visibilityTimeout: 30 });
  if (gone) await screen.session.account.deleteMessage(screen.queue, gone);
  await screen.fill(2);
  await button('Refresh').click();
  await lastSaid('2 new messages, 1 gone');
  await button('Refresh').click();
  await lastSaid('Nothing new');

  await page.getByRole('textbox', { name: 'Filter messages' }).fill('"message 1"');
  await lastSaid('Showing 2 of 4');
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('');
  await lastSaid('Showing all 4');

  await page.getByRole('radio', { name: 'Receive' }).click();
  await button('1 for 30 s').click();
  await lastSaid(/^Received 1 message, leased until [\d:]{8}$/);
  await grid().getByRole('row').nth(1).click();
  press('Delete');
  await lastSaid(/^Deleting 1 message/);
  await button(/^Undo/).click();
  await lastSaid('Kept 1 message');

  // How fast a part of the page comes is another matter.
  const said = ear.said().filter((text) => !text.startsWith('Still loading'));
  expect(said.map((text) => /^[\w ]+? message(?=, leased|Waits)|.+/.exec(text)?.[0])).toEqual([
    `Peeked 3 messages of ${screen.queue}`,
    '2 new messages, 1 gone',
    'Nothing new',
    'Showing 2 of 4',
    'Showing all 4',
    'Received 1 message',
    'Details are open. F6 goes to them, Esc closes them.',
    'Deleting 1 message',
    'Kept 1 message',
  ]);
});
