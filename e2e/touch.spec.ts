import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';

/* On a touch screen: a phone, and a tablet with the desktop's layout. */

const SCREENS = [
  { name: 'a phone', viewport: { width: 390, height: 844 } },
  { name: 'a tablet', viewport: { width: 1194, height: 834 } },
] as const;

/** Our own rule: 36 px for a finger. */
const LEAST_PX = 36;

/** Controls that are smaller, each with its size as far as it is not cut off. What stands in a line of text or code is as high as the line. */
const smallTargets = (page: Page) =>
  page.evaluate((least) => {
    const found: string[] = [];
    const CONTROLS =
      'button, a[href], select, summary, input:not([type=hidden]), textarea, [role=option], [role^=menuitem], [role=tab], [role=slider], [role=separator][aria-valuenow]';
    /** What its ancestors leave of it; nothing of what has to be scrolled first. */
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- a page is given one function, with all that it calls
    function seen(target: Element) {
      const { left, top, right, bottom } = target.getBoundingClientRect();
      const box = { left, top, right, bottom, by: '' };
      for (let around = target.parentElement; around; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const edge = around.getBoundingClientRect();
        const isCutX = box.left < edge.left || box.right > edge.right;
        const isCutY = box.top < edge.top || box.bottom > edge.bottom;
        if ((isCutX && /auto|scroll/.test(overflowX)) || (isCutY && /auto|scroll/.test(overflowY))) return undefined;
        if ((isCutX && overflowX !== 'visible') || (isCutY && overflowY !== 'visible')) box.by = around.className;
        if (overflowX !== 'visible')
          Object.assign(box, { left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right) });
        if (overflowY !== 'visible')
          Object.assign(box, { top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom) });
      }
      return box;
    }
    for (const one of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || one.closest('[inert]')) continue;
      if (one.closest('pre, code, p, dd, [data-inline]')) continue;
      // A label takes the press for its box, a field's frame for the field.
      const target = one.closest('label') ?? (one.matches('input, select') ? (one.parentElement ?? one) : one);
      const box = seen(target);
      if (!box) continue;
      const { left, top, right, bottom, by } = box;
      const after = getComputedStyle(one, '::after');
      const reach = after.position === 'absolute' && after.content !== 'none' ? 12 : 0;
      if (right <= 0 || bottom <= 0 || right <= left || bottom <= top) continue;
      if (target.closest('.sr-only, .-translate-y-16')) continue;
      // The grip of a line between panes.
      const grip = one.role === 'separator' ? getComputedStyle(one, '::before') : undefined;
      const width = grip ? Number.parseFloat(grip.width) : right - left;
      const height = grip ? Number.parseFloat(grip.height) : bottom - top + reach;
      if (width < least - 0.5 || height < least - 0.5)
        found.push(
          `${one.tagName} "${one.ariaLabel ?? one.textContent.slice(0, 40)}" ${Math.round(width)} × ${Math.round(height)}${by && `, cut off by ${by}`}`,
        );
    }
    return found;
  }, LEAST_PX);

/** Fields with letters that make a phone zoom, those of the editor in its shadow root too. */
const smallLetters = (page: Page) =>
  page.evaluate(() => {
    const FIELDS = 'input, textarea, select, [contenteditable=true]';
    const fieldsOf = (root: Document | ShadowRoot): HTMLElement[] => [
      ...root.querySelectorAll<HTMLElement>(FIELDS),
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? fieldsOf(shadowRoot) : [])),
    ];
    return fieldsOf(document)
      .filter(
        (one) => one.checkVisibility() && !one.matches('[type=checkbox], [type=radio], [type=range], [type=file]'),
      )
      .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 16)
      .map((one) => `${one.tagName} ${one.ariaLabel ?? one.id} ${getComputedStyle(one).fontSize}`);
  });

async function openOrders(page: Page) {
  await page.goto('/#/connect');
  await page.getByRole('button', { name: 'Open sandbox' }).tap();
  await page
    .getByRole('link', { name: /^orders, about/ })
    .first()
    .tap();
  await page.getByRole('grid', { name: 'Messages in orders' }).getByRole('row').nth(3).waitFor();
}

/** A finger on the page, in px. */
async function finger(page: Page) {
  const session = await page.context().newCDPSession(page);
  const at = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  return {
    down: (x: number, y: number) => at('touchStart', [{ x, y }]),
    move: (x: number, y: number) => at('touchMove', [{ x, y }]),
    up: () => at('touchEnd', []),
  };
}

