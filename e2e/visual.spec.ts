import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { resolveBrowser } from '../scripts/testing/browser.mjs';
import { expect, test } from './fixtures';
import { DESK, PHONE, SHOWN } from './visual/shown';
import { smallPng } from './visual/small-png';
import { steady } from './visual/steady';

/*
 * Before a release: what the pictures of the design show, compared with the pictures in `visual`. How a change is accepted stands in
 * CONTRIBUTING.md. Only the Chromium of the packages draws them, which brings its own letters: a picture holds on any machine.
 */

const { source } = await resolveBrowser();
const THEMES = ['light', 'dark'] as const;

/** Makes the same, or unseen, what is of the machine or of the moment: ports, how long a request took and the bar of that. */
async function hide(page: Page) {
  const duration = /^[\d.]+ m?s$/;
  const durations = page.getByRole('gridcell').filter({ hasText: duration });
  const others = page.getByText(/\d ms (each|a request)|, forecast \d|^Running on port|127\.0\.0\.1:\d/);
  for (const one of [durations, others])
    await one.evaluateAll((found) => {
      for (const element of found) (element as HTMLElement).style.visibility = 'hidden';
    });
  await page
    .getByRole('region', { name: 'Request details' })
    .getByText(duration)
    .evaluateAll((found) => {
      for (const { firstChild } of found) if (firstChild) firstChild.nodeValue = '7 ms';
    });
}

for (const { name, open, windows = [DESK, PHONE] } of SHOWN)
  for (const viewport of windows) {
    const size = viewport.height < 520 ? `${viewport.width}x${viewport.height}` : String(viewport.width);
    test(`${name} at ${size} looks as it did`, { tag: '@everywhere' }, async ({ browser, app }, info) => {
      test.setTimeout(180_000);
      test.skip(source !== '@sparticuz/chromium', 'QUEUESCOPE_CHROMIUM=packaged draws the pictures');
      const context = await browser.newContext({
        baseURL: app,
        viewport,
        reducedMotion: 'reduce',
        timezoneId: 'UTC',
        hasTouch: viewport === PHONE,
      });
      const page = await context.newPage();
      await open(page, await steady(page));
      await page.mouse.move(0, 0);
      // A machine that is too busy to decode a text in time draws another picture.
      await expect(page.getByText('took too long')).toHaveCount(0);
      await hide(page);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        const picture = `${name}-${size}-${colorScheme}.png`;
        await expect.soft(page).toHaveScreenshot(picture);
        const file = info.snapshotPath(picture, { kind: 'screenshot' });
        writeFileSync(file, smallPng(readFileSync(file)));
      }
      await context.close();
    });
  }
