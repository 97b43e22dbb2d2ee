import { connectionId } from './accounts';
import { connect, connectForm } from './connect-form';
import { expect, test } from './fixtures';

test('the address holds queue, message, mode and filter; reload, back and forward follow it', {
  tag: '@engines',
}, async ({ page, azurite, queueName }) => {
  const name = queueName('place');
  const queue = azurite.getQueueClient(name);
  await queue.create();
  const { messageId } = await queue.sendMessage('alpha');
  await queue.sendMessage('beta');
  const at = `#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;
  const hash = () => page.evaluate(() => location.hash);
  const row = page.getByRole('row', { name: `Select message ${messageId.slice(0, 8)}` });
  const details = page.getByRole('complementary', { name: `Message ${messageId.slice(0, 8)}` });
  await page.goto('/');

  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await expect.poll(hash).toBe(`${at}/${name}`);
  await row.click();
  await expect.poll(hash).toBe(`${at}/${name}/${messageId}`);
  await expect(details).toBeVisible();
  await page.getByRole('radio', { name: 'Receive' }).click();
  await expect.poll(hash).toBe(`${at}/${name}/${messageId}?mode=receive`);
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('al pha');
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('alpha');
  await expect.poll(hash).toBe(`${at}/${name}/${messageId}?mode=receive&filter=alpha`);

  await page.reload();
  await expect(details).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Receive' })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('alpha');
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(1);

  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page).toHaveTitle('Settings · Queuescope');
  await page.goBack();
  await expect(details).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('alpha');
  await expect(page).toHaveTitle(new RegExp(`^${name}, .* · Queuescope$`));
  // Filter and mode add no steps to the history; opening a message does.
  while ((await hash()) !== at) await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: azurite.accountName })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('the address of an open message is a link for others, who are asked for the key and then see it', {
  tag: '@engines',
}, async ({ page, browser, accounts, app }) => {
  const { harborlane } = accounts;
  const queue = harborlane.client.getQueueClient('shared');
  await queue.createIfNotExists();
  await queue.clearMessages();
  const { messageId } = await queue.sendMessage('look at this');
  await connect(page, harborlane);
  await page.getByRole('link', { name: /^shared/ }).click();
  await page.getByRole('row', { name: /Select message/ }).click();
  await expect(page).toHaveURL(new RegExp(messageId));
  const link = page.url();
  expect(link).not.toContain(encodeURIComponent(harborlane.key).slice(0, 20));

  const context = await browser.newContext({ baseURL: app });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('status').filter({ hasText: 'This address leads to' })).toContainText(harborlane.name);
  const { details, submit } = connectForm(other);
  await details.fill(harborlane.connectionString);
  await submit.click();
  await expect(other.getByRole('complementary', { name: `Message ${messageId.slice(0, 8)}` })).toContainText(
    'look at this',
  );
  expect(other.url()).toBe(link);
  await context.close();
});

test('a link to an account of Azure fills its name in', { tag: '@engines' }, async ({ page }) => {
  await page.goto('/#/q/harborlaneprod/ledger');
  const { details, form } = connectForm(page);

  await expect(page.getByRole('status').filter({ hasText: 'This address leads to harborlaneprod' })).toBeVisible();
  await expect(details).toHaveValue('harborlaneprod');
  await expect(form.getByRole('status', { name: 'Recognised as an account name' })).toBeVisible();
});

test('an address of something unknown leads somewhere useful', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
}) => {
  const at = `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;
  for (const unknown of ['/#/nowhere', '/#/connect/more', '/#/q', '/#/%E0%A4%A']) {
    await page.goto(unknown);
    await expect(page.getByRole('heading', { level: 1, name: azurite.accountName }), unknown).toBeVisible();
  }

  const missing = queueName('missing');
  await page.goto(`${at}/${missing}`);
  const alert = page.getByRole('alert').filter({ hasText: `${missing} does not exist` });
  await expect(alert).toContainText('404 QueueNotFound');
  await alert.getByRole('button', { name: `Create ${missing}` }).click();
  await expect(page.getByRole('textbox', { name: 'Queue name' })).toHaveValue(missing);
  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect(page.getByRole('status').filter({ hasText: `${missing} is empty` })).toBeVisible();

  await page.goto(`${at}/${missing}/0b1f6c4e-0000-4000-8000-000000000000`);
  await expect(page.getByRole('complementary', { name: 'Message 0b1f6c4e' })).toContainText(
    'This message is not among those loaded',
  );
  await page.goto('/#/wire/gone-1');
  await expect(page.getByText('This request is no longer in the log')).toBeVisible();
});

test('a malicious queue name is shown as text', { tag: '@engines' }, async ({ page, azurite }) => {
  const at = `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;
  await page.goto(
    `${at}/${encodeURIComponent('<img src=x onerror=alert(1)>')}?filter=${encodeURIComponent('"><script>')}`,
  );

  await expect(page.getByRole('heading', { level: 1, name: '<img src=x onerror=alert(1)>' })).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});
