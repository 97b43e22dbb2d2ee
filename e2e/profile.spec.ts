import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AccountSASPermissions } from '@azure/storage-queue';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { resolveBrowser } from '../scripts/testing/browser.mjs';
import { connectionId, type TestAccount } from './accounts';
import { connectForm, giveSecret, setPassphrase, unlock } from './connect-form';
import { expect, test } from './fixtures';

/** What the profile of a browser holds once it is closed, of one key and one shared access signature. */

const TEXT = 'a crate of figs, and one of dates';

/** Every way in which the bytes or the text of a secret may lie in a file. */
function formsOf({ key }: TestAccount, signature: string): Record<string, Buffer> {
  const raw = Buffer.from(key, 'base64');
  const texts = {
    key,
    'part of the key': key.slice(8, 40),
    signature,
    'part of the signature': signature.slice(2, 30),
    // No answer of an account is kept, nor is where it came from.
    'the text of a message': TEXT,
    'the address of messages': 'cargo/messages',
  };
  return {
    'the bytes of the key': raw,
    'the bytes of the signature': Buffer.from(signature, 'base64'),
    ...Object.fromEntries(
      Object.entries(texts).flatMap(([name, text]) => [
        [name, Buffer.from(text)],
        [`${name}, URL-encoded`, Buffer.from(encodeURIComponent(text))],
        [`${name}, UTF-16`, Buffer.from(text, 'utf16le')],
      ]),
    ),
  };
}

/** The names of the forms that are in any file of a folder, and the files. */
async function search(folder: string, forms: Record<string, Buffer>) {
  const found: string[] = [];
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  for (const { parentPath, name } of files) {
    // The helpers of a browser that was killed may still remove theirs.
    const bytes = await readFile(join(parentPath, name)).catch(() => undefined);
    if (!bytes) continue;
    for (const [form, wanted] of Object.entries(forms)) if (bytes.includes(wanted)) found.push(form);
  }
  return { found: [...new Set(found)].toSorted(), files: files.length };
}

type Scene = {
  forms: Record<string, Buffer>;
  url: string;
  /** With `kills`, the process of the browser is ended as by a crash or a loss of power, after it had time to write. */
  visit: (act: (page: Page) => Promise<void>, how?: { kills: boolean }) => Promise<void>;
};

/** The process of the browser that has this profile open: no other one names the folder, and no type of process. */
async function processOf(folder: string): Promise<number> {
  const isBrowser = ([, command]: readonly [number, string]) =>
    command.includes(`--user-data-dir=${folder}`) && !command.includes('--type=');
  const found = (await commandLines()).filter(isBrowser);
  if (found.length !== 1) throw new Error(`${found.length} processes have this profile, not one.`);
  return found[0]?.[0] ?? 0;
}

