import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../server/page/serve';
import { expect } from './fixtures';
import { BUILD, nextBuild, test } from './static-host';

/** Resolves once the browser has kept the page. */
const isKept = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));
/** Has the browser look for a new version; resolves once all of its files are kept. */
const keepNext = (page: Page) =>
  page.evaluate(async () => {
    const { installing } = await (await navigator.serviceWorker.ready).update();
    if (installing?.state === 'installing')
      await new Promise((kept) => installing.addEventListener('statechange', kept, { once: true }));
  });
const rows = (page: Page) =>
  page.getByRole('grid', { name: 'Messages in orders-poison' }).getByRole('row', { name: /Select message/ });
const entry = (page: Page) => page.evaluate(() => document.querySelector('script')?.src.split('/').at(-1));
/** What is kept, as paths relative to the page, by its caches. */
const kept = (page: Page) =>
  page.evaluate(async () =>
    Promise.all(
      (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        const requests = await cache.keys();
        const texts = await Promise.all(requests.map(async (one) => (await cache.match(one))?.text()));
        return {
          name,
          paths: requests.map(({ url }) => url.slice(new URL('.', document.baseURI).href.length)),
          text: texts.join('\n'),
        };
      }),
    ),
  );

async function openSandbox(page: Page) {
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page.getByRole('link', { name: /^orders-poison, about/ }).click();
  await expect(rows(page).first()).toBeVisible();
}

test('a browser installs the page, and finds nothing to object to', async ({ page, host }) => {
  await page.goto(host.url);
  await isKept(page);
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);

  const { icons, ...manifest } = JSON.parse(readFileSync(join(BUILD, 'manifest.webmanifest'), 'utf8')) as {
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  // Relative, so that it is the same under any sub-path.
  expect(manifest).toMatchObject({ name: 'Queuescope', start_url: './', scope: './', display: 'standalone' });
  expect(icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  );
  const apple = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  for (const { src, sizes } of [...icons, { src: apple ?? '', sizes: '180x180' }]) {
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }
});

test('after a visit the sandbox and the lab work with no network at all, from a sub-path too', async ({
  page,
  host,
  context,
}) => {
  await page.goto(host.url);
  await isKept(page);
  await host.stop();
  await context.setOffline(true);

  await page.reload();
  await openSandbox(page);
  // A worker searches, the details and the editor are parts of their own.
  await rows(page).first().click();
  await expect(page.getByRole('region', { name: 'Message body' })).toBeVisible();
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const editor = page.getByRole('dialog', { name: 'Add message' });
  await editor.getByRole('textbox', { name: 'Message body' }).fill('typed without a network');
  await editor.getByRole('button', { name: 'Add message' }).click();
  await expect(editor).toBeHidden();
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('typed without');
  await expect(rows(page)).toHaveCount(1);

  await page.goto(`${host.url}#/lab/free`);
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(clock).not.toHaveText('0:00.0', { timeout: 1000 });
  }).toPass();
  await page.goto(`${host.url}#/lab/first-message`);
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible();
});

