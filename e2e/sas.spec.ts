import { QueueClient, QueueSASPermissions, QueueServiceClient } from '@azure/storage-queue';
import { connect, connectForm } from './connect-form';
import { expect, test } from './fixtures';

const IN_AN_HOUR = () => new Date(Date.now() + 3_600_000);

test('a connection by a signature for one queue sends requests for that queue only', async ({ page, accounts }) => {
  const { client, name, endpoint } = accounts.cornerfold;
  const queue = client.getQueueClient('one-alone');
  await queue.createIfNotExists();
  await queue.sendMessage('a crate');
  const url = queue.generateSasUrl({ permissions: QueueSASPermissions.parse('rap'), expiresOn: IN_AN_HOUR() });
  const listed: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(endpoint) && request.url().includes('comp=list')) listed.push(request.url());
  });
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(url);

  await expect(form).toContainText('Queueone-alone, valid');
  const reader = form.getByRole('region', { name: 'What this SAS allows' });
  await expect(reader.getByRole('listitem').filter({ hasText: 'Receive, allowed' })).toBeVisible();
  await expect(reader.getByRole('listitem').filter({ hasText: 'List queues, not allowed' })).toBeVisible();
  await submit.click();

  await expect(page.getByRole('heading', { level: 1, name: 'one-alone' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages in one-alone' })).toContainText('a crate');
  const queues = page.getByRole('complementary', { name: 'Queues' });
  await expect(queues.getByRole('listitem')).toHaveCount(1);
  await expect(queues.getByRole('button', { name: 'New queue' })).toHaveAttribute('aria-disabled', 'true');
  expect(listed).toEqual([]);

  await page.getByRole('button', { name: /^SAS expires in/ }).click();
  const dialog = page.getByRole('dialog', { name: 'What this SAS allows' });
  await expect(dialog).toContainText(`one-alone of ${name}`);
  await expect(dialog).toContainText('This SAS lacks the letter u (update), which updating messages needs.');
});

test('signatures created in the page are accepted, and stay masked', async ({ page, context, accounts }) => {
  const { harborlane } = accounts;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await harborlane.client.getQueueClient('signed-for').createIfNotExists();
  await harborlane.client.getQueueClient('signed-for').sendMessage('a crate');
  await connect(page, harborlane);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());

  await page.getByRole('link', { name: /^signed-for,/ }).click();
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Create a shared access signature' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a shared access signature' });
  await dialog.getByRole('checkbox', { name: 'Process p' }).check();
  await dialog.getByRole('button', { name: 'Create signature' }).click();
  await dialog.getByRole('button', { name: 'Copy URL' }).click();
  await expect.poll(copied).toContain('/signed-for?');
  const url = await copied();
  const { receivedMessageItems } = await new QueueClient(url).receiveMessages();
  expect(receivedMessageItems).toHaveLength(1);

  const signature = new URL(url).searchParams.get('sig') ?? '';
  const written = await page.evaluate(() => document.documentElement.outerHTML);
  expect(signature).toMatch(/^.{43}=$/);
  for (const form of [signature, encodeURIComponent(signature)]) expect(written).not.toContain(form);
  await dialog.getByRole('button', { name: 'Show signature' }).click();
  await expect(dialog.getByRole('region', { name: 'Signature' })).toContainText(encodeURIComponent(signature));

  await dialog.getByRole('radio', { name: 'All queues' }).click();
  await dialog.getByRole('checkbox', { name: 'List l' }).check();
  await dialog.getByRole('button', { name: 'Create signature' }).click();
  await dialog.getByRole('button', { name: 'Copy connection string' }).click();
  await expect.poll(copied).toContain('SharedAccessSignature=');
  const names: string[] = [];
  for await (const { name } of QueueServiceClient.fromConnectionString(await copied()).listQueues()) names.push(name);
  expect(names).toContain('signed-for');
});

test('a person chooses among several connections in one text', async ({ page, accounts }) => {
  const { harborlane, cornerfold } = accounts;
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  const values = { Orders: harborlane.connectionString, Stock: cornerfold.connectionString };
  await details.fill(JSON.stringify({ IsEncrypted: false, Values: values }, null, 2));
  expect(await details.inputValue()).not.toContain(harborlane.key.slice(4, 40));

  await submit.click();
  await expect(form.getByRole('alert')).toHaveText('Choose which connection to use.');
  await form.getByRole('radio', { name: /^cornerfold/ }).check();
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name: 'cornerfold' })).toBeVisible();
});
