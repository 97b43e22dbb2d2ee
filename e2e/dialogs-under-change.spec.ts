import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, type QueueScreen, test } from './queue-screen';

// The world changes while something is open: the focus stays in it, and what was typed; after it, the focus is somewhere.

type Opened = {
  what: string;
  open: (page: Page, screen: QueueScreen) => Promise<unknown>;
  /** A field with a draft of its own. */
  draft?: (page: Page) => Locator;
};

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).last();
const text = (name: string) => (page: Page) => dialog(page).getByRole('textbox', { name });
const fromQueueMenu = (item: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const DRAFT = 'typed before it changed';

const OPENED: Opened[] = [
  { what: 'Add message', open: (page) => page.keyboard.press('n'), draft: text('Message body') },
  { what: 'Edit', open: (page) => page.keyboard.press('e'), draft: text('Message body') },
  { what: 'Move, one message', open: (page) => page.keyboard.press('m') },
  { what: 'Move all', open: fromQueueMenu('Move all messages') },
  { what: 'Change text', open: fromQueueMenu('Change text of all messages'), draft: text('Find') },
  { what: 'Send copies', open: fromQueueMenu('Send copies'), draft: text('Message text') },
  { what: 'Export', open: fromQueueMenu('Export all messages') },
  { what: 'Import', open: fromQueueMenu('Import messages') },
  { what: 'Clear queue', open: fromQueueMenu('Clear queue'), draft: text('Type') },
  { what: 'Delete queue', open: fromQueueMenu('Delete queue'), draft: text('Type') },
  { what: 'Metadata', open: fromQueueMenu('Metadata') },
  { what: 'Shortcuts', open: (page) => page.keyboard.press('?') },
  {
    what: 'New queue',
    open: (page) => page.getByRole('button', { name: 'New queue' }).first().click(),
    draft: text('Queue name'),
  },
  {
    what: 'Palette',
    open: (page) => page.keyboard.press('Control+k'),
    draft: (page) => page.getByRole('combobox', { name: 'Search or run a command' }),
  },
];

/** Where the focus is: the name of the dialog or menu around it, else the element. */
const focusPlace = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement ?? document.body;
    return focused.closest('[role=dialog], [role=alertdialog], [role=menu]')?.role ?? focused.tagName;
  });

type World = { page: Page; context: BrowserContext; screen: QueueScreen; deleteAll: () => Promise<unknown> };

/** What happens behind what is open, one after the other. */
const CHANGES: { change: string; happen: (world: World) => Promise<unknown> }[] = [
  ...[
    [1280, 400],
    [1280, 800],
    [700, 800],
    [640, 400],
    [320, 256],
    [1280, 800],
  ].map(([width = 0, height = 0]) => ({
    change: `the window is ${width}×${height}`,
    happen: ({ page }: World) => page.setViewportSize({ width, height }),
  })),
  { change: 'the theme of the system is dark', happen: ({ page }) => page.emulateMedia({ colorScheme: 'dark' }) },
  {
    change: 'text is twice as large',
    happen: ({ page }) => page.evaluate(() => void (document.documentElement.style.fontSize = '200%')),
  },
  {
    change: 'text is as it was',
    happen: ({ page }) => page.evaluate(() => void (document.documentElement.style.fontSize = '')),
  },
  {
    change: 'another tab chooses a theme',
    happen: async ({ page, context }) => {
      const other = await context.newPage();
      await other.goto('/manifest.webmanifest');
      const stored = JSON.stringify({ state: { theme: 'light', poisonThreshold: 2 }, version: 1 });
      await other.evaluate((one) => localStorage.setItem('queuescope.preferences', one), stored);
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
      await other.close();
    },
  },
  {
    change: 'the network goes, and a note of the leases comes',
    happen: async ({ context, screen }) => {
      await context.setOffline(true);
      await expect(screen.notes).toContainText('No network');
    },
  },
  {
    change: 'it is back, and the rows that another consumer deleted leave with the next answer',
    happen: async ({ page, context, deleteAll }) => {
      await deleteAll();
      // Behind what is open they are hidden from assistive technology.
      const rows = page.getByRole('row', { name: /Select message/, includeHidden: true });
      // What is older than ten seconds is asked for again.
      await expect(async () => {
        await context.setOffline(true);
        await context.setOffline(false);
        await expect(rows).toHaveCount(1, { timeout: 2000 });
      }).toPass({ timeout: 30_000 });
    },
  },
];

