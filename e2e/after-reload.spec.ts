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
  await expect.poll(() => lengthOf(to)).toBeGreaterThan(1);

  page.once('dialog', (asked) => void asked.accept());
  await page.reload();
  const main = page.getByRole('main');
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await expect(main).toContainText(`1 job of it was cut off by the reload: ${from.name} to ${to.name}.`);
  await expect(main).toContainText(/Live stands still since \d\d:\d\d/);
  await expect(main).toContainText(/leased by this tab until/);
  await expect(jobs(page)).toContainText(/Cut off by a reload: moved \d+ of 12 messages/);
  const goOn = jobs(page).getByRole('button', { name: 'Go on' });
  await expect(goOn).toBeHidden();

  await giveSecret(page, harborlane.key);
  // Live goes on: what somebody else adds appears by itself.
  await from.sendMessage('a late crate');
  await expect(page.getByRole('gridcell', { name: /a late crate/ })).toBeVisible();
  await page
    .getByRole('button', { name: /^Release/ })
    .first()
    .click();
  await goOn.click();
  await expect(dialog).toContainText(/Move about \d+ messages/);
  await dialog.getByRole('combobox', { name: 'To queue' }).fill(to.name);
  await dialog.getByRole('button', { name: 'Move all messages' }).click();
  await expect(jobs(page)).toContainText(/Moved \d+ messages/);
  await expect(jobs(page).getByText(/^Cut off/)).toBeHidden();
  expect(await lengthOf(from)).toBe(0);
  const texts = (await to.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(
    ({ messageText }) => messageText,
  );
  expect(new Set(texts)).toEqual(
    new Set([...Array.from({ length: 12 }, (_, index) => `crate ${index}`), 'a late crate']),
  );

  // It is told once.
  await page.reload();
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await expect(main).not.toContainText('cut off');
});
