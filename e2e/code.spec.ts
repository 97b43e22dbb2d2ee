import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { ACCOUNT, KEY } from '../scripts/testing/emulator';
import { expect, lengthOf, peeked, test, textsIn } from './queue-screen';

// What the page lets people copy is run as they run it: in a shell, with a signature of their own.

const run = promisify(execFile);

/** A signature for everything on the emulator. */
const sasToken = () =>
  generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 3_600_000),
      permissions: AccountSASPermissions.parse('rwdlacup'),
      resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
      services: AccountSASServices.parse('q').toString(),
    },
    new StorageSharedKeyCredential(ACCOUNT, KEY),
  ).toString();

async function inShell(script: string) {
  expect(script).toContain('$SAS_TOKEN');
  const env = { PATH: process.env['PATH'], SAS_TOKEN: sasToken() };
  return (await run('bash', ['--noprofile', '--norc', '-c', script], { env })).stdout;
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test.skip(() => ['bash', 'curl'].some((name) => spawnSync(name, ['--version']).error), 'It takes bash and curl.');
test.beforeEach(({ context, app }) => context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app }));

test('a message is extended, then deleted by what its menu lets one copy', async ({ page, seed }) => {
  const { queue, short, screen } = await seed(`it's $HOME \`x\``, 'other');
  await screen.open();
  await screen.receive16();
  const details = await screen.openDetails(short[0] ?? '');
  await details.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy as…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy as code' });
  await dialog.getByRole('tab', { name: 'curl' }).click();
  await dialog.getByRole('button', { name: 'Copy code' }).click();
  await inShell(await clipboard(page));
  expect(await lengthOf(queue)).toBe(1);

  await dialog.getByRole('combobox', { name: 'Operation' }).selectOption('Add a copy');
  await dialog.getByRole('button', { name: 'Copy code' }).click();
  await inShell(await clipboard(page));
  expect(await textsIn(queue)).toEqual([`it's $HOME \`x\``]);
});

test('a request of the wire inspector is sent again', async ({ page, seed }) => {
  const { queue, screen } = await seed('a', 'b', 'c');
  await screen.open({ mode: 'receive' });
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await expect(screen.leases).toHaveCount(1);
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page
    .getByRole('row', { name: /Receive/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(page.getByText('Copied as curl, key left out')).toBeVisible();
  expect(await inShell(await clipboard(page))).toContain('<MessageText>b</MessageText>');
  expect(await textsIn(queue)).toEqual(['c']);

  await page.getByRole('button', { name: 'Copy as…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy as code' });
  await dialog.getByRole('tab', { name: 'Go' }).click();
  await expect(dialog.getByRole('region', { name: 'Go code' })).toContainText('queue.DequeueMessages');
  await dialog.getByRole('tab', { name: 'curl' }).click();
  await dialog.getByRole('button', { name: 'Copy code' }).click();
  await inShell(await clipboard(page));
  expect(await peeked(queue)).toEqual([]);
});

test('the palette offers the requests to a queue as code', async ({ page, seed }) => {
  const { queue, screen } = await seed('a');
  await screen.open();
  await expect(screen.rows).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(`request to ${queue.name}`);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Copy as code' });
  await dialog.getByRole('combobox', { name: 'Operation' }).selectOption('Clear queue');
  await dialog.getByRole('button', { name: 'Copy code' }).click();
  await inShell(await clipboard(page));
  expect(await lengthOf(queue)).toBe(0);
});
