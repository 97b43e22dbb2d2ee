import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { DIST } from '../server/command.mjs';
import { installationInMemory } from '../server/installation/installation';
import { serve } from '../server/page/serve';
import { accessToken, TENANT } from './access-tokens';
import { connectForm } from './connect-form';
import { expect, test } from './fixtures';
import { CLIENT_ID, startAuthority } from './stand-in-authority';
import { startTokenService } from './token-service';
import { readDocument, readStorage, saved, watch } from './where-secrets-hide';

/** Ms; longer than access tokens are valid. */
const TWO_HOURS = 2 * 3_600_000;

// The service and the authority have a self-signed certificate.
test.use({ ignoreHTTPSErrors: true });

const cli = (token: string) => JSON.stringify({ accessToken: token, tenant: TENANT, tokenType: 'Bearer' }, null, 2);

const deviceTime = async () => Date.now();

/** Everything that must not hold a token: the page and its unencrypted stores. */
const inTheOpen = async (page: Page) =>
  [await page.evaluate(readDocument), (await page.evaluate(readStorage)).text].join('\n');

test('a pasted token connects; when it has expired the next one is asked for in place, the draft goes out with it, and neither is anywhere to be found', async ({
  page,
  context,
  app,
  allowHost,
}) => {
  const service = await startTokenService(app);
  allowHost(service.url);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { said, asked } = await watch(page, context);
  try {
    await service.createQueue('orders');
    const first = accessToken({ time: await service.time() });
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);

    await details.fill(cli(accessToken({ time: await service.time(), audience: 'https://management.azure.com' })));
    await expect(
      form.getByText(/This token is for management\.azure\.com.*--resource https:\/\/storage/),
    ).toBeVisible();

    await details.fill(cli(first));
    await expect(form.getByRole('status', { name: 'Recognised as an access token' })).toBeVisible();
    await expect(form.getByText('ada@contoso.example')).toBeVisible();
    await form.getByLabel('Account name').fill(service.url);
    await submit.click();
    await page.getByRole('link', { name: /^orders,/ }).click();
    await page.getByRole('button', { name: 'Add message' }).first().click();
    const add = page.getByRole('dialog', { name: 'Add message' });
    await add.getByRole('textbox', { name: 'Message body' }).fill('written before the token expired');

    await service.advance(TWO_HOURS);
    await add.getByRole('button', { name: 'Add message' }).click();
    const ask = page.getByRole('dialog', { name: /^New token for/ });
    const second = accessToken({ time: Date.now(), lives: (2 * TWO_HOURS) / 1000 });
    await ask.getByRole('textbox', { name: 'Access token' }).fill(`Bearer ${second}`);
    expect(await inTheOpen(page)).not.toContain(second);
    await ask.getByRole('button', { name: 'Use this token' }).click();

    await expect.poll(() => service.peek('orders')).toContain('written before the token expired');
    await expect(ask.or(add)).toBeHidden();

    // Claims and signature: all tokens have the same first part.
    const parts = [first, second].flatMap((token) => token.split('.').slice(1));
    const holdsToken = (text: string) => parts.some((part) => text.includes(part));
    const looks = [await inTheOpen(page)];
    await page.getByRole('button', { name: /^Requests/ }).click();
    await page.getByRole('button', { name: 'Open wire inspector' }).click();
    await page.getByRole('grid', { name: 'Wire log' }).getByRole('row', { name: 'Add message' }).first().click();
    await page.getByRole('heading', { level: 2, name: 'Add message' }).waitFor();
    looks.push(await inTheOpen(page));
    await page.getByRole('tab', { name: /^Headers/ }).click();
    looks.push(await inTheOpen(page));
    const har = await saved(page, page.getByRole('button', { name: 'Export HAR' }));
    await page.getByRole('button', { name: /^Copy as curl/ }).click();
    await page.getByText('Copied as curl, key left out').waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain('Bearer $ACCESS_TOKEN');
    expect(har).toContain('Bearer <left out>');
    expect(har).toContain('written before the token expired');
    looks.push(har, curl, ...said, ...asked.map(({ url, body }) => url + body));
    expect(parts.every((part) => part.length > 20)).toBe(true);
    expect(looks.filter(holdsToken)).toEqual([]);
  } finally {
    await service.stop();
  }
});

/** Presses the button that opens the sign-in window, and signs in there. */
async function signInBy(context: BrowserContext, press: () => Promise<void>) {
  const opening = context.waitForEvent('page');
  await press();
  const window = await opening;
  const closed = window.waitForEvent('close');
  await window.getByRole('link', { name: 'ada@contoso.example' }).click();
  await closed;
}

