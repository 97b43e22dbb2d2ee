import type { Page, Route } from '@playwright/test';
import { dequeueCounts, expect, lengthOf, peeked, test, textsIn } from './queue-screen';

/** Runs `receive` and returns the receipts by message id: their owner can end the page's leases. */
async function receiptsOf(page: Page, receive: () => Promise<void>): Promise<Map<string, string>> {
  const answered = page.waitForResponse(/numofmessages=\d+&visibilitytimeout=/);
  await receive();
  const found = (await (await answered).text()).matchAll(
    /<MessageId>(.*?)<\/MessageId>.*?<PopReceipt>(.*?)<\/PopReceipt>/gs,
  );
  return new Map([...found].map(([, id = '', receipt = '']) => [id, receipt]));
}

test('Extend makes the lease longer, Release lease ends it at once', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, short, screen } = await seed('a');
  const [id = ''] = short;
  await screen.open({ mode: 'receive' });
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  const details = await screen.openDetails(id);
  const timer = details.getByRole('timer');
  await expect(timer).toHaveAccessibleName(/^Lease, (30|2\d) seconds left$/);

  await details.getByRole('button', { name: 'Choose how long to extend' }).click();
  await page.getByRole('menuitem', { name: 'For 15 min from now' }).click();
  await expect(timer).toHaveAccessibleName(/^Lease, (15|14) minutes left$/);
  // The second extension needs the receipt of the first.
  await page.keyboard.press('x');
  await expect(screen.leases).toHaveAccessibleName(/^Leased by you, (15:00|14:5\d) left$/);
  expect(await peeked(queue)).toEqual([]);

  await details.getByRole('button', { name: /^Release lease/ }).click();
  await expect(screen.notes).toContainText('Lease released');
  expect(await dequeueCounts(queue)).toEqual([1]);
  await expect(details.getByRole('button', { name: 'Lease it' })).toBeVisible();
});

test('a press on a row counts, though what comes of a receive pushes the row away before the release', async ({
  page,
  seed,
}) => {
  const { short, screen } = await seed('a', 'b');
  const second = screen.row(short[1] ?? '');
  await screen.open({ mode: 'receive' });
  const held: Route[] = [];
  await page.route(/numofmessages=1&visibilitytimeout=/, (route) => void held.push(route));
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await second.hover();
  const before = await second.boundingBox();
  await page.mouse.down();
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect(page.getByText('Received 1 message')).toBeVisible();
  expect((await second.boundingBox())?.y).toBeGreaterThan((before?.y ?? 0) + (before?.height ?? 0) / 2);
  await page.mouse.up();
  await expect(screen.details(short[1] ?? '')).toBeVisible();
});

test('an edit saves the new text and keeps the lease, and raises no dequeue count', async ({ page, seed }) => {
  const { queue, short, screen } = await seed('{"order":1}');
  const [id = ''] = short;
  await screen.open();
  await screen.receive16();
  const details = await screen.openDetails(id);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('{"order":9007199254740993}');
  const sent = page.waitForRequest((request) => request.method() === 'PUT');
  await page.keyboard.press('Control+Enter');

  expect((await sent).postData()).toContain('<MessageText>{"order":9007199254740993}</MessageText>');
  await expect(screen.notes).toContainText('Message saved');
  await expect(dialog).toBeHidden();
  await expect(details.getByRole('region', { name: 'Message body' })).toContainText('9007199254740993');
  await expect(screen.leases).toHaveCount(1);
  expect(await peeked(queue)).toEqual([]);

  await page.keyboard.press('u');
  await expect.poll(() => textsIn(queue)).toEqual(['{"order":9007199254740993}']);
  expect(await dequeueCounts(queue)).toEqual([1]);
});

test('a lease lost while editing keeps the draft, and leasing again saves it', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, ids, short, screen } = await seed('before');
  const [id = ''] = short;
  await screen.open();
  const receipts = await receiptsOf(page, screen.receive16);
  await screen.openDetails(id);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit message' });
  const body = dialog.getByRole('textbox', { name: 'Message body' });
  await body.fill('my draft');
  const [message = ''] = ids;
  await queue.updateMessage(message, receipts.get(message) ?? '', undefined, 0);

  await dialog.getByRole('button', { name: /^Save message/ }).click();
  await expect(dialog.getByRole('alert')).toContainText('The receipt is no longer valid');
  await expect(dialog.getByRole('alert')).toContainText('400 PopReceiptMismatch');
  await expect(body).toHaveText('my draft');
  expect(await textsIn(queue)).toEqual(['before']);

  await dialog.getByRole('button', { name: 'Lease it again' }).click();
  await expect(dialog.getByRole('alert')).toBeHidden();
  await dialog.getByRole('radio', { name: 'Release lease' }).click();
  await dialog.getByRole('button', { name: /^Save message/ }).click();
  await expect(screen.notes).toContainText('Message saved');
  expect(await textsIn(queue)).toEqual(['my draft']);
});

