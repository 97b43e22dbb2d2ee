import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const settings = async (page: Page, app: string) => {
  await page.goto(`${app}#/settings`);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
};
const times = (page: Page) => page.getByRole('radiogroup', { name: 'Times' });

test.describe('in German', () => {
  test.use({ locale: 'de-DE', timezoneId: 'Europe/Berlin' });

  test('numbers and dates are the person’s, the sentences English, and the zone is named', async ({ page, app }) => {
    await settings(page, app);
    await expect(page.getByText(/^Now it is \d\d?\.\d\d?\.\d{4}, \d\d:\d\d:\d\d MES?Z\./)).toBeVisible();
    await times(page).getByRole('radio', { name: '12 h' }).click();
    await expect(page.getByText(/^Now it is .*[AP]M MES?Z\./)).toBeVisible();
  });
});

test.describe('in American English', () => {
  test.use({ locale: 'en-US', timezoneId: 'America/New_York' });

  test('times are in 12 hours, unless the setting says otherwise; two tabs agree at once', async ({
    page,
    app,
    context,
  }) => {
    await settings(page, app);
    await expect(page.getByText(/^Now it is [A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d:\d\d\s[AP]M E[SD]T\./)).toBeVisible();
    const other = await context.newPage();
    await settings(other, app);
    await times(other).getByRole('radio', { name: '24 h' }).click();
    await expect(page.getByText(/^Now it is .* \d\d:\d\d:\d\d E[SD]T\./)).toBeVisible();
    await expect(times(page).getByRole('radio', { name: '24 h' })).toBeChecked();
  });
});

test('settings go from one browser to another as a file, and a hostile file is told in a sentence', async ({
  page,
  app,
  browser,
}) => {
  await settings(page, app);
  await page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'Dark' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export settings' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^queuescope-settings-\d{8}-\d{6}\.json$/);
  const text = await readFile(await saved.path(), 'utf8');

  const another = await (await browser.newContext()).newPage();
  await settings(another, app);
  const root = another.locator('html');
  const give = (name: string, content: string) =>
    another
      .getByLabel('File of settings')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await give('settings.json', text);
  await expect(another.getByText(/^Imported \d+ settings$/)).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await another.getByRole('button', { name: 'Undo' }).click();
  await expect(root).toHaveAttribute('data-theme', 'light');

  await give('future.json', text.replace('"version": 1', '"version": 2'));
  await expect(another.getByText(/A newer version of Queuescope wrote this file/)).toBeVisible();
  await give('large.json', ' '.repeat(100_000));
  await expect(another.getByText('This file has 97.7 KiB. A file of settings has at most 64 KiB.')).toBeVisible();
  await give('odd.json', '{"kind":"queuescope-settings","version":1,"settings":{"theme":"dark","sidebar":7}}');
  await expect(another.getByText('Imported 1 setting', { exact: true })).toBeVisible();
  await expect(
    another.getByText(/^Left out, as this version does not know them or their values: sidebar\.$/),
  ).toBeVisible();
  await another.context().close();
});
