import { AccountSASPermissions } from '@azure/storage-queue';
import type { Page, Route } from '@playwright/test';
import { connectionId, type TestAccount } from './accounts';
import { connectForm, giveSecret, setPassphrase, unlock } from './connect-form';
import { expect, test } from './fixtures';

/** Connects by an account SAS with these permissions. */
async function connectBySas(page: Page, account: TestAccount, permissions: string) {
  const inAnHour = new Date(Date.now() + 3_600_000);
  const url = account.client.generateAccountSasUrl(inAnHour, AccountSASPermissions.parse(permissions), 'sco');
  await page.goto('/#/connect');
  const { details, submit } = connectForm(page);
  await details.fill(url);
  await submit.click();
  await expect(page).toHaveURL(new RegExp(`#/q/${connectionId(account)}$`));
}

async function aQueue({ client }: TestAccount, name: string, ...texts: string[]) {
  const queue = client.getQueueClient(`${name}-${Date.now().toString(36)}`);
  await queue.create();
  for (const text of texts) await queue.sendMessage(text);
  return queue;
}

const openQueue = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^${name},`) }).click();

test('an action that the signature does not allow is off and says why, by pointer, by key and in the palette', async ({
  page,
  accounts,
}) => {
  const queue = await aQueue(accounts.cornerfold, 'lacking', 'a crate');
  await connectBySas(page, accounts.cornerfold, 'rl');
  await openQueue(page, queue.name);
  await expect(page.getByRole('row', { name: /Select message/ })).toBeVisible();

  const add = page.getByRole('button', { name: 'Add message' }).first();
  await expect(add).toBeDisabled();
  await expect(add).toHaveAccessibleDescription('This SAS lacks the letter a (add), which adding messages needs.');
  await expect(page.getByRole('radio', { name: 'Receive' })).toHaveAccessibleDescription(/p \(process\)/);
  await expect(page.getByRole('radio', { name: 'Peek' })).toBeEnabled();

  await page.keyboard.press('n');
  const notes = page.getByRole('region', { name: 'Notifications' });
  await expect(notes.getByText('This SAS lacks the letter a (add)')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('new queue');
  await expect(page.getByRole('option', { name: /New queue.*c \(create\) or w \(write\)/ })).toBeVisible();
});

/** Azure's answer to a request without permission. */
const refuse = (route: Route) =>
  route.request().method() === 'POST'
    ? route.fulfill({
        status: 403,
        headers: { 'access-control-allow-origin': '*', 'content-type': 'application/xml' },
        body: '<?xml version="1.0"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>No.</Message></Error>',
      })
    : route.fallback();

test('a refusal turns an action off until it is checked again', async ({ page, accounts }) => {
  const queue = await aQueue(accounts.cornerfold, 'refused', 'a crate');
  await connectBySas(page, accounts.cornerfold, 'rwdlacup');
  await openQueue(page, queue.name);
  const puts = (url: URL) => url.pathname.endsWith(`${queue.name}/messages`);
  await page.route(puts, refuse);

  const add = page.getByRole('button', { name: 'Add message' }).first();
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill('one more crate');
  await dialog.getByRole('button', { name: 'Add message' }).click();
  const missing = 'Put Message needs a (add) among the permissions (sp) of the signature.';
  await expect(dialog.getByText(missing)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add message' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(add).toHaveAccessibleDescription(`Azure refused it. ${missing}`);

  await page.unroute(puts, refuse);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Environment and access' }).click();
  const access = page.getByRole('dialog', { name: /^Access to/ });
  await expect(access.getByRole('listitem').filter({ hasText: 'Put Message' })).toContainText('Not allowed');
  await access.getByRole('button', { name: 'Check again' }).click();
  await expect(access.getByRole('listitem').filter({ hasText: 'Put Message' })).toContainText('Allowed');
  await access.getByRole('button', { name: 'Done' }).click();
  await expect(add).toBeEnabled();
});

test('a production account starts read-only: nothing that changes it leaves the page until that is allowed', async ({
  page,
  accounts,
}) => {
  const { harborlaneprod } = accounts;
  const queue = await aQueue(harborlaneprod, 'orders', 'a crate', 'another');
  const changing: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname, searchParams } = new URL(request.url());
    if (origin !== new URL(harborlaneprod.endpoint).origin || request.method() === 'OPTIONS') return;
    const isReceive = pathname.endsWith('/messages') && searchParams.get('peekonly') !== 'true';
    if (request.method() !== 'GET' || isReceive) changing.push(`${request.method()} ${request.url()}`);
  });

  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(harborlaneprod.connectionString);
  await expect(form.getByRole('combobox', { name: 'Environment' })).toHaveValue('PROD');
  await expect(form.getByRole('switch', { name: 'Read-only' })).toBeChecked();
  await submit.click();
  await openQueue(page, queue.name);
  await expect(page.getByRole('button', { name: /^harborlaneprod.*, production$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Select message/ })).toHaveCount(2);

  // By buttons, by an address, by keys, and by anything else that opens a dialog.
  for (const name of ['Add message', 'Import', 'Export', 'New queue'])
    await expect(page.getByRole('button', { name, exact: true }).first()).toBeDisabled();
  await page.goto(`/#/q/${connectionId(harborlaneprod)}/${queue.name}?mode=receive`);
  await expect(page.getByRole('button', { name: '1 for 30 s' })).toHaveAccessibleDescription(/^Read-only: receiving/);
  await expect(page.getByRole('region', { name: 'Receive' })).toContainText('Read-only: receiving would hide messages');
  await page.getByRole('button', { name: '1 for 30 s' }).click({ force: true });
  for (const key of ['n', 'm', 'e', 'x', 'u', 'Delete']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Metadata' }).click();
  const metadata = page.getByRole('dialog', { name: /^Metadata/ });
  await expect(metadata.getByText('PROD')).toBeVisible();
  await expect(metadata.getByRole('button', { name: 'Save metadata' })).toHaveAccessibleDescription(/^Read-only/);
  await page.keyboard.press('Escape');
  expect(changing).toEqual([]);

  await page.getByRole('button', { name: 'Read-only, allow changes' }).click();
  const allow = page.getByRole('dialog', { name: /^Allow changes to harborlaneprod/ });
  await expect(allow.getByRole('button', { name: 'Keep read-only' })).toBeFocused();
  await allow.getByRole('button', { name: 'Allow until this tab closes' }).click();
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await expect(page.getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  expect(changing.length).toBeGreaterThan(0);

  // In production deleting one message asks too.
  await page.getByRole('img', { name: /^Leased by you/ }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete 1 message?' });
  await expect(deleting.getByText('PROD')).toBeVisible();
  await deleting.getByRole('button', { name: 'Delete 1 message' }).click();
  await expect.poll(async () => (await queue.getProperties()).approximateMessagesCount).toBe(1);

  await page.reload();
  await giveSecret(page, harborlaneprod.key);
  await expect(page.getByRole('button', { name: 'Read-only, allow changes' })).toBeVisible();
});

test('a connection under a passphrase waits for it, and can be forgotten', async ({ page, accounts }) => {
  const { harborlane } = accounts;
  const queue = await aQueue(harborlane, 'kept', 'a crate');
  await page.goto('/#/settings');
  await page.getByRole('button', { name: 'Set passphrase' }).click();
  const setting = page.getByRole('dialog', { name: 'Set a passphrase' });
  await setting.getByLabel('New passphrase', { exact: true }).fill('harbour at night');
  await setting.getByLabel('New passphrase again').fill('harbour at noon');
  await setting.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(setting.getByText('It differs from the one above.')).toBeVisible();
  await setting.getByLabel('New passphrase again').fill('harbour at night');
  await setting.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(setting).toBeHidden();

  await page.goto('/#/connect');
  await connectForm(page)
    .form.getByRole('radio', { name: /^Remember on this device/ })
    .check();
  await expect(page.getByText('Encrypted under your passphrase')).toBeVisible();
  await connectForm(page).details.fill(harborlane.connectionString);
  await connectForm(page).submit.click();
  await openQueue(page, queue.name);
  await expect(page.getByRole('row', { name: /Select message/ })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { name: /^harborlane.* is locked$/ })).toBeVisible();
  const asked = page.getByRole('form', { name: 'Unlock' });
  await expect(asked.getByLabel('Passphrase')).toBeFocused();
  await asked.getByLabel('Passphrase').fill('harbour at noon');
  await asked.getByRole('button', { name: 'Unlock' }).click();
  await expect(asked.getByText('This is not the passphrase.')).toBeVisible();
  await asked.getByLabel('Passphrase').fill('harbour at night');
  await asked.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('row', { name: /Select message/ })).toBeVisible();

  await page.goto('/#/settings');
  const stored = page.getByRole('region', { name: 'What is stored' });
  await expect(
    stored.getByText(/Account key on this device, under the passphrase\. Stored .*, last used/),
  ).toBeVisible();
  await stored.getByRole('button', { name: 'Forget all' }).click();
  await page.getByRole('dialog', { name: 'Forget all?' }).getByRole('button', { name: 'Forget all' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'See what is in your queues' })).toBeVisible();
  await page.reload();
  await expect(page.getByText(/harborlane.*locked/)).toBeHidden();
});