for (const { name, viewport } of SCREENS)
  test.describe(name, () => {
    test.use({ viewport, hasTouch: true, isMobile: true });

    test('targets are large enough for a finger, and no field makes the page zoom', async ({ page }) => {
      const soft = expect.configure({ soft: true });
      await page.goto('/#/connect');
      await page.getByRole('button', { name: 'Open sandbox' }).waitFor();
      soft(await smallTargets(page), 'connect').toEqual([]);
      soft(await smallLetters(page), 'connect').toEqual([]);
      await openOrders(page);
      soft(await smallTargets(page), 'the rows').toEqual([]);
      soft(await smallLetters(page), 'the rows').toEqual([]);
      await page.getByRole('radio', { name: 'Receive' }).tap();
      await page.getByRole('button', { name: '1 for 30 s' }).waitFor();
      soft(await smallTargets(page), 'receive').toEqual([]);
      soft(await smallLetters(page), 'receive').toEqual([]);
      await page.getByRole('radio', { name: 'Peek' }).tap();
      await page.getByRole('grid').getByRole('row').nth(2).getByRole('gridcell').last().tap();
      await page.getByRole('complementary', { name: /^Message/ }).waitFor();
      soft(await smallTargets(page), 'a message').toEqual([]);
      await page.goBack();
      await page.getByRole('button', { name: 'More queue actions' }).tap();
      await page.getByRole('menuitem', { name: 'Copy name' }).waitFor();
      // It opens a little smaller.
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      soft(await smallTargets(page), 'a menu').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add message' }).first().tap();
      await page.getByRole('dialog', { name: 'Add message' }).getByRole('textbox').first().waitFor();
      soft(await smallTargets(page), 'the editor').toEqual([]);
      soft(await smallLetters(page), 'the editor').toEqual([]);
    });

    test('@everywhere so they are on every other screen', async ({ page }) => {
      const soft = expect.configure({ soft: true });
      await openOrders(page);
      const look = async (at: string, there: Locator) => {
        await there.first().waitFor();
        soft(await smallTargets(page), at).toEqual([]);
        soft(await smallLetters(page), at).toEqual([]);
      };
      if (viewport.width > 760) {
        await page.getByRole('button', { name: /^Jobs/ }).tap();
        await look('jobs', page.getByRole('region', { name: 'Jobs' }));
        await page.goto(page.url().replace(/\/orders.*$/, ''));
        await look('the overview', page.getByRole('heading', { name: 'Poison queues' }));
      }
      await page.goto('/#/settings');
      await look('settings', page.getByRole('link', { name: 'Add connection' }));
      await page.goto('/#/wire');
      await look('the wire inspector', page.getByRole('grid', { name: 'Wire log' }).getByRole('row').nth(1));
      await page.goto('/#/lab');
      await look('the lab', page.getByRole('heading', { level: 1 }));
    });

    test('a long press selects, taps select more, and a pan does neither', async ({ page }) => {
      await openOrders(page);
      const grid = page.getByRole('grid', { name: 'Messages in orders' });
      const row = (index: number) => grid.getByRole('row').nth(index);
      const middle = async (index: number) => {
        const { x, y, width, height } = (await row(index).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
        return [x + width / 2, y + height / 2] as const;
      };
      const touch = await finger(page);
      const bar = (words: string) => page.getByRole('toolbar', { name: words });

      const [x, y] = await middle(4);
      await touch.down(x, y);
      for (let step = 1; step <= 8; step++) await touch.move(x, y - step * 12);
      await touch.up();
      await expect(page.getByRole('complementary', { name: /^Message/ })).toHaveCount(0);
      await expect(bar('1 message selected')).toHaveCount(0);
      await expect.poll(() => page.evaluate(() => document.querySelector('[role=grid]')?.scrollTop)).toBeGreaterThan(0);

      // The list runs out first.
      const scrolled = () => page.evaluate(() => document.querySelector('[role=grid]')?.scrollTop);
      let last = await scrolled();
      await expect
        .poll(async () => {
          const before = last;
          last = await scrolled();
          return last === before;
        })
        .toBe(true);
      await touch.down(...(await middle(5)));
      await expect(bar('1 message selected')).toBeVisible();
      await touch.up();
      await expect(page.getByRole('complementary', { name: /^Message/ })).toHaveCount(0);
      await row(6).getByRole('gridcell').last().tap();
      await row(7).getByRole('gridcell').last().tap();
      await expect(bar('3 messages selected')).toBeVisible();
      await row(6).getByRole('gridcell').last().tap();
      await expect(bar('2 messages selected')).toBeVisible();
      await page.getByRole('button', { name: 'Clear selection' }).tap();
      await row(6).getByRole('gridcell').last().tap();
      await expect(page.getByRole('complementary', { name: /^Message/ })).toBeVisible();
    });
  });
