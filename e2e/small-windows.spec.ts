import type { Locator, Page } from '@playwright/test';
import { expect, test } from './gallery';
import { holdAfter } from './gate';
import {
  expectRowsReached,
  flatFields,
  focusTrouble,
  SHORT_WINDOWS,
  shareOf,
  sideways,
  sizeText,
  tabbedOutOfSight,
} from './in-sight';
import { RARE_SCREENS } from './rare-screens';
import { closeOverlays, SCREENS } from './screens';
import { STATES, selectThree } from './short-states';

// Short windows: the page scrolls as one below a sticky line, rows are in sight in every mode, and what has the focus is.

const soft = expect.configure({ soft: true });
const texts = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index},"state":"placed"}`);
const line = (page: Page) => ({
  menu: page.getByRole('button', { name: 'Menu: connections, queues, Lab, Requests, Settings' }),
  mode: page.getByRole('button', { name: /^How to read messages, / }),
  filter: page.getByRole('button', { name: 'Filter messages' }),
  more: page.getByRole('button', { name: 'More: refresh, columns, jobs, import, export' }),
});

/** One for each layout: rows in one line, and in two. */
const SMALLEST = SHORT_WINDOWS.slice(0, 2).toReversed();

/** At rest, with one folded bar: what the pictures show, and never under a third elsewhere. */
const LEAST: Record<string, number> = { '640×400': 0.78, '320×256': 0.67 };

async function check(page: Page, what: string, queue: string, sizes: readonly { width: number; height: number }[]) {
  const grid = page.getByRole('grid', { name: `Messages in ${queue}` });
  for (const size of sizes) {
    await page.setViewportSize(size);
    const where = `${what} at ${sizeText(size)}`;
    await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
    await soft
      .poll(() => shareOf(grid), `share of the grid, ${where}`)
      .toBeGreaterThanOrEqual((LEAST[sizeText(size)] ?? 1 / 3) - 0.005);
    await expectRowsReached(page, grid, where);
    expect.soft(await sideways(page), `sideways, ${where}`).toBeLessThanOrEqual(0);
  }
}

/** Expects that something can be pressed, after scrolling to it where that is needed, and is not cut. */
async function expectInReach(part: Locator, what: string) {
  await soft(part, what).toBeVisible();
  await part.scrollIntoViewIfNeeded();
  await soft(part, what).toBeInViewport({ ratio: 0.99 });
  await part.click({ trial: true });
}

async function changeMode(page: Page, mode: string) {
  await line(page).mode.click();
  await page.getByRole('menuitemcheckbox', { name: mode }).click();
  await expect(page.getByRole('button', { name: `How to read messages, ${mode}` })).toBeVisible();
}

test('in a short window rows are in sight and reached in every mode, below one sticky line that has all the rest', async ({
  page,
  seed,
}) => {
  test.setTimeout(120_000);
  const { queue, screen } = await seed(...texts(60));
  const { name } = queue;
  await page.setViewportSize({ width: 640, height: 400 });
  await screen.open();
  await expect(screen.rows.first()).toBeVisible();
  for (const part of Object.values(line(page))) await expect(part).toBeVisible();
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toBeHidden();
  await check(page, 'peek', name, SHORT_WINDOWS);

  await page.setViewportSize({ width: 640, height: 400 });
  await changeMode(page, 'Receive');
  await expect(page.getByRole('button', { name: /^Receive \d+$/ })).toBeVisible();
  // All of the bars are one press away.
  await page.getByRole('button', { name: 'Show the bars in full' }).click();
  await page.getByRole('button', { name: '16 for 5 min' }).click();
  await page.getByRole('button', { name: 'Fold the bars to one line' }).click();
  await expect(page.getByRole('timer', { name: /^Leases, / })).toBeVisible();
  await check(page, 'receive, with a lease', name, SHORT_WINDOWS);
  // What had the focus was in sight all along, from the first control to the last.
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await tabbedOutOfSight(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show the bars in full' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Messages to receive' })).toBeVisible();
  expect(await tabbedOutOfSight(page)).toEqual([]);
  await page.getByRole('button', { name: 'Fold the bars to one line' }).click();

  await page.setViewportSize({ width: 640, height: 400 });
  await page.getByRole('button', { name: 'Release 16 leases' }).click();
  await changeMode(page, 'Browse all');
  const letGo = await holdAfter(page, /numofmessages=\d+&visibilitytimeout=/, 'GET', 1);
  await page.getByRole('button', { name: 'Browse all 60' }).click();
  await expect(screen.rows.first()).toBeVisible();
  await check(page, 'browse all, while it runs', name, SMALLEST);
  await letGo();
  await expect(page.getByText('Browsed 60 messages, all returned')).toBeVisible();
  await check(page, 'browse all, at its end', name, SMALLEST);
  await page.setViewportSize({ width: 640, height: 400 });
  await selectThree({ page, screen });
  await check(page, 'a selection', name, SMALLEST);
  for (const action of ['Move 3', 'More for the selected messages', 'Clear selection'])
    await expectInReach(page.getByRole('button', { name: action }), `${action} of a selection`);
  await page.keyboard.press('Escape');

  // The menu leads where rail, tabs and status bar do.
  await line(page).menu.click();
  const menu = page.getByRole('dialog', { name: 'Menu' });
  for (const place of ['Lab', 'Requests', 'Settings'])
    await expect(menu.getByRole('link', { name: place })).toBeVisible();
  await menu.getByRole('link', { name: 'Requests' }).click();
  await expect(page.getByRole('grid', { name: 'Wire log' })).toBeVisible();
  for (const size of SMALLEST) {
    await page.setViewportSize(size);
    await expectRowsReached(page, page.getByRole('grid', { name: 'Wire log' }), `wire log at ${sizeText(size)}`);
  }
});

test('a filter that is asked for by its key is shown, and keeps the focus when a keyboard makes the window short', async ({
  page,
  seed,
}) => {
  const { screen } = await seed(...texts(3));
  await page.setViewportSize({ width: 390, height: 844 });
  await screen.open();
  const field = page.getByRole('textbox', { name: 'Filter messages' });
  await field.click();
  await page.setViewportSize({ width: 390, height: 508 });
  await expect(field).toBeFocused();
  await page.keyboard.type('order:1');
  await expect(field).toHaveValue('order:1');
  expect(await focusTrouble(page)).toBeUndefined();
});

for (const state of STATES) {
  test(`@everywhere in every short window: ${state.name}`, async ({ page, seed, azurite, queueName }) => {
    test.setTimeout(300_000);
    const { queue, screen } = await seed(...texts(60));
    const [poison, empty] = [`${queue.name}-poison`, queueName('empty')].map((name) => azurite.getQueueClient(name));
    if (!poison || !empty) throw new Error('No queues');
    await Promise.all([poison.create(), empty.create()]);
    await Promise.all(texts(80).map((text) => poison.sendMessage(text)));
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    await page.setViewportSize({ width: 640, height: 400 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    await state.open({ page, queue, poison, empty, screen, at: ({ name }) => `/#/q/${account}/${name}` });
    for (const size of SHORT_WINDOWS) {
      await page.setViewportSize(size);
      const where = `${state.name} at ${sizeText(size)}`;
      await soft.poll(() => sideways(page), `sideways, ${where}`).toBeLessThanOrEqual(0);
      soft(await focusTrouble(page), `focus, ${where}`).toBeUndefined();
      soft(await flatFields(page), `fields, ${where}`).toEqual([]);
      await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: test.info().outputPath(`${sizeText(size)}-${colorScheme}.png`) });
      }
      const grid = page.getByRole('grid', { name: /^Messages in/ });
      if (state.hasRows) {
        await soft.poll(() => shareOf(grid), `share of the grid, ${where}`).toBeGreaterThanOrEqual(1 / 3);
        await expectRowsReached(page, grid, where);
      }
      for (const part of state.inReach(page)) await expectInReach(part, where);
      expect.soft(await tabbedOutOfSight(page, 40), `focus, ${where}`).toEqual([]);
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await poison.deleteIfExists();
  });
}