test('a lease that runs out while editing says so, and its draft is there when the message is leased again', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, ids, short, screen } = await seed('before');
  const [id = ''] = short;
  await page.clock.install();
  await screen.open({ mode: 'receive' });
  const receipts = await receiptsOf(page, () => page.getByRole('button', { name: '1 for 30 s' }).click());
  const details = await screen.openDetails(id);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit message' });
  const body = dialog.getByRole('textbox', { name: 'Message body' });
  await body.fill('my draft');

  await page.clock.fastForward(20_500);
  await expect(dialog.getByRole('button', { name: 'Extend' })).toBeVisible();
  await page.clock.fastForward(10_000);
  await expect(dialog.getByRole('alert')).toContainText(/Your lease ended at \d\d:\d\d:\d\d/);
  await expect(dialog.getByRole('button', { name: /^Save message/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(body).toHaveText('my draft');

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // Only the page's clock is ahead: at the service the lease ends now.
  const [message = ''] = ids;
  await queue.updateMessage(message, receipts.get(message) ?? '', undefined, 0);
  await details.getByRole('button', { name: 'Lease it again' }).click();
  await expect(details.getByRole('timer')).toBeVisible();
  await page.keyboard.press('e');
  await expect(dialog.getByText('Draft restored')).toBeVisible();
  await expect(body).toHaveText('my draft');
});

test('Lease it finds the very message that was peeked at, and releases those before it', { tag: '@engines' }, async ({
  seed,
}) => {
  const { queue, short, screen } = await seed(...Array.from({ length: 12 }, (_, index) => `message ${index}`));
  const eighth = short[7] ?? '';
  await screen.open();
  const details = await screen.openDetails(eighth);
  await details.getByRole('button', { name: 'Lease it' }).click();

  await expect(details.getByRole('timer')).toBeVisible();
  await expect(screen.notes).toContainText('7 other messages passed: released, dequeue count up by 1.');
  await expect(screen.leases).toHaveCount(1);
  await expect(screen.row(eighth).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  // The other eleven are visible; only those that were passed have been dequeued.
  expect(await textsIn(queue)).toHaveLength(11);
  expect(await textsIn(queue)).not.toContain('message 7');
  expect((await dequeueCounts(queue)).filter((count) => count === 1)).toHaveLength(7);
});

test('a delete can be undone for five seconds, after which the message is gone', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, short, screen } = await seed('a', 'b');
  const [a = '', b = ''] = short;
  await page.clock.install();
  await screen.open();
  await screen.receive16();
  await screen.openDetails(a);

  await page.keyboard.press('Delete');
  await expect(screen.row(a)).toBeHidden();
  await expect(screen.details(b)).toBeVisible();
  await page.clock.fastForward(3000);
  await screen.notes.getByRole('button', { name: 'Undo' }).click();
  await expect(screen.row(a).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  await page.clock.fastForward(10_000);
  expect(await lengthOf(queue)).toBe(2);

  await screen.row(a).click();
  await page.keyboard.press('Delete');
  await expect(screen.row(a)).toBeHidden();
  expect(await lengthOf(queue)).toBe(2);
  await page.clock.fastForward(6000);
  await expect.poll(() => lengthOf(queue)).toBe(1);
  await expect(screen.notes.getByRole('button', { name: 'Undo' })).toBeHidden();
  await expect(screen.rows).toHaveCount(1);
});

test('with less than eight seconds of lease left a delete asks first, since there is no Undo', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, short, screen } = await seed('a');
  await screen.open({ mode: 'receive' });
  // Eight seconds at first, less a moment later.
  await page.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('8');
  await page.getByRole('button', { name: 'Receive 1' }).click();
  await screen.openDetails(short[0] ?? '');

  await page.keyboard.press('Delete');

  const dialog = page.getByRole('dialog', { name: 'Delete 1 message?' });
  await expect(dialog).toContainText('A lease ends too soon for Undo');
  await dialog.getByRole('button', { name: 'Delete 1 message' }).click();
  await expect(screen.notes.getByRole('button', { name: 'Undo' })).toBeHidden();
  await expect.poll(() => lengthOf(queue)).toBe(0);
});

test('a bulk delete that fails in part says how many went, how many did not, and why', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, ids, screen } = await seed('a', 'b', 'c');
  await page.clock.install();
  await screen.open();
  const receipts = await receiptsOf(page, screen.receive16);
  await expect(screen.leases).toHaveCount(3);
  // Another consumer deletes the second one first.
  const [, second = ''] = ids;
  await queue.deleteMessage(second, receipts.get(second) ?? '');

  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
  await page
    .getByRole('toolbar', { name: /selected$/ })
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.clock.fastForward(6000);

  await expect(screen.notes.getByRole('alert')).toContainText('2 deleted, 1 not');
  await expect(screen.notes.getByRole('alert')).toContainText('404 MessageNotFound');
  expect(await lengthOf(queue)).toBe(0);
});
