import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/*
 * What a screen reader finds on six screens, in its order, as text beside this file: a change of it is read as a change of code is.
 * `QUEUESCOPE_WRITE_TREES=1 npm run e2e -- trees.spec` writes the texts anew.
 */

const FOLDER = join(import.meta.dirname, 'trees');

/** The tree without what is new with each run: ids, times, ages, sizes of the log, the port. */
const stable = (tree: string): string =>
  tree
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '‹id›')
    .replaceAll(/\b[0-9a-f]{8}\b/g, '‹id›')
    .replaceAll(/\b\d{1,2} \w{3,4} \d{4}, \d\d:\d\d:\d\d( GMT[+-]?\d*| UTC)?/g, '‹time›')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, '‹time›')
    .replaceAll(/\b\d{1,2} \w{3,4}, \d\d:\d\d\b/g, '‹time›')
    .replaceAll(/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, '‹time›')
    .replaceAll(/\b\d+ ms\b/g, '‹ms›')
    .replaceAll(/at most [\d,]+ a second/g, 'at most ‹n› a second')
    .replaceAll(/\b\d+ (s|m|min|h|d)( \d+ (s|m|min|h))?\b/g, '‹span›')
    .replaceAll(/127\.0\.0\.1:\d+|localhost:\d+/g, '‹host›')
    .replaceAll(/\b(Requests|requests|used|Requests:) \d+|\d+ requests?\b/g, '‹requests›')
    .replaceAll(/port \d+/g, '‹port›')
    .replaceAll(/Ag[A-Za-z0-9+/]{10,}={0,2}/g, '‹receipt›')
    // What was said last, which goes after a second.
    .replaceAll(/^- paragraph: .*\n?/gm, '')
    // Their code comes in a quiet moment; without any it is empty.
    .replaceAll(/^- region "Notifications"$\n?/gm, '')
    .trimEnd();

async function openSandbox(page: Page) {
  await page.goto('/#/connect');
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page
    .getByRole('link', { name: /^orders-poison, about/ })
    .first()
    .waitFor();
}

const SCREENS: Record<string, (page: Page) => Promise<unknown>> = {
  connect: async (page) => {
    await page.goto('/#/connect');
    await page.getByText(/^Running on port/).waitFor();
  },
  queues: openSandbox,
  message: async (page) => {
    await openSandbox(page);
    await page
      .getByRole('link', { name: /^orders-poison, about/ })
      .first()
      .click();
    const grid = page.getByRole('grid', { name: 'Messages in orders-poison' });
    await grid
      .getByRole('row', { name: /^Select message [0-9a-f]{8}, inserted/ })
      .first()
      .getByRole('gridcell')
      .last()
      .click();
    await page
      .getByRole('complementary', { name: /^Message/ })
      .getByRole('group', { name: 'Decode chain' })
      .waitFor();
    await page
      .getByRole('button', { name: /^Lease/ })
      .first()
      .waitFor();
  },
  editor: async (page) => {
    await openSandbox(page);
    await page.goto(`${page.url()}/refunds`);
    await page.getByRole('button', { name: 'Add message' }).first().click();
    await page.getByRole('dialog', { name: 'Add message' }).getByRole('tablist', { name: 'Code equivalent' }).waitFor();
  },
  redrive: async (page) => {
    await openSandbox(page);
    await page.goto(`${page.url()}/orders-poison`);
    await page
      .getByRole('button', { name: /^Redrive/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^(Redrive|Move)/ })
      .last()
      .waitFor();
  },
  settings: async (page) => {
    await openSandbox(page);
    await page.goto('/#/settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  },
};

for (const [name, open] of Object.entries(SCREENS))
  test(`a screen reader finds on the screen “${name}” what is written down`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    const file = join(FOLDER, `${name}.txt`);
    const read = async () => `${stable(await page.locator('body').ariaSnapshot())}\n`;
    if (process.env['QUEUESCOPE_WRITE_TREES']) {
      await page.waitForLoadState('networkidle');
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, await read());
      return;
    }
    const kept = readFileSync(file, 'utf8');
    // Parts of a screen come one after the other.
    await expect.poll(read).toBe(kept);
  });
