import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { connect, giveSecret } from './connect-form';
import { expect, test } from './fixtures';

// What a reload of a connection for this tab leaves standing until its key is given again.

const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });

test('a job that a reload cuts off, Live and leases are shown while the key is asked for, and go on with it', async ({
  page,
  accounts,
}) => {
  const { harborlane } = accounts;
  const [from, to] = ['cut-off-from', 'cut-off-to'].map((name) => harborlane.client.getQueueClient(name));
  if (!from || !to) throw new Error('No queues');
  await from.createIfNotExists();
  await to.createIfNotExists();
  for (let index = 0; index < 12; index++) await from.sendMessage(`crate ${index}`);
  const lengthOf = async (queue: typeof from) => (await queue.getProperties()).approximateMessagesCount;
  await connect(page, harborlane);
  await page.goto(`/#/q/${connectionId(harborlane)}/${from.name}`);
  const rows = page.getByRole('row', { name: /Select message/ });
  await expect(rows).toHaveCount(12);
  await page.getByRole('switch', { name: 'Live' }).click();
  await page.getByRole('combobox', { name: /^Refresh interval/ }).selectOption('1');

  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Move all messages' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'To queue' }).fill(to.name);
  await dialog.getByRole('spinbutton', { name: 'Messages per second' }).fill('2');
  await dialog.getByRole('button', { name: 'Move all messages' }).click();
  // What is added later than two full seconds after the beginning is not meant, see `surelyAfter`.
  await expect.poll(() => lengthOf(to)).toBeGreaterThan(6);

  page.once('dialog', (asked) => void asked.accept());
  await page.reload();
  const main = page.getByRole('main');
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await expect(main).toContainText(`1 job of it stopped: ${from.name} to ${to.name}.`);
  await expect(main).toContainText(/Live stands still since \d\d:\d\d/);
  await expect(main).toContainText(/leased by this tab until/);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('1 job stopped');

  await giveSecret(page, harborlane.key);
  const strip = page.getByRole('region', { name: `Interrupted job: move of ${from.name}` });
  await expect(strip).toContainText(/Move of cut-off-from stopped at \d+ of 12 at \d\d:\d\d/);
  await expect(strip).toContainText(/\d+ are hidden until \d\d:\d\d:\d\d/);
  // It tells of these messages, so that nothing else does.
  await expect(main).not.toContainText('still leased by this tab');
  // Live goes on: what somebody else adds appears by itself, and the job leaves it alone.
  await from.sendMessage('a late crate');
  await expect(page.getByRole('gridcell', { name: /a late crate/ })).toBeVisible();
  await strip.getByRole('button', { name: /^Continue with \d+$/ }).click();
  await expect(jobs(page)).toContainText(/Moved \d+ (?:of \d+ )?messages/);
  await expect(strip).toBeHidden();
  const textsIn = async (queue: typeof from) =>
    (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems
      .map(({ messageText }) => messageText)
      .toSorted();
  expect(await textsIn(from)).toEqual(['a late crate']);
  const moved = await textsIn(to);
  expect([...new Set(moved)]).toEqual(Array.from({ length: 12 }, (_, index) => `crate ${index}`).toSorted());
  // One that was on its way when the page went may be there twice, and is named.
  await expect(jobs(page)).toContainText(
    moved.length > 12 ? `${moved.length - 12} may be there twice` : /Moved \d+ (?:of \d+ )?messages/,
  );

  // It is told once.
  await page.reload();
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await expect(main).not.toContainText('stopped');
});
