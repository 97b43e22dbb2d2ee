/* oxlint-disable unicorn/consistent-function-scoping -- the page is given one function, with all that it calls */
import type { Page } from '@playwright/test';
import { type Ear, listen } from '../src/ui/feedback/listen.fixture';
import { expect, moveAllSlowly, test } from './queue-screen';

/* What a screen reader says along a journey, and the order in which it reads a screen. */

type Heard = Window & { ear?: Ear };

/** Begins to hear what the live regions of the page say; gives what was said so far. */
async function listenTo(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`window.ear = (${listen.toString()})()`);
  return () => page.evaluate(() => (window as Heard).ear?.said() ?? []);
}

/** What is read first on purpose: the form of Connect, which stands right of ways that are chosen instead of it. */
const READ_FIRST = '[aria-labelledby=connect-an-account]';

/** Where the order of reading is not the order seen, headings leave a level out, or an area or a dialog has no name of its own. */
const misread = (page: Page): Promise<string[]> =>
  page.evaluate((readFirst) => {
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const root = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].findLast(shown) ?? document.body;
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ??
      (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
    const wrong: string[] = [];
    if (root !== document.body && nameOf(root) === '') wrong.push('the dialog has no name');

    const areas = [
      ...root.querySelectorAll('nav, aside, section[aria-label], [role=region], main, footer[aria-label]'),
    ];
    const names = areas.filter(shown).map((area) => `${area.tagName} ${nameOf(area)}`);
    for (const [index, name] of names.entries()) {
      if (!name.startsWith('MAIN') && name.trim().split(' ').length < 2) wrong.push(`${name} has no name`);
      if (names.indexOf(name) !== index) wrong.push(`${name} is there twice`);
    }

    for (const part of new Set([root, ...root.querySelectorAll('main, aside')])) {
      let level = part.matches('main, aside') ? undefined : 0;
      for (const heading of part.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
        if (!shown(heading) || (part === root && heading.closest('main, aside'))) continue;
        const next = Number(heading.tagName.slice(1));
        if (level !== undefined && level > 0 && next > level + 1)
          wrong.push(`h${next} after h${level}: ${heading.textContent}`);
        level = next;
      }
    }

    // Of what stands side by side or one below the other in a part, none is read before what stands before it.
    const isFlow = (element: Element) => {
      const { position, float } = getComputedStyle(element);
      return (position === 'static' || position === 'relative') && float === 'none';
    };
    for (const parent of [root, ...root.querySelectorAll('header, footer, form, main, aside, section, nav, div')]) {
      if (!shown(parent) || parent.closest('[role=grid], svg, [aria-hidden=true]')) continue;
      let before: { box: DOMRect; of: Element } | undefined;
      for (const child of parent.children) {
        const box = child.getBoundingClientRect();
        if (!shown(child) || !isFlow(child) || box.width < 2 || box.height < 2) continue;
        const isAbove = before && box.bottom <= before.box.top + 1;
        const isLeft =
          before && box.right <= before.box.left + 1 && box.top < before.box.bottom && box.bottom > before.box.top;
        if (before && (isAbove || isLeft) && !before.of.matches(readFirst))
          wrong.push(`${before.of.outerHTML.slice(0, 90)} is read before ${child.outerHTML.slice(0, 90)}`);
        before = { box, of: child };
      }
    }
    return wrong;
  }, READ_FIRST);

test('a job is said from its start to its end, each change once, and percentages only of one that takes long', {
  tag: '@everywhere',
}, async ({ page, azurite, seed }) => {
  test.setTimeout(180_000);
  const { queue, screen } = await seed(...Array.from({ length: 12 }, (_, index) => `message ${index}`));
  const target = azurite.getQueueClient(`${queue.name}-target`);
  await target.create();
  await screen.open();
  await expect(screen.rows).toHaveCount(12);
  const said = await listenTo(page);
  await moveAllSlowly(page, screen, target.name);
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true });
  await expect.poll(said, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/25%$/));
  await jobs.getByRole('button', { name: 'Pause' }).press('Enter');
  await jobs.getByRole('button', { name: 'Resume' }).press('Enter');
  await expect.poll(said, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/50%$/));
  await jobs.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect.poll(said, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^Cancelled: moved/));
  // How fast a part of the page comes is another matter.
  const all = (await said()).filter((text) => !text.startsWith('Still loading'));
  // The numbers of the selection change with each message, and are not told beside the job.
  expect(all.filter((text) => text.includes('in use by'))).toEqual([]);
  const percent = all.flatMap((text) => /(\d+)%/.exec(text)?.[1] ?? []).map(Number);
  expect(percent).toEqual(percent.toSorted((one, other) => one - other));
  expect(
    all.filter((text, index) => all.indexOf(text) !== index),
    all.join('\n'),
  ).toEqual([]);
  await target.delete();
});

test('screens are read in the order seen, with names and headings in order', { tag: '@everywhere' }, async ({
  page,
  seed,
}) => {
  test.setTimeout(180_000);
  const { short, screen } = await seed('{"order":1}', 'second');
  const wrong: Record<string, string[]> = {};
  const look = async (name: string) => {
    const found = await misread(page);
    if (found.length > 0) wrong[name] = found;
  };
  for (const mode of ['receive', 'browse'] as const) {
    await page.goto('about:blank');
    await screen.open({ mode });
    await expect(screen.rows).toHaveCount(2);
    await look(mode);
  }
  await screen.openDetails(short[0] ?? '');
  await expect(screen.details(short[0] ?? '').getByRole('button', { name: 'Delete' })).toBeVisible();
  await look('details');
  await page.keyboard.press('Backquote');
  await expect(page.getByRole('grid', { name: 'Wire log' })).toBeVisible();
  await look('drawer');
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Message body' })).toBeFocused();
  await look('editor');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (const address of ['/#/connect', '/#/settings', '/#/wire', '/#/lab', '/#/lab/first-message', '/#/lab/free']) {
    await page.goto('about:blank');
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(address);
  }
  expect(wrong).toEqual({});
});
