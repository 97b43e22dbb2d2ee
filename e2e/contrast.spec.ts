import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';

/*
 * In forced colours a browser draws no tints: the current place, what is selected and what is on are told by lines and fills. With
 * `prefers-contrast` lines and texts are stronger.
 */

/** What tells an element from its neighbours in forced colours: lines, fills of the system, and the same of `::before` and `::after`. */
const marks = (element: Locator) =>
  element.evaluate((one) => {
    const look = (pseudo?: string) => {
      const style = getComputedStyle(one, pseudo);
      if (pseudo && style.content === 'none') return undefined;
      return [
        style.outlineStyle === 'none' ? '' : `${style.outlineStyle} ${style.outlineWidth}`,
        `${style.borderTopStyle} ${style.borderTopWidth}`,
        style.backgroundColor,
        style.left,
      ];
    };
    return JSON.stringify([look(), look('::before'), look('::after')]);
  });

async function openSandbox(page: Page) {
  await page.goto('/#/connect');
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page.getByRole('link', { name: /^orders, about/ }).click();
  await page.getByRole('grid', { name: 'Messages in orders' }).waitFor();
}

/** True when both are drawn alike. */
const areAlike = async (one: Locator, other: Locator) => (await marks(one)) === (await marks(other));

/** A window in the colours of the system. */
const FORCED = { viewport: { width: 1440, height: 900 }, forcedColors: 'active', reducedMotion: 'reduce' } as const;

test('in forced colours the current place and what is on are marked', async ({ browser, app }) => {
  const context = await browser.newContext({ baseURL: app, ...FORCED });
  const page = await context.newPage();
  await openSandbox(page);
  const rail = page.getByRole('navigation', { name: 'Connections and tools' });
  const grid = page.getByRole('grid', { name: 'Messages in orders' });
  const row = (index: number) => grid.getByRole('row').nth(index);
  const sidebar = page.getByRole('complementary', { name: 'Queues' });
  // The style sheet for this comes on its own.
  await expect.poll(() => marks(rail.getByRole('button', { name: 'Explorer' }))).toContain('solid 2px');

  await page
    .getByRole('checkbox', { name: /^Select message/ })
    .nth(1)
    .click();
  await row(3).getByRole('gridcell').last().click();
  await page.getByRole('complementary', { name: /^Message/ }).waitFor();
  await page.mouse.move(700, 450);
  await page.getByRole('main').focus();

  const pairs: [string, Locator, Locator][] = [
    ['the screen', rail.getByRole('button', { name: 'Explorer' }), rail.getByRole('button', { name: 'Settings' })],
    ['the queue', sidebar.locator('a[aria-current=page]'), sidebar.getByRole('link', { name: /^refunds, about/ })],
    ['the mode', page.getByRole('radio', { name: 'Peek' }), page.getByRole('radio', { name: 'Receive' })],
    ['the open row', row(3), row(4)],
    ['a selected row', row(2), row(4)],
    ['the open row and a selected one', row(3), row(2)],
    ['a toggle', page.getByRole('button', { name: 'Wrap lines' }), page.getByRole('button', { name: 'Copy body' })],
  ];
  await page.getByRole('button', { name: 'Wrap lines' }).press('Space');
  await page.getByRole('main').focus();
  for (const [what, current, other] of pairs)
    expect.soft(await areAlike(current, other), `${what}: ${await marks(current)}`).toBe(false);

  const live = page.getByRole('switch', { name: 'Live' });
  const before = await marks(live);
  await live.press('Space');
  expect.soft(await marks(live), 'a switch').not.toBe(before);
  // Fills that tell a number have the colour of text.
  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  const lease = grid.getByRole('img', { name: /^Leased by you/ }).first();
  const fill = lease.locator('span span').first();
  const colours = await fill.evaluate((one) => [
    getComputedStyle(one).backgroundColor,
    getComputedStyle(one.parentElement as Element).backgroundColor,
    getComputedStyle(one.parentElement as Element).borderTopWidth,
  ]);
  expect.soft(colours[0], 'the bar of a lease').not.toBe(colours[1]);
  expect.soft(colours[2], 'the edge of the bar').toBe('1px');
  await context.close();
});