test('a connection under a passphrase that was changed where it is stored sends nothing, and says so', async ({
  page,
  accounts,
}) => {
  const { harborlane, cornerfold } = accounts;
  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await form.getByRole('radio', { name: /^Remember on this device/ }).click();
  await setPassphrase(page, 'harbour at night');
  await expect(form.getByRole('radio', { name: /^Remember on this device/ })).toBeChecked();
  await details.fill(harborlane.connectionString);
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name: harborlane.name })).toBeVisible();

  await page.evaluate(
    (endpoint) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('queuescope-vault');
        opening.addEventListener('success', () => {
          const objects = opening.result.transaction('entries', 'readwrite').objectStore('entries');
          const walking = objects.openCursor();
          walking.addEventListener('success', () => {
            const cursor = walking.result;
            if (cursor?.value.connection?.isProtected)
              cursor.update({ ...cursor.value, connection: { ...cursor.value.connection, endpoint } });
            cursor?.continue();
          });
          objects.transaction.addEventListener('complete', () => resolve());
        });
      }),
    cornerfold.endpoint,
  );
  await page.reload();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await unlock(page, 'harbour at night');
  await expect(page.getByRole('heading', { name: /^harborlane.* does not open$/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Something else changed it');
  await expect(page.getByRole('main')).toContainText(cornerfold.endpoint);
  await page.getByRole('main').getByRole('button', { name: 'Forget it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget connection' }).click();
  await expect(page.getByRole('heading', { name: /does not open$/ })).toBeHidden();
  expect(asked.filter((url) => url.includes(harborlane.name) || url.startsWith(cornerfold.endpoint))).toEqual([]);
});