test('signing in connects; a refused token is renewed without a word, a reload asks to sign in, and no token is kept', {
  tag: '@engines',
}, async ({ page, context }) => {
  const refused: string[] = [];
  // Of the page and of the windows that it opens.
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  let time: () => Promise<number> = deviceTime;
  const authority = await startAuthority(() => time());
  const settings = { signIn: { clientId: CLIENT_ID, tenant: TENANT, authority: authority.origin } };
  const server = await serve({ settings });
  const service = await startTokenService(server.url);
  time = service.time;
  try {
    await service.createQueue('orders');
    await page.goto(`${server.url}/#/connect`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const form = page.getByRole('form', { name: 'Sign in with Microsoft' });
    await form.getByLabel('Account name or endpoint').fill(service.url);
    // The page loads again, with the form and the address.
    await form.getByRole('button', { name: 'Allow this address' }).click();
    await form.getByRole('region', { name: 'Address not allowed' }).waitFor({ state: 'detached' });
    await expect(form.getByLabel('Account name or endpoint')).toHaveValue(service.url);
    await form.getByRole('radio', { name: /^Remember on this device/ }).check();
    await signInBy(context, () => form.getByRole('button', { name: 'Sign in with Microsoft' }).click());
    await page.getByRole('link', { name: /^orders,/ }).waitFor();
    expect(authority.grants).toEqual(['authorization_code']);

    await service.advance(TWO_HOURS);
    await page.getByRole('link', { name: /^orders,/ }).click();
    await expect(page.getByRole('heading', { name: 'orders is empty' })).toBeVisible();
    await expect.poll(() => new Set(authority.grants)).toEqual(new Set(['authorization_code', 'refresh_token']));

    await page.reload();
    const again = page.getByRole('dialog', { name: /^Sign in to/ });
    await signInBy(context, () => again.getByRole('button', { name: 'Sign in with Microsoft' }).click());
    await page.getByRole('link', { name: /^orders,/ }).waitFor();
    await expect(again).toBeHidden();

    const leaving = context.waitForEvent('page').then((window) => window.waitForEvent('close'));
    await page.getByRole('button', { name: /^Account / }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Signed out');
    await leaving;
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    await expect(again).toBeVisible();

    const open = await inTheOpen(page);
    for (const token of authority.given) expect(open).not.toContain(token);
    expect(refused).toEqual([]);
  } finally {
    await Promise.all([service.stop(), server.stop(), authority.stop()]);
  }
});

test('where the browser opens no window, signing in leaves the page and comes back, on a static host under a sub-path', async ({
  page,
}) => {
  const authority = await startAuthority(deviceTime);
  const host = await mkdtemp(join(tmpdir(), 'queuescope-host-'));
  const folder = join(host, 'tools', 'queues');
  await cp(process.env['QUEUESCOPE_E2E_BUILD'] ?? DIST, folder, { recursive: true });
  const signIn = { clientId: CLIENT_ID, tenant: TENANT, authority: authority.origin };
  await writeFile(join(folder, 'queuescope.json'), JSON.stringify({ signIn }));
  const installation = installationInMemory([authority.origin]);
  const server = await serve({ folder: host, installation });
  const service = await startTokenService(server.url);
  installation.addHost(new URL(service.url).origin);
  try {
    await service.createQueue('orders');
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await page.goto(`${server.url}/tools/queues/#/connect`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const form = page.getByRole('form', { name: 'Sign in with Microsoft' });
    await form.getByLabel('Account name or endpoint').fill(`${service.url}/orders`);
    await form.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await form.getByRole('button', { name: 'Sign in in this tab' }).click();
    await page.getByRole('link', { name: 'ada@contoso.example' }).click();
    // The queue of the address, over the way to the sign-in and back.
    await expect(page.getByRole('heading', { level: 1, name: 'orders', exact: true })).toBeVisible();

    const open = await inTheOpen(page);
    for (const token of authority.given) expect(open).not.toContain(token);

    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: 'Create a user delegation SAS' }).click();
    const sas = page.getByRole('dialog', { name: 'Create a user delegation SAS' });
    await sas.getByRole('button', { name: 'Create signature' }).click();
    await expect(sas.getByRole('alert')).toContainText('This service gives no user delegation keys for queues');
  } finally {
    await Promise.all([service.stop(), server.stop(), authority.stop(), rm(host, { recursive: true, force: true })]);
  }
});