test('nothing but the files of the build is ever kept, of an account as little as of its messages', async ({
  page,
  host,
  azurite,
  queueName,
}) => {
  const queue = azurite.getQueueClient(queueName('kept'));
  await queue.create();
  await queue.sendMessage('a text that no cache may have');
  await page.goto(host.url);
  await isKept(page);
  await page.reload();
  await openSandbox(page);
  await rows(page).first().click();
  await expect(page.getByRole('region', { name: 'Message body' })).toBeVisible();
  // What a worker that answers for too much would keep: what is told about the server, where sign-in comes back to, another address.
  const answers = await page.evaluate(async (address) => {
    const asked = [
      'local.json',
      'signed-in.html',
      'queuescope.json',
      'relay/x',
      './?x=1',
      'assets/no-such-AAAAAAAA.js',
      address,
    ];
    return Promise.all(
      asked.map((one) =>
        fetch(one, { mode: one === address ? 'no-cors' : 'same-origin' }).then(
          ({ status, type }) => `${status} ${type}`,
          String,
        ),
      ),
    );
  }, queue.url.split('?')[0] ?? '');
  expect(answers.slice(0, 6)).toEqual(['404 basic', '200 basic', '404 basic', '404 basic', '200 basic', '404 basic']);
  for (const path of ['local.json', 'signed-in.html', '?x=1']) expect(host.asked).toContain(path);

  const [cache, ...others] = await kept(page);
  expect(others).toEqual([]);
  const build = JSON.parse(
    /self\.BUILD=(.*);/.exec(readFileSync(join(BUILD, 'offline-worker.js'), 'utf8'))?.[1] ?? '',
  ) as {
    files: string[];
  };
  expect(cache?.paths.toSorted()).toEqual(build.files.toSorted());
  expect(build.files).not.toContain('signed-in.html');
  expect(cache?.text).not.toContain('a text that no cache may have');
  expect(cache?.text).not.toContain(queue.name);
});

test('a new version waits, says what its reload costs, and leaves other tabs the parts of theirs', async ({
  page,
  host,
  context,
}) => {
  // Three visits and two versions, each of hundreds of files.
  test.slow();
  const next = nextBuild();
  try {
    await page.goto(host.url);
    await isKept(page);
    await page.reload();
    const before = await entry(page);
    await openSandbox(page);
    const other = await context.newPage();
    await other.goto(host.url);
    await openSandbox(other);
    await page.getByRole('button', { name: 'Add message' }).first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Message body' }).fill('not sent yet');

    host.deploy(next.folder);
    await keepNext(page);
    const note = page.getByRole('region', { name: 'Notifications' });
    await expect(note).toContainText('New version');
    expect(await entry(page)).toBe(before);
    // A visit of the version before keeps what the new one has.
    await other.reload();
    await expect(rows(other).first()).toBeVisible();
    await other.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage('tidy'));
    await note.getByRole('button', { name: 'Reload' }).click();
    const question = page.getByRole('alertdialog', { name: 'New version: reload?' });
    await expect(question).toContainText('What is typed and not sent is lost.');
    await expect(question).toContainText('The sandbox begins anew.');
    await question.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Message body' })).toContainText('not sent yet');

    await note.getByRole('button', { name: 'Reload' }).click();
    await question.getByRole('button', { name: 'Reload the page' }).click();
    // The version before is given ten seconds to answer what it was asked.
    await expect.poll(() => entry(page).catch(() => before), { timeout: 40_000 }).not.toBe(before);

    // The other tab is not loaded anew, and opens a part that the host does not have any more.
    expect(await entry(other)).toBe(before);
    await rows(other).first().click();
    await expect(other.getByRole('region', { name: 'Message body' })).toBeVisible();
    expect(await kept(page)).toHaveLength(2);
    await other.close();
    await page.reload();
    // Two seconds after the first screen, and then up to four questions of two seconds to tabs that are going.
    await expect.poll(async () => (await kept(page)).length, { timeout: 40_000 }).toBe(1);
    await expect(rows(page).first()).toBeVisible();
    await host.stop();
    await context.setOffline(true);
    await page.reload();
    await expect(rows(page).first()).toBeVisible();
  } finally {
    next.remove();
  }
});

test('the local server has no service worker, and one that a static host left at its port is gone', async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await isKept(page);
  await host.stop();
  const server = await serve({ port: Number(new URL(host.url).port), folder: BUILD });
  try {
    await page.goto(server.url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect
      .poll(() =>
        page.evaluate(async () => [
          (await navigator.serviceWorker.getRegistrations()).length,
          (await caches.keys()).length,
        ]),
      )
      .toEqual([0, 0]);
    await page.reload();
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  } finally {
    await server.stop();
  }
});