/** What of an element's drawing is told without colour, and whether its fill or line is the colour of text. */
const drawing = (element: Locator) =>
  element.evaluate((one) => {
    const probe = document.createElement('i');
    probe.style.cssText = 'forced-color-adjust: none; color: CanvasText';
    document.body.append(probe);
    const text = getComputedStyle(probe).color;
    probe.remove();
    const style = getComputedStyle(one);
    return {
      dashes: style.strokeDasharray,
      width: style.strokeWidth,
      fill: style.backgroundColor === text,
      line: style.stroke === text,
      edge: `${style.borderTopStyle} ${style.borderTopWidth}`,
    };
  });

test('in forced colours the lab tells without colour what it tells by colour', { tag: '@everywhere' }, async ({
  browser,
  app,
}) => {
  const soft = expect.configure({ soft: true });
  const context = await browser.newContext({ baseURL: app, ...FORCED });
  const page = await context.newPage();
  await page.goto('/#/lab/free?scenario=crash');
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  // So far that a worker has crashed, messages are leased, and one has been received twice.
  for (let second = 0; second < 12; second++) await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: 'View as picture' }).click();

  const pips = page.locator('.lt .pips').first().locator('i');
  soft((await drawing(pips.first())).fill, 'a pip of a dequeue').toBe(true);
  soft((await drawing(pips.last())).fill, 'a pip that is still to come').toBe(false);
  soft((await drawing(pips.last())).edge, 'its edge').toBe('solid 1px');

  const ring = page.locator('.lt svg').first().locator('circle');
  soft((await drawing(ring.last())).line, 'what is left of a lease').toBe(true);
  soft((await drawing(ring.first())).line, 'what has passed of it').toBe(false);

  const worker = page.getByRole('list', { name: 'Workers' }).locator(':scope > li');
  const subject = worker.and(page.locator('.is-subject'));
  soft(
    await areAlike(subject, worker.and(page.locator(':not(.is-subject)')).first()),
    'the worker that is told of',
  ).toBe(false);
  soft((await drawing(page.locator('.wk__bar i').first())).fill, 'the bar of work').toBe(true);

  const lines = page.locator('.lg svg line');
  await expect(lines).toHaveCount(3);
  const dashes = await Promise.all([0, 1, 2].map(async (at) => (await drawing(lines.nth(at))).dashes));
  soft(new Set(dashes).size, `lines of the chart: ${dashes.join(' | ')}`).toBe(3);

  const bar = (kind: string) => page.locator(`.gantt .bar--${kind}`).first();
  const bars = await Promise.all(['done', 'now', 'failed'].map((kind) => drawing(bar(kind))));
  const looks = bars.map(({ dashes: broken, width }) => `${broken} ${width}`);
  soft(new Set(looks).size, `bars of work: ${looks.join(' | ')}`).toBe(3);

  await page.goto('/#/lab/crash-and-redelivery');
  const step = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  await expect(step.first()).toHaveAttribute('aria-current', 'step');
  soft(await areAlike(step.first(), step.last()), 'the current step').toBe(false);
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`who prefers more contrast gets stronger lines and texts: ${colorScheme}`, async ({ browser, app }) => {
    const context = await browser.newContext({ baseURL: app, colorScheme });
    const page = await context.newPage();
    await page.goto('/#/connect');
    const contrastOf = () =>
      page.evaluate(() => {
        const probe = document.createElement('i');
        document.body.append(probe);
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const luminance = (token: string) => {
          if (!canvas) return 0;
          probe.style.color = `var(${token})`;
          canvas.fillStyle = getComputedStyle(probe).color;
          canvas.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((channel) => {
            const share = channel / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const surface = luminance('--surface');
        const against = (token: string) => {
          const [low = 0, high = 0] = [luminance(token), surface].toSorted((one, other) => one - other);
          return (high + 0.05) / (low + 0.05);
        };
        const found = {
          line: against('--line'),
          strong: against('--line-strong'),
          control: against('--line-control'),
          second: against('--text-2'),
          third: against('--text-3'),
        };
        probe.remove();
        return found;
      });
    const usual = await contrastOf();
    expect(usual.line).toBeLessThan(1.5);
    await page.emulateMedia({ contrast: 'more' });
    await expect.poll(async () => (await contrastOf()).line).toBeGreaterThan(2.9);
    const more = await contrastOf();
    expect(more.strong).toBeGreaterThan(4.5);
    expect(more.control).toBeGreaterThan(7);
    expect(more.third).toBeGreaterThan(9);
    expect(more.second).toBeGreaterThan(usual.second);
    await context.close();
  });