for (const size of SHORT_WINDOWS) {
  test(`@everywhere every screen and dialog at ${sizeText(size)}: what has the focus is in sight, and nothing is cut at the sides`, async ({
    gallery,
  }) => {
    test.setTimeout(900_000);
    const tall = { width: size.width, height: size.width < 760 ? 844 : 900 };
    const { scene, context } = await gallery({ viewport: tall });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto('/');
    for (const screen of SCREENS) {
      if (screen.only && screen.only !== (size.width < 760 ? 'phone' : 'desktop')) continue;
      await page.setViewportSize(tall);
      await screen.open(page, scene);
      await page.setViewportSize(size);
      await soft.poll(() => sideways(page), `sideways, ${screen.name}`).toBeLessThanOrEqual(0);
      expect.soft(await tabbedOutOfSight(page, 80), `focus on ${screen.name}`).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${screen.name.replaceAll(/\W+/g, '-')}.png`) });
      await page.setViewportSize(tall);
      await closeOverlays(page);
    }
    expect(faults).toEqual([]);
  });
}

test('@everywhere what few people meet, and what a desktop alone has, in every short window', async ({ gallery }) => {
  test.setTimeout(900_000);
  const desktop = { width: 1280, height: 900 };
  const { scene, context } = await gallery({ viewport: desktop });
  const page = await context.newPage();
  await page.goto('/');
  // Who presents has a screen for a room.
  const ofDesktops = SCREENS.filter(({ name, only }) => only === 'desktop' && name !== 'a question that is presented');
  for (const { name, open, goesOn } of [...ofDesktops, ...RARE_SCREENS])
    await test.step(name, async () => {
      await page.setViewportSize(desktop);
      if (goesOn) await SCREENS[SCREENS.findIndex((one) => one.name === name) - 1]?.open(page, scene);
      await open(page, scene);
      for (const size of SHORT_WINDOWS) {
        await page.setViewportSize(size);
        const where = `${name} at ${sizeText(size)}`;
        await soft.poll(() => sideways(page), `sideways, ${where}`).toBeLessThanOrEqual(0);
        expect.soft(await tabbedOutOfSight(page, 80), `focus, ${where}`).toEqual([]);
        soft(await flatFields(page), `fields, ${where}`).toEqual([]);
        for (const part of await page
          .getByRole('dialog')
          .locator('footer button:enabled:not([aria-disabled=true]):visible')
          .all())
          await expectInReach(part, `foot of the dialog, ${where}`);
        await page.screenshot({ path: test.info().outputPath(`${where.replaceAll(/\W+/g, '-')}.png`) });
      }
      await page.setViewportSize(desktop);
      await closeOverlays(page);
    });
});
