import { AccountSASPermissions } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { connect, connectForm, giveSecret } from './connect-form';
import { expect, test } from './fixtures';
import { readDocument, readKeptRequests, readStorage, saved, watch } from './where-secrets-hide';

/** Visits the screens and calls `look` at each; returns the files that were exported on the way. */
async function workThrough(page: Page, look: (where: string) => Promise<void>): Promise<string[]> {
  const files: string[] = [];
  await page.getByRole('link', { name: /^cargo,/ }).click();
  await page
    .getByRole('row', { name: /Select message/ })
    .first()
    .waitFor();
  await look('messages');
  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await page.getByRole('img', { name: /^Leased by you/ }).click();
  await page.getByRole('timer', { name: /^Lease,/ }).waitFor();
  await look('details of a leased message');
  await page.getByRole('button', { name: /^Edit/ }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Message body' }).waitFor();
  await look('edit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const add = page.getByRole('dialog', { name: 'Add message' });
  await add.getByRole('textbox', { name: 'Message body' }).fill('one more crate');
  for (const tab of await add.getByRole('tab').all()) {
    await tab.click();
    await look(`code equivalent ${await tab.textContent()}`);
  }
  await add.getByRole('button', { name: 'Add message' }).click();
  await add.waitFor({ state: 'detached' });
  // A job, its end, and an export.
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const exporting = page.getByRole('dialog', { name: /^Export/ });
  files.push(await saved(page, exporting.getByRole('button', { name: 'Export all messages' })));
  await look('an export');
  await page.getByRole('button', { name: 'Save report' }).first().click();
  files.push(await saved(page, page.getByRole('menuitem', { name: /^As CSV/ })));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor();
  await look('commands');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Requests/ }).click();
  await page.getByRole('grid', { name: 'Wire log' }).getByRole('row').nth(1).click();
  await page.getByRole('region', { name: 'Request details' }).waitFor();
  await look('requests drawer');
  await page.getByRole('button', { name: 'Open wire inspector' }).click();
  const log = page.getByRole('grid', { name: 'Wire log' });
  for (const operation of ['Add message', 'Receive 1', 'List queues']) {
    await log.getByRole('row', { name: operation }).first().click();
    await page.getByRole('heading', { level: 2, name: operation }).waitFor();
    await look(`wire, ${operation}`);
    await page.getByRole('tab', { name: /^Headers/ }).click();
    await look(`answer to ${operation}`);
  }
  files.push(await saved(page, page.getByRole('button', { name: 'Export HAR' })));
  await page.getByText(/^Exported \d+ requests, keys left out$/).waitFor();
  await look('HAR');
  await page.getByRole('button', { name: /^Copy as curl/ }).click();
  await page.getByText('Copied as curl, key left out').waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await look('settings');
  await page.getByRole('button', { name: /^Access to (harborlane|cornerfold)$/ }).click();
  await page
    .getByRole('dialog', { name: /^Access to/ })
    .getByText('What this page may do there')
    .waitFor();
  await look('access');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Add connection' }).click();
  await page.getByRole('heading', { level: 2, name: 'Your connections' }).waitFor();
  await look('connect');
  return files;
}

test('an account key is not found anywhere after connecting and working, and is not sent', async ({
  page,
  context,
  accounts,
  app,
}) => {
  const { harborlane } = accounts;
  const { key } = harborlane;
  const queue = harborlane.client.getQueueClient('cargo');
  await queue.createIfNotExists();
  await queue.sendMessage('a crate');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { said, asked } = await watch(page, context);
  await connect(page, harborlane);
  // As Base64, URL-encoded, and as bytes.
  const forms = [key, encodeURIComponent(key), key.slice(8, 40), Buffer.from(key, 'base64').toString('latin1')];
  const holdsSecret = (text: string) => forms.some((form) => text.includes(form));
  const found: string[] = [];
  const look = async (where: string) => {
    if (holdsSecret(await page.evaluate(readDocument))) found.push(where);
  };

  const files = await workThrough(page, look);
  expect(found).toEqual([]);
  expect(files.map((text) => text.includes('a crate'))).toEqual([true, false, true]);
  expect(files.filter(holdsSecret)).toEqual([]);
  // The string that was signed is not there either.
  expect(files.join('')).not.toMatch(/SharedKey harborlane:[A-Za-z0-9+/]/);

  const stored = await page.evaluate(readStorage);
  expect(holdsSecret(stored.text)).toBe(false);
  // The key of the vault itself; the account key is in memory alone.
  expect(stored.keys).toBe(1);
  expect(stored.extractable).toBe(0);

  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('$SAS_TOKEN');
  expect(holdsSecret(copied)).toBe(false);
  expect(said.filter(holdsSecret)).toEqual([]);
  expect(asked.filter(({ url, body }) => holdsSecret(url + body))).toEqual([]);

  const hosts = new Set(asked.map(({ url }) => new URL(url).origin));
  expect(hosts).toEqual(new Set([app, new URL(harborlane.endpoint).origin]));
});

