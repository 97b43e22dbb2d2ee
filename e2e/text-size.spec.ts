import type { BrowserContextOptions, LaunchOptions, Page } from '@playwright/test';
import { cutTexts, spaceText } from './cut-text';
import { expect, test } from './fixtures';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Opens the sandbox and walks through the main screens; `look` is called on each with its name. */
async function walk(page: Page, look: (name: string) => Promise<void>) {
  await look('connect');
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await expect(page.getByRole('link', { name: /^orders, about 40/ })).toBeVisible();
  await look('overview');
  await page.getByRole('link', { name: /^orders, about 40/ }).click();
  const grid = page.getByRole('grid', { name: 'Messages in orders' });
  await expect(grid.getByRole('row').nth(3)).toBeVisible();
  await look('queue');
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^Message / })).toBeVisible();
  await look('details');
  await page.keyboard.press('Escape');
  // By keys: in a short window the modes are in a menu.
  await page.keyboard.press('2');
  await look('receive');
  await page.keyboard.press('3');
  await look('browse');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add message' })).toBeVisible();
  await look('add message');
  await page.keyboard.press('Escape');
  for (const screen of ['settings', 'wire']) {
    await page.evaluate((name) => (location.hash = `#/${name}`), screen);
    await expect(page.getByRole('heading', { level: 1, name: screen === 'wire' ? 'Wire' : 'Settings' })).toBeVisible();
    await look(screen);
  }
}

/** What is not among the main screens: the commands, free play of the lab and a question of a lesson. */
async function walkOn(page: Page, look: (name: string) => Promise<void>) {
  // Then events are a list at first.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await expect(page.getByRole('link', { name: /^orders, about 40/ })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('que');
  await look('commands');
  await page.keyboard.press('Escape');
  const open = (at: string) => page.evaluate((hash) => (location.hash = hash), `#/lab/${at}`);
  await open('free?scenario=crash');
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  for (let second = 0; second < 6; second++) await page.keyboard.press('Shift+ArrowRight');
  await look('free play');
  await page.getByRole('button', { name: 'View as picture' }).click();
  await look('free play with its events as a picture');
  await open('crash-and-redelivery');
  await page.getByRole('button', { name: 'Send an order' }).click();
  await page.getByRole('button', { name: 'Crash that worker' }).click();
  await page.getByRole('radiogroup', { name: 'The lease ends. And then?' }).waitFor();
  await look('a question of a lesson');
}

/** Nothing is cut on any screen; floating parts are placed again in the frames after a change. */
const readable = (page: Page) => async (name: string) =>
  expect.soft
    .poll(() => cutTexts(page), { message: `texts of ${name} that cannot be read`, timeout: 5000 })
    .toEqual([]);

test.describe('text that a person made larger in the browser', () => {
  test.skip(
    ({ browserName }) => browserName !== 'chromium',
    'Only Chromium takes its default size of text at its start',
  );

  for (const { size, viewport, tag, screens = 'main screens' } of [
    { size: 32, viewport: DESKTOP, tag: '' },
    { size: 32, viewport: PHONE, tag: '@everywhere' },
    { size: 20, viewport: DESKTOP, tag: '@everywhere' },
    { size: 20, viewport: PHONE, tag: '@everywhere' },
    { size: 32, viewport: DESKTOP, tag: '@everywhere', screens: 'commands and the lab' },
    { size: 32, viewport: PHONE, tag: '@everywhere', screens: 'commands and the lab' },
  ])
    test(`of ${size} px in a window ${viewport.width} wide enlarges rows and bars with it, and cuts nothing on the ${screens} ${tag}`, async ({
      playwright,
      app,
    }, { project }) => {
      if (tag) test.setTimeout(180_000);
      const { args = [], ...launch }: LaunchOptions = project.use.launchOptions ?? {};
      const browser = await playwright.chromium.launch({
        ...launch,
        args: [...args, `--blink-settings=defaultFontSize=${size}`],
      });
      const options: BrowserContextOptions = { viewport, locale: 'en-GB', reducedMotion: 'reduce' };
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(`${app}#/connect`);
      const go = screens === 'main screens' ? walk : walkOn;
      await go(page, async (name) => {
        await readable(page)(name);
        if (name !== 'queue') return;
        const row = await page.getByRole('grid').getByRole('row').nth(2).boundingBox();
        // As in a window that is smaller by as much.
        const { width, height } = { width: viewport.width / (size / 16), height: viewport.height / (size / 16) };
        const rowHeight = height < 520 ? (width <= 480 ? 48 : 36) : width < 760 ? 60 : 32;
        expect(row?.height).toBe((rowHeight * size) / 16);
      });
      await browser.close();
    });
});

for (const { viewport, tag, go = walk } of [
  { viewport: DESKTOP, tag: '' },
  { viewport: PHONE, tag: '@everywhere' },
  { viewport: DESKTOP, tag: '@everywhere', go: walkOn },
  { viewport: PHONE, tag: '@everywhere', go: walkOn },
])
  test(`spacing that a person sets cuts no text in a window ${viewport.width} wide${go === walk ? '' : ', commands and lab'} ${tag}`, async ({
    page,
    app,
  }) => {
    if (tag) test.setTimeout(180_000);
    await page.setViewportSize(viewport);
    await page.goto(`${app}#/connect`);
    await expect(page.getByRole('button', { name: 'Open sandbox' })).toBeVisible();
    await spaceText(page);
    await go(page, readable(page));
  });

test('a text that is cut is found', async ({ page, app }) => {
  await page.goto(app);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await cutTexts(page)).toEqual([]);
  await page.evaluate(() => {
    const box = document.createElement('p');
    box.textContent = 'A sentence that does not fit';
    Object.assign(box.style, { position: 'fixed', top: '0', left: '0', zIndex: '99', background: '#fff' });
    Object.assign(box.style, { width: '60px', overflow: 'hidden', whiteSpace: 'nowrap' });
    document.body.append(box);
  });
  expect(await cutTexts(page)).toEqual([expect.stringMatching(/^"A sentence that does not fit" is cut by <p/)]);
});