for (const { what, open, draft } of OPENED) {
  test(`@everywhere the focus stays in what is open, and after it is somewhere: ${what}`, async ({
    page,
    context,
    seed,
  }) => {
    test.setTimeout(180_000);
    const { queue, short, screen } = await seed('{"n":1}', '{"n":2}', '{"n":3}');
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
    // Once each, so that all parts are there without a network.
    await page.setViewportSize({ width: 640, height: 400 });
    await screen.open();
    await expect(page.getByRole('button', { name: /^How to read messages, / })).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('1');
    await page.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('300');
    await page.getByRole('button', { name: 'Receive 1', exact: true }).click();
    await expect(screen.leases.first()).toBeVisible();
    await screen.row(short[0] ?? '').click();
    await expect(screen.details(short[0] ?? '')).toBeVisible();
    const world: World = {
      page,
      context,
      screen,
      deleteAll: () => queue.clearMessages(),
    };
    await open(page, screen);
    await expect(dialog(page)).toBeVisible();
    const field = draft?.(page);
    if (field) {
      await field.first().fill(DRAFT);
      await expect(field.first()).toBeFocused();
    }
    const lost: string[] = [];
    for (const { change, happen } of CHANGES) {
      await happen(world);
      await expect(dialog(page), change).toBeVisible();
      const place = await expect
        .poll(() => focusPlace(page), { timeout: 3000 })
        .toMatch(/dialog$/)
        .then(
          () => undefined,
          () => focusPlace(page),
        );
      if (place !== undefined) lost.push(`${change}: on ${place}`);
    }
    if (field)
      await expect(field.first())
        .toHaveText(DRAFT)
        .catch(() => expect(field.first()).toHaveValue(DRAFT));
    while ((await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) > 0) {
      await page.keyboard.press('Escape');
      const keep = page.getByRole('button', { name: /^(Discard|Close|Keep)/ });
      if (await keep.first().isVisible()) await keep.first().click();
    }
    expect(await focusPlace(page)).not.toBe('BODY');
    expect(lost).toEqual([]);
  });
}

/** What is beside its button, which may go away with a window. */
const BESIDE: { what: string; open: (page: Page) => Promise<unknown> }[] = [
  { what: 'menu of the queue', open: (page) => page.getByRole('button', { name: 'More queue actions' }).click() },
  { what: 'menu of columns', open: (page) => page.getByRole('button', { name: 'Choose columns' }).click() },
  { what: 'menu of the account', open: (page) => page.getByRole('button', { name: /^Account / }).click() },
  { what: 'parts of the count', open: (page) => page.getByRole('button', { name: /^About \d+ messages: / }).click() },
  { what: 'count by a column', open: (page) => page.getByRole('button', { name: 'Count by a column' }).click() },
];

test('@everywhere the focus is somewhere, whatever the window does to the button of a menu that is open', async ({
  page,
  seed,
}) => {
  test.setTimeout(180_000);
  const { screen } = await seed('{"n":1}', '{"n":2}');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lost: string[] = [];
  for (const { what, open } of BESIDE) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto('about:blank');
    await screen.open();
    await expect(screen.rows).toHaveCount(2);
    await open(page);
    await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toBeVisible();
    for (const [width, height] of [
      [700, 800],
      [640, 400],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(() => focusPlace(page), { timeout: 3000 })
        .not.toBe('BODY')
        .catch(() => lost.push(`${what} at ${width}×${height}`));
    }
    await page.keyboard.press('Escape');
    await expect
      .poll(() => focusPlace(page), { timeout: 3000 })
      .not.toBe('BODY')
      .catch(() => lost.push(`${what} after Esc`));
  }
  expect(lost).toEqual([]);
});