test('a shared access signature is in its requests only', async ({ page, context, accounts, app }) => {
  const { cornerfold } = accounts;
  const queue = cornerfold.client.getQueueClient('cargo');
  await queue.createIfNotExists();
  await queue.sendMessage('a crate');
  const url = cornerfold.client.generateAccountSasUrl(
    new Date(Date.now() + 3_600_000),
    AccountSASPermissions.parse('rwdlacup'),
    'sco',
  );
  const signature = new URL(url).searchParams.get('sig') ?? '';
  expect(signature).toMatch(/^.{43}=$/);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { said, asked } = await watch(page, context);
  const forms = [signature, encodeURIComponent(signature), signature.slice(2, 30)];
  const holdsSecret = (text: string) => forms.some((form) => text.includes(form));
  const found: string[] = [];
  const look = async (where: string) => {
    if (holdsSecret(await page.evaluate(readDocument))) found.push(where);
  };

  await page.goto('/#/connect');
  const { form, details, submit } = connectForm(page);
  await details.fill(url);
  await expect(form.getByRole('status', { name: 'Recognised as a shared access signature URL' })).toBeVisible();
  await look('what was pasted');
  // It is shown on demand only, which proves that a look would find it.
  await form.getByRole('button', { name: 'Show key' }).click();
  expect(holdsSecret(await page.evaluate(readDocument))).toBe(true);
  await form.getByRole('button', { name: 'Hide key' }).click();
  await submit.click();
  await expect(page).toHaveURL(new RegExp(`#/q/${connectionId(cornerfold)}$`));
  const files = await workThrough(page, look);
  expect(found).toEqual([]);
  expect(files.map((text) => text.includes('a crate'))).toEqual([true, false, true]);
  expect(files.filter(holdsSecret)).toEqual([]);

  const stored = await page.evaluate(readStorage);
  expect(holdsSecret(stored.text)).toBe(false);
  expect(stored.extractable).toBe(0);
  expect(holdsSecret(await page.evaluate(() => navigator.clipboard.readText()))).toBe(false);
  expect(said.filter(holdsSecret)).toEqual([]);
  const { origin } = new URL(cornerfold.endpoint);
  const signed = asked.filter(({ url: one }) => holdsSecret(one));
  expect(signed.length).toBeGreaterThan(5);
  expect(new Set(signed.map(({ url: one }) => new URL(one).origin))).toEqual(new Set([origin]));
  expect(new Set(asked.map(({ url: one }) => new URL(one).origin))).toEqual(new Set([app, origin]));

  // The browser keeps no address of a request, which would have the signature.
  expect(await page.evaluate(readKeptRequests)).toEqual([]);

  await page.reload();
  await page.goto(`/#/q/${connectionId(cornerfold)}`);
  await giveSecret(page, url);
  expect(holdsSecret(await page.evaluate(readDocument))).toBe(false);
  await expect(page.getByRole('link', { name: /^cargo,/ })).toBeVisible();
});

test('the connect form stores nothing that was typed when it fails', async ({ page, accounts }) => {
  const { endpoint, key } = accounts.harborlane;
  await page.goto('/#/connect');
  const { details, key: field, submit, form } = connectForm(page);
  await details.fill(endpoint);
  await field.pressSequentially(key.replace('P', 'Q'));
  await submit.click();
  await expect(form.getByRole('alert', { name: 'Azure refused the signature' })).toBeVisible();

  // The field holds the text and shows dots; no attribute has it.
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  expect(html).not.toContain(key.slice(4, 40));
  await expect(field).toHaveAttribute('autocomplete', 'off');
  await page.reload();
  expect((await page.evaluate(readStorage)).text).not.toContain(key.slice(4, 40));
  await expect(field).toBeHidden();
});

