import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const ledger = (page: Page) => page.getByLabel('Ledger').innerText();

async function open(page: Page, name: string, content: string) {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Open (a )?run$/ }).click();
  await (await chosen).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
}

test('a run is saved and opened as it was, and what is no such run is refused with the reason', async ({ page }) => {
  await page.goto('/#/lab/free?seed=7&workers=2');
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(2);
  for (let times = 0; times < 2; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:20.0');
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:30.0');
  await expect.poll(() => ledger(page)).toMatch(/Sent\s+[5-9]\d/);
  const before = await ledger(page);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save run' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^lab-.*\.queuescope-run\.json$/);
  const text = await readFile(await file.path(), 'utf8');

  // From where no run is open.
  await page.goto('/#/lab');
  await open(page, 'mine.json', text);
  await expect(clock).toHaveText('0:30.0');
  await expect.poll(() => ledger(page)).toBe(before);

  const notes = page.getByLabel('Notifications');
  await open(page, 'half.json', text.slice(0, text.length / 2));
  await expect(notes).toContainText('half.json was not opened');
  await expect(notes).toContainText('This file is cut off: its end is missing.');
  await expect(clock).toHaveText('0:30.0');
  await open(page, 'other.json', text.replace(/"hash": "[^"]*"/, '"hash": "0123456789abcdef"'));
  await expect(notes).toContainText('This is not the run that was saved');
});

test('free play asks what happens next: time stands, the run answers, and goes on', async ({ page }) => {
  await page.goto('/#/lab/free?seed=7&workers=3&crash=0');
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(3);
  for (let times = 0; times < 2; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:20.0');
  const options = page.getByRole('region', { name: 'Question' }).getByRole('radio');
  await expect(async () => {
    await page.keyboard.press('q');
    await expect(options.first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  expect([3, 4]).toContain(await options.count());
  await expect(options.last()).toBeInViewport();
  await page.keyboard.press('n');
  await page.keyboard.press('Space');
  await page.keyboard.press('a');
  await expect(options.first()).toBeChecked();
  await expect(clock).toHaveText('0:20.0');
  // Presented, nobody sees what is chosen.
  await page.keyboard.press('p');
  await expect(options.first()).not.toBeChecked();
  await page.keyboard.press('p');
  await expect(options.first()).toBeChecked();
  await page.keyboard.press('PageDown');
  const told = page.getByRole('status', { name: 'What the run says' });
  await expect(told).toContainText(/The run (agrees with you|says otherwise)/);
  await expect(told.getByLabel('This is so')).toHaveCount(1);
  await told.getByRole('button', { name: 'Continue' }).click();
  await expect(told).toBeHidden();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('a link that is too long to be passed on is not copied, and says what to do', async ({ page }) => {
  const acts = Array.from({ length: 400 }, (_, index) => `s@${index + 1}`).join(',');
  await page.goto(`/#/lab/free?in=${acts}`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByLabel('Notifications')).toContainText('The link is too long for this run; save it as a file');
});
