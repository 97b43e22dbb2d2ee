import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { newerStyles } from '../scripts/check/floor/styles.mjs';
import { DIST } from '../server/command.mjs';
import { type Installation, installationInMemory } from '../server/installation/installation';
import { startAzurite } from '../server/local/azurite';
import { metaPolicyWith } from '../server/page/csp';
import { bind, serve } from '../server/page/serve';
import { openAccounts } from './accounts';
import { connectForm, giveSecret } from './connect-form';
import { expect, test } from './fixtures';

test('the page opens under its own content policy with nothing refused', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  const answer = await page.goto('/');

  expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'");
  await expect(page.getByRole('main')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the policy allows no way around it', async ({ request }) => {
  const { 'content-security-policy': policy } = (await request.get('/')).headers();

  expect(policy).not.toMatch(/unsafe-|data:|\s\*/);
});

test('the styles have nothing that a browser of the floor lacks, without a reason', () => {
  const files = readdirSync(join(DIST, 'assets')).filter((file) => file.endsWith('.css'));
  expect(files.length).toBeGreaterThan(3);
  expect(files.flatMap((file) => newerStyles(readFileSync(join(DIST, 'assets', file), 'utf8')))).toEqual([]);
});

test('every page of the build brings the policy along, for hosts that send none', async () => {
  const pages = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  expect(pages).toEqual(expect.arrayContaining(['index.html', 'signed-in.html']));
  for (const page of pages) {
    const policies = readFileSync(join(DIST, page), 'utf8').match(/<meta http-equiv="Content-Security-Policy"[^>]*>/g);
    expect(policies, page).toEqual([expect.stringContaining(metaPolicyWith([]))]);
  }
});

test('the licences of what the page is built of are served beside it', async ({ request }) => {
  const notices = await (await request.get('/third-party-notices.txt')).text();
  // Of the page, of its workers, and of its styles.
  for (const name of ['react', '@azure/msal-browser', 'jsonata', '@codemirror/view', 'tailwindcss'])
    expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
  expect(await (await request.get('/LICENSE.txt')).text()).toContain('MIT License');
});

test('the page is told of the local service, without its key', async ({ request, azurite }) => {
  const local = await request.get('/local.json');

  expect(await local.json()).toEqual({ queueEndpoint: azurite.url, account: azurite.accountName });
});

test('files named by their content are cached forever, the page itself is revalidated', async ({ page }) => {
  const script = page.waitForResponse(/\/assets\/.*\.js$/);

  const answer = await page.goto('/');

  expect(answer?.headers()['cache-control']).toBe('no-cache');
  expect((await script).headers()).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'br',
  });
});