test('a connection string in a field that the address holds is left out and offered to Connect', async ({
  page,
  context,
  accounts,
}) => {
  const { harborlane, cornerfold } = accounts;
  const queue = harborlane.client.getQueueClient('cargo');
  await queue.createIfNotExists();
  await queue.sendMessage('{"a":1}');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(page, harborlane);
  await page.getByRole('link', { name: /^cargo,/ }).click();
  const pasted = cornerfold.connectionString;
  await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
  const isHeld = async () =>
    (await page.evaluate(readDocument)).includes(cornerfold.key) ||
    (await page.evaluate(readStorage)).text.includes(cornerfold.key);
  const offer = page.getByText('This looks like a connection string with account key. Connect with it?');
  const expectOffer = async () => {
    await expect(offer).toBeVisible();
    expect(await isHeld()).toBe(false);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(offer).toBeHidden();
  };
  const textbox = (name: string) => page.getByRole('textbox', { name });

  for (const name of ['Filter messages', 'Filter queues']) {
    await textbox(name).click();
    await page.keyboard.press('Control+v');
    await expectOffer();
    await expect(textbox(name)).toHaveValue('');
  }
  // Typed, or filled by a script: the address refuses it whatever the field is.
  await textbox('Filter messages').fill(pasted);
  await expectOffer();
  await page.getByRole('button', { name: 'Filter by expression' }).click();
  await textbox('Expression over the decoded JSON').click();
  await page.keyboard.press('Control+v');
  await expect(offer).toBeVisible();
  await expect(textbox('Expression over the decoded JSON')).toHaveValue('');
  await textbox('Expression over the decoded JSON').fill(`x = "${cornerfold.key}"`);
  await textbox('Name of the expression').fill('mine');
  await page.getByRole('button', { name: 'Save' }).click();
  const bare = page.getByText('This looks like an account key. Connect with it?');
  await expect(bare).toBeVisible();
  expect((await page.evaluate(readStorage)).text).not.toContain(cornerfold.key);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).click();
  await page.keyboard.press('Control+v');
  await expect(offer).toBeVisible();
  await expect(bare).toBeHidden();
  expect(await isHeld()).toBe(false);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => location.href)).not.toContain(encodeURIComponent(cornerfold.key));

  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const { form, submit } = connectForm(page);
  await expect(form.getByRole('status', { name: /^Recognised as a connection string/ })).toBeVisible();
  expect(await isHeld()).toBe(false);
  await submit.click();
  await page.getByRole('heading', { level: 1, name: cornerfold.name }).waitFor();
});

test('a link with a key or a signature is cleaned, also where the browser lists it, and told', async ({
  page,
  accounts,
  app,
}) => {
  const { key, connectionString } = accounts.harborlane;
  const told = page.getByText('There was a key in this address');
  const isHeld = async () => {
    const document = await page.evaluate(readDocument);
    return [key, encodeURIComponent(key), 'AccountKey'].some((form) => document.includes(form));
  };
  await page.goto(`/#/q/harborlane/orders?filter=${encodeURIComponent(connectionString)}&where=total`);
  await expect(told).toBeVisible();
  expect(await isHeld()).toBe(false);
  expect(page.url()).toBe(`${app}/#/q/harborlane/orders?where=total`);
  await expect(page.getByRole('form', { name: 'Connect an account' })).toBeVisible();

  // In the address bar of an open page.
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeHidden();
  await page.evaluate((text) => (location.hash = `#/connect?text=${encodeURIComponent(text)}`), connectionString);
  await expect(told).toBeVisible();
  expect(page.url()).toBe(`${app}/#/connect`);
  await page.goBack();
  expect(await isHeld()).toBe(false);

  await page.goto(`/?${new URLSearchParams({ connection: connectionString })}#/settings`);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(told).toBeVisible();
  expect(page.url()).toBe(`${app}/#/settings`);
  expect(await isHeld()).toBe(false);
});

test('keys that an earlier version stored for tabs are removed, which is said once', async ({ page, accounts }) => {
  const { name, key, endpoint } = accounts.harborlane;
  await page.goto('/#/settings');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.evaluate(
    async ([account, text, address]) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const secret = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      const owner = sessionStorage.getItem('queuescope.tab');
      const connection = { id: account, account, endpoint: address, kind: 'key', keep: 'tab', local: true, addedAt: 1 };
      await new Promise<void>((resolve) => {
        const opening = indexedDB.open('queuescope-vault');
        opening.addEventListener('success', () => {
          const change = opening.result.transaction('entries', 'readwrite');
          change.objectStore('entries').put({ owner, connection, secret }, `${owner}/${account}`);
          change.addEventListener('complete', () => resolve());
        });
      });
    },
    [name, key, endpoint] as const,
  );
  expect((await page.evaluate(readStorage)).keys).toBe(2);

  await page.reload();
  const told = page.getByText('Keys that an earlier version stored for tabs are removed');
  await expect(told).toBeVisible();
  await expect(page.getByText('clear the data of this site, or rotate the keys')).toBeVisible();
  expect((await page.evaluate(readStorage)).keys).toBe(1);
  await page.goto(`/#/q/${name}`);
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('form', { name: 'Enter the account key' })).toBeVisible();
  await expect(told).toBeHidden();
});