/** Ids and command lines of all processes. A small Linux may have no `ps`. */
async function commandLines(): Promise<(readonly [number, string])[]> {
  if (process.platform === 'linux') {
    const ids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
    return Promise.all(
      ids.map(async (id) => [id, await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')] as const),
    );
  }
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,args=']);
  return stdout.split('\n').map((line) => [Number.parseInt(line, 10), line]);
}

/** Runs a browser on a fresh profile, as often as `visit` is called, each time until it is closed. */
async function onProfile(accounts: Record<'harborlane' | 'cornerfold', TestAccount>, app: string) {
  const { harborlane, cornerfold } = accounts;
  for (const { client } of [harborlane, cornerfold]) {
    await client.getQueueClient('cargo').createIfNotExists();
    // One for each lease below.
    for (let crate = 0; crate < 4; crate++) await client.getQueueClient('cargo').sendMessage(TEXT);
  }
  const inAnHour = new Date(Date.now() + 3_600_000);
  const url = cornerfold.client.generateAccountSasUrl(inAnHour, AccountSASPermissions.parse('rwdlacup'), 'sco');
  const forms = formsOf(harborlane, new URL(url).searchParams.get('sig') ?? '');
  const folder = await mkdtemp(join(tmpdir(), 'queuescope-profile-'));
  const { launch } = await resolveBrowser();
  async function visit(act: (page: Page) => Promise<void>, { kills } = { kills: false }) {
    const context: BrowserContext = await chromium.launchPersistentContext(folder, { ...launch, baseURL: app });
    try {
      await act(context.pages()[0] ?? (await context.newPage()));
      // Windows has neither.
      if (kills && process.platform !== 'win32') {
        const isGone = new Promise((resolve) => context.once('close', resolve));
        process.kill(await processOf(folder), 'SIGKILL');
        await isGone;
      }
    } finally {
      await context.close().catch(() => {});
    }
  }
  const scene: Scene = { forms, url, visit };
  return { ...scene, folder, search: () => search(folder, forms), remove: () => rm(folder, { recursive: true }) };
}

async function connectBoth(page: Page, harborlane: TestAccount, url: string, choice: RegExp) {
  for (const text of [harborlane.connectionString, url]) {
    await page.goto('/#/connect');
    const { form, details, submit } = connectForm(page);
    await details.fill(text);
    await form.getByRole('radio', { name: choice }).check();
    await submit.click();
    await work(page);
  }
}

/** Peeks and leases. */
async function work(page: Page) {
  await page.getByRole('link', { name: /^cargo,/ }).click();
  await page
    .getByRole('row', { name: /Select message/ })
    .first()
    .waitFor();
  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await page
    .getByRole('img', { name: /^Leased by you/ })
    .first()
    .waitFor();
}

async function forgetAll(page: Page) {
  await page.goto('/#/settings');
  await page.getByRole('button', { name: 'Forget all' }).click();
  await page.getByRole('dialog', { name: 'Forget all?' }).getByRole('button', { name: 'Forget all' }).click();
  await page.getByRole('heading', { level: 1, name: 'See what is in your queues' }).waitFor();
}

test('a key and a signature for this tab only are nowhere in the profile', async ({ accounts, app }) => {
  test.slow();
  const { harborlane, cornerfold } = accounts;
  const { visit, url, search: searchProfile, remove } = await onProfile(accounts, app);
  await visit(async (page) => {
    await connectBoth(page, harborlane, url, /^This tab only/);
    await page.reload();
    await giveSecret(page, url);
    await expect(page.getByRole('link', { name: /^cargo,/ })).toBeVisible();
    await page.goto(`/#/q/${connectionId(harborlane)}`);
    await giveSecret(page, harborlane.key);
    await expect(page.getByRole('link', { name: /^cargo,/ })).toBeVisible();
    // What is typed and not sent, too.
    await page.reload();
    await page.getByRole('form', { name: 'Enter the account key' }).getByRole('textbox').fill(harborlane.key);
  });
  expect((await searchProfile()).found).toEqual([]);

  // The process of the browser is killed while both are connected and a key is typed.
  await visit(
    async (page) => {
      await connectBoth(page, harborlane, url, /^This tab only/);
      await page.goto(`/#/connect`);
      await connectForm(page).details.fill(harborlane.connectionString);
    },
    { kills: true },
  );
  const { found, files } = await searchProfile();
  expect(found).toEqual([]);
  expect(files).toBeGreaterThan(20);

  await visit(async (page) => {
    await page.goto(`/#/q/${connectionId(cornerfold)}`);
    await expect(page.getByRole('form', { name: 'Connect an account' })).toBeVisible();
    await forgetAll(page);
  });
  expect((await searchProfile()).found).toEqual([]);
  await remove();
});

test('a key and a signature under a passphrase are nowhere in the profile', async ({ accounts, app }) => {
  test.slow();
  const { harborlane, cornerfold } = accounts;
  const { visit, url, search: searchProfile, remove } = await onProfile(accounts, app);
  const passphrase = 'harbour at night';
  await visit(async (page) => {
    await page.goto('/#/settings');
    await page.getByRole('button', { name: 'Set passphrase' }).click();
    await setPassphrase(page, passphrase);
    await connectBoth(page, harborlane, url, /^Remember on this device/);
    await page.reload();
    await unlock(page, passphrase);
    await expect(page.getByRole('link', { name: /^cargo,/ })).toBeVisible();
  });
  expect((await searchProfile()).found).toEqual([]);

  // The process of the browser is killed while the vault is open, leases are there and the passphrase was typed.
  await visit(
    async (page) => {
      await page.goto(`/#/q/${connectionId(harborlane)}`);
      await unlock(page, passphrase);
      await work(page);
    },
    { kills: true },
  );
  const { found, files } = await searchProfile();
  expect(found).toEqual([]);
  expect(files).toBeGreaterThan(20);

  // What was kept survived that, so it was in the files that were searched; and it is killed again right after Forget.
  await visit(
    async (page) => {
      await page.goto(`/#/q/${connectionId(cornerfold)}`);
      await unlock(page, passphrase);
      await expect(page.getByRole('link', { name: /^cargo,/ })).toBeVisible();
      await forgetAll(page);
    },
    { kills: true },
  );
  expect((await searchProfile()).found).toEqual([]);
  await remove();
});

test('a key without a passphrase is not in the profile where it is bound to an installation', async ({
  accounts,
  app,
}) => {
  const { harborlane } = accounts;
  const { visit, url, search: searchProfile, remove } = await onProfile(accounts, app);
  await visit(async (page) => {
    await connectBoth(page, harborlane, url, /^Remember without a passphrase Encrypted for this installation/);
    await page.goto(`/#/q/${connectionId(harborlane)}`);
    await page.reload();
    await work(page);
  });
  expect((await searchProfile()).found).toEqual([]);
  await remove();
});

test('a key without a passphrase on a static host is in the profile, also once it is forgotten, and the choice says so', async ({
  accounts,
  app,
}) => {
  test.slow();
  const { harborlane } = accounts;
  const { visit, url, search: searchProfile, folder, remove } = await onProfile(accounts, app);
  await visit(async (page) => {
    // As on a static host, which has no secret of an installation. Not by a route, which leaves addresses in the profile.
    await page.addInitScript(() => {
      const { fetch } = globalThis;
      globalThis.fetch = async (input, init) =>
        input instanceof URL && input.pathname === '/installation'
          ? new Response('', { status: 405 })
          : fetch(input, init);
    });
    await page.goto('/#/connect');
    await expect(connectForm(page).form.getByRole('radio', { name: /^This tab only/ })).toBeChecked();
    await expect(
      connectForm(page).form.getByRole('radio', {
        name: /can read this browser’s files can have it, also after “Forget”/,
      }),
    ).toBeVisible();
    await connectBoth(page, harborlane, url, /^Remember without a passphrase/);
    await page.evaluate(() => localStorage.setItem('a', 'a text that a search has to find'));
  });
  expect((await searchProfile()).found).toEqual(['the bytes of the key']);
  const planted = Buffer.from('a text that a search has to find');
  const asText = await search(folder, { planted, 'planted, UTF-16': Buffer.from(planted.toString(), 'utf16le') });
  expect(asText.found.length).toBeGreaterThan(0);

  await visit(async (page) => {
    await page.goto(`/#/q/${connectionId(harborlane)}`);
    await work(page);
    await forgetAll(page);
  });
  expect((await searchProfile()).found).toEqual(['the bytes of the key']);
  await remove();
});