test('nothing outside the build is served', async ({ request }) => {
  for (const path of ['/..%2fpackage.json', '/%2e%2e/package.json', '/missing.js']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
  expect((await request.post('/')).status()).toBe(405);
});

test('a host that is not known is allowed first, then asked for its key, and the address is kept over the reload', {
  tag: '@engines',
}, async ({ page }) => {
  const build = process.env['QUEUESCOPE_E2E_BUILD'];
  const open = (installation: Installation, port = 0) => serve({ port, installation, ...(build && { folder: build }) });
  const service = await startAzurite();
  const { origin, host } = new URL(service.url);
  let server = await open(installationInMemory());
  try {
    const account = (await openAccounts(service.url, server.url)).harborlane;
    await account.client.getQueueClient('orders').create();
    const asked: string[] = [];
    page.on('request', (request) => request.url().startsWith(origin) && asked.push(request.url()));
    await page.goto(`${server.url}/#/connect`);
    const { form, details, key, submit } = connectForm(page);
    await details.fill(account.endpoint);
    const blocked = form.getByRole('region', { name: 'Address not allowed' });
    await expect(blocked).toContainText(`This page may not reach ${host} yet`);
    // No secret is asked for before.
    await expect(key).toBeHidden();

    await details.fill(account.connectionString);
    await submit.click();
    await expect(blocked.getByRole('button', { name: 'Allow this address' })).toBeFocused();
    expect(asked).toEqual([]);
    const refused = await page.evaluate(
      (address) =>
        fetch(address, { mode: 'no-cors' }).then(
          () => false,
          () => true,
        ),
      service.url,
    );
    expect(refused).toBe(true);

    await page.keyboard.press('Enter');
    await expect(details).toHaveValue(account.endpoint);
    await expect(page).toHaveURL(`${server.url}/#/connect`);
    await expect(form).toContainText('The key was not kept over the reload');
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(account.key.slice(0, 20));
    await expect(key).toBeFocused();
    await key.fill(account.key);
    await submit.click();
    await page.getByRole('link', { name: /^orders,/ }).waitFor();

    // A connection that was saved before its host had to be allowed.
    const { port } = server;
    await server.stop();
    server = await open(installationInMemory(), port);
    const before = asked.length;
    await page.reload();
    await expect(page.getByText(`This page may not reach ${host}`, { exact: true })).toBeVisible();
    await expect(page.getByRole('form', { name: /^Enter the / })).toBeHidden();
    expect(asked).toHaveLength(before);
    await page.getByRole('button', { name: 'Allow this address' }).click();
    await giveSecret(page, account.key);
    await page.getByRole('link', { name: /^orders,/ }).waitFor();

    // It is removed again, with a word on the connection that needs it.
    const place = page.url();
    await page.goto(`${server.url}/#/settings`);
    const allowed = page.getByRole('region', { name: 'Allowed hosts' });
    await allowed.getByRole('button', { name: `Remove ${host}` }).click();
    const dialog = page.getByRole('dialog', { name: `Remove ${host}?` });
    await expect(dialog).toContainText(`${account.name} cannot be reached after the next reload`);
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(allowed).toContainText(`${origin} is removed`);
    await allowed.getByRole('button', { name: 'Reload now' }).click();
    await expect(allowed).toContainText('No hosts were added');
    await expect(page).toHaveURL(`${server.url}/#/settings`);
    await page.goto(place);
    await expect(page.getByText(`This page may not reach ${host}`, { exact: true })).toBeVisible();
  } finally {
    await Promise.all([server.stop(), service.stop()]);
  }
});

test('a static host says that its page may not reach an address, and how it is built with it', async ({
  page,
  app,
}) => {
  await page.route(`${app}/queuescope.json`, (route) => route.fulfill({ status: 404 }));
  await page.goto('/#/connect');
  const { form, details } = connectForm(page);
  await details.fill('https://queues.example/harborlane');
  const blocked = form.getByRole('region', { name: 'Address not allowed' });
  await expect(blocked).toContainText('QUEUESCOPE_ALLOW_HOSTS="https://queues.example" npm run build');
  await expect(blocked.getByRole('button', { name: 'Allow this address' })).toBeHidden();
});

test('what the policy of a host keeps back, though the page allows it, is told as that', async ({
  page,
  app,
  accounts,
}) => {
  await page.route(`${app}/`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "connect-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto('/#/connect');
  const { form, details } = connectForm(page);
  // The look for the emulator was the first to be kept back.
  await page.getByText(/^Nothing answers on port/).waitFor();
  await details.fill(accounts.harborlane.connectionString);
  await expect(form.getByRole('region', { name: 'Address not allowed' })).toContainText(
    'the host of the page sends a content policy of its own that leaves it out',
  );
});

test('what another installation kept at this address is told, and starting anew deletes it', {
  tag: '@engines',
}, async ({ page, accounts }) => {
  const { connectionString, endpoint } = accounts.harborlane;
  const folder = process.env['QUEUESCOPE_E2E_BUILD'];
  const open = (port = 0) =>
    serve({
      port,
      installation: installationInMemory([new URL(endpoint).origin]),
      usualPort: 5190,
      ...(folder && { folder }),
    });
  const server = await open();
  await page.goto(`${server.url}/#/connect`);
  await expect(
    page.getByText('Connections that are kept at http://127.0.0.1:5190 are not at this address.'),
  ).toBeVisible();
  const { form, details, submit } = connectForm(page);
  await details.fill(connectionString);
  await form.getByRole('radio', { name: /^Remember without a passphrase/ }).check();
  await expect(form).toContainText(
    `Kept for this page at ${server.url} alone. Another program that is there later cannot`,
  );
  await submit.click();
  // The account does not let this origin in, which does not matter here.
  await form.getByRole('button', { name: 'Save anyway' }).click();
  await page.waitForURL(/#\/q\//);
  await server.stop();

  const other = await open(server.port);
  try {
    const asked: string[] = [];
    page.on('request', (request) => request.url().startsWith(endpoint) && asked.push(request.url()));
    // Of the page before.
    page.on('framenavigated', () => void asked.splice(0));
    await page.reload();
    await expect(page.getByText(/was kept by another installation of Queuescope$/)).toBeVisible();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('dialog', { name: 'Forget all?' }).getByRole('button', { name: 'Forget all' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'See what is in your queues' })).toBeVisible();
  } finally {
    await other.stop();
  }
});

test('a service worker that another program left at this port is removed, also one that shows a page of its own', async ({
  page,
}) => {
  for (const [worker, isShown] of [
    ["addEventListener('activate', () => clients.claim()); addEventListener('fetch', () => {});", false],
    [
      "addEventListener('activate', () => clients.claim()); addEventListener('fetch', (event) => event.respondWith(new Response('an old page', { headers: { 'content-type': 'text/html' } })));",
      true,
    ],
  ] as const) {
    const before = await bind(
      createServer(({ url }, response) => {
        const isWorker = url === '/worker.js';
        response
          .writeHead(200, { 'content-type': isWorker ? 'text/javascript' : 'text/html' })
          .end(isWorker ? worker : '<!doctype html><p>another program');
      }),
      0,
    );
    await page.goto(before.url);
    await page.evaluate(async () => {
      const controlled = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
      await navigator.serviceWorker.register('/worker.js');
      await controlled;
    });
    await before.stop();

    const folder = process.env['QUEUESCOPE_E2E_BUILD'];
    const server = await serve({ port: before.port, ...(folder && { folder }) });
    await page.goto(server.url);
    await expect(page.locator('body')).toContainText(isShown ? 'an old page' : 'left a service worker that can read');
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await server.stop();
  }
});
