import { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { connect } from './connect-form';
import { expect, test } from './fixtures';

/** Opens the service properties from the menu of the account. */
async function openProperties(page: Page, account: string) {
  await page.getByRole('button', { name: new RegExp(`^Account ${account}`) }).click();
  await page.getByRole('menuitem', { name: 'Service properties' }).click();
  const dialog = page.getByRole('dialog', { name: `Service properties of ${account}` });
  await expect(dialog.getByRole('tab', { name: 'CORS rules' })).toBeVisible();
  return dialog;
}

test('CORS rules are changed with a warning before they lock this page out, and other settings survive', async ({
  page,
  app,
  accounts,
}) => {
  const { client, name } = accounts.alterable;
  const retentionPolicy = { enabled: true, days: 11 };
  const queueAnalyticsLogging = { version: '1.0', read: true, write: false, deleteProperty: true, retentionPolicy };
  const hourMetrics = { version: '1.0', enabled: true, includeAPIs: true, retentionPolicy };
  await client.setProperties({ queueAnalyticsLogging, hourMetrics });
  await connect(page, accounts.alterable);
  const dialog = await openProperties(page, name);
  const save = dialog.getByRole('button', { name: 'Save properties' });

  await expect(dialog.getByRole('status', { name: 'This page' })).toContainText(`${app} is allowed by these rules`);
  await dialog.getByRole('button', { name: 'Edit rule 1' }).click();
  await dialog.getByRole('textbox', { name: 'Allowed origins' }).fill('https://partner.example');
  await expect(dialog.getByRole('alert')).toContainText('These rules lock this page out');
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('button', { name: 'Allow this page' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(0);

  await dialog.getByRole('tab', { name: 'Minute metrics' }).click();
  await dialog.getByRole('switch', { name: 'Collect minute metrics' }).click();
  const sent = page.waitForRequest((request) => request.method() === 'PUT');
  await save.click();
  expect((await sent).postData()).not.toMatch(/Logging|HourMetrics/);
  await expect(dialog).toBeHidden();

  const stored = await client.getProperties();
  expect(stored.cors?.map(({ allowedOrigins }) => allowedOrigins)).toEqual([app, 'https://partner.example']);
  expect(stored).toMatchObject({ queueAnalyticsLogging, hourMetrics, minuteMetrics: { enabled: true } });
});

test('a policy created here applies to signatures of the official client until it is removed here', async ({
  page,
  accounts,
  queueName,
}) => {
  const { client } = accounts.alterable;
  const queue = client.getQueueClient(queueName('shared'));
  await queue.create();
  await queue.sendMessage('for readers');
  await connect(page, accounts.alterable);
  await page.getByRole('link', { name: new RegExp(`^${queue.name},`) }).click();
  const dialog = page.getByRole('dialog', { name: `Access policies of ${queue.name}` });
  const open = async () => {
    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: 'Access policies' }).click();
  };
  const save = dialog.getByRole('button', { name: 'Save policies' });

  await open();
  await dialog.getByRole('button', { name: 'Add policy' }).click();
  await dialog.getByRole('textbox', { name: 'Id of policy 1' }).fill('readers');
  await dialog.getByRole('textbox', { name: 'Expiry of policy 1' }).fill('2099-12-31');
  await save.click();
  await expect(dialog).toBeHidden();

  const shared = new QueueClient(queue.generateSasUrl({ identifier: 'readers' }));
  expect((await shared.peekMessages()).peekedMessageItems).toMatchObject([{ messageText: 'for readers' }]);
  await expect(shared.sendMessage('not allowed')).rejects.toMatchObject({ statusCode: 403 });

  await open();
  await dialog.getByRole('button', { name: 'Remove readers' }).click();
  await expect(dialog).toContainText('Every shared access signature that names “readers” stops working at once.');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(shared.peekMessages()).rejects.toMatchObject({ statusCode: 403 });
  await queue.delete();
});

test('reading the secondary is marked, and changes nothing', async ({ page, accounts, queueName }) => {
  const { client, name } = accounts.harborlane;
  const queue = client.getQueueClient(queueName('twice'));
  await queue.create();
  await queue.sendMessage('in both places');
  await connect(page, accounts.harborlane);
  await page.getByRole('link', { name: new RegExp(`^${queue.name},`) }).click();
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);
  const dialog = await openProperties(page, name);
  await dialog.getByRole('tab', { name: 'Geo-replication' }).click();
  await expect(dialog).toContainText('live');
  await expect(dialog).toContainText(/Up to \d+ s/);

  const peeked = page.waitForRequest((request) => request.url().includes(`/${queue.name}/messages?peekonly`));
  await dialog.getByRole('button', { name: 'Read from the secondary' }).click();
  expect((await peeked).url()).toContain(`/${name}-secondary/${queue.name}/`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Reading the secondary, read-only, up to \d+ s behind$/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);

  await page.getByRole('button', { name: 'More queue actions' }).click();
  const clear = page.getByRole('menuitem', { name: 'Clear queue' });
  await expect(clear).toHaveAttribute('aria-disabled', 'true');
  await expect(clear).toHaveAccessibleDescription('This page reads the secondary endpoint, which is read-only');
  await page.keyboard.press('Escape');
  await expect(clear).toBeHidden();
  await page.getByRole('button', { name: 'Back to the primary' }).click();
  await expect(page.getByText(/^Reading the secondary/)).toHaveCount(0);
  await queue.delete();
});
