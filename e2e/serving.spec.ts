import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../server/command.mjs';
import { META_POLICY } from '../server/page/csp';
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

test('every page of the build brings the policy along, for hosts that send none', async () => {
  const pages = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  expect(pages).toEqual(expect.arrayContaining(['index.html', 'signed-in.html']));
  for (const page of pages) {
    const policies = readFileSync(join(DIST, page), 'utf8').match(/<meta http-equiv="Content-Security-Policy"[^>]*>/g);
    expect(policies, page).toEqual([expect.stringContaining(META_POLICY)]);
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
