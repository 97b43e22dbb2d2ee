import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Short windows: zoomed to 400 % and 200 %, phones on their side, one with its keyboard up. */
export const SHORT_WINDOWS = [
  { width: 320, height: 256 },
  { width: 640, height: 400 },
  { width: 667, height: 375 },
  { width: 390, height: 508 },
  { width: 844, height: 390 },
] as const;

export const sizeText = ({ width, height }: { width: number; height: number }) => `${width}×${height}`;

/** How much of the height of the window a grid has, without what lies over it. */
export const shareOf = (grid: Locator) =>
  grid.evaluate((element) => {
    const { top, bottom, left } = element.getBoundingClientRect();
    let free = 0;
    for (let y = Math.max(0, top); y < Math.min(innerHeight, bottom); y++)
      if (element.contains(document.elementFromPoint(left + 8, y))) free++;
    return free / innerHeight;
  });

/** What is wrong with the place of the element that has the focus: undefined when it is in sight and nothing lies over it. */
export const focusTrouble = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
    // What sends the focus on around a popover is no stop.
    if (focused.hasAttribute('data-base-ui-focus-guard')) return undefined;
    const named = focused.getAttribute('aria-activedescendant');
    const seen = (named !== null && document.getElementById(named)) || focused.closest('label') || focused;
    const { left, right, top, bottom } = seen.getBoundingClientRect();
    const name = `${focused.tagName} "${(focused.ariaLabel ?? focused.textContent).slice(0, 40)}"`;
    const [x0, x1, y0, y1] = [
      Math.max(0, left),
      Math.min(innerWidth, right),
      Math.max(0, top),
      Math.min(innerHeight, bottom),
    ];
    // Of what is larger than the window, a part is enough.
    const [wide, high] = [Math.min(right - left, 24), Math.min(bottom - top, 16)];
    if (x1 - x0 < wide || y1 - y0 < high) return `${name} is at ${[left, top, right, bottom].map(Math.round).join()}`;
    for (const share of [0.5, 0.25, 0.75]) {
      const there = document.elementFromPoint((x0 + x1) / 2, y0 + (y1 - y0) * share);
      if (there && (seen.contains(there) || there.contains(seen))) return undefined;
    }
    const over = document.elementFromPoint((x0 + x1) / 2, (y0 + y1) / 2);
    return `${name} at ${[left, top, right, bottom].map(Math.round).join()} is under ${over?.outerHTML.slice(0, 120)}`;
  });

/** Tabs through the page until the focus comes round, or `most` times: all that had the focus out of sight. */
export async function tabbedOutOfSight(page: Page, most = 60): Promise<string[]> {
  const troubles = new Set<string>();
  await page.evaluate(() => {
    document.querySelector('[data-tab-began]')?.removeAttribute('data-tab-began');
  });
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    // What scrolls into sight has done so by the next frame.
    const isRound = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          requestAnimationFrame(() => {
            const focused = document.activeElement;
            if (!focused || focused === document.body) return resolve(true);
            if (focused.hasAttribute('data-tab-began')) return resolve(true);
            if (!document.querySelector('[data-tab-began]')) focused.setAttribute('data-tab-began', '');
            resolve(false);
          });
        }),
    );
    if (isRound && step > 0) break;
    const trouble = await focusTrouble(page);
    if (trouble !== undefined) troubles.add(trouble);
  }
  return [...troubles];
}

/** Fields in sight that are pressed flat: less high than a line of their text. */
export const flatFields = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio], [type=file])')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.clientHeight < 20)
      .map((one) => `${one.ariaLabel ?? one.id}: ${one.clientHeight} px`),
  );

/** Px by which the page is wider than its window. */
export const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Expects the last row of a grid to be reached by keyboard, and to be in sight then, and the first one again. */
export async function expectRowsReached(page: Page, grid: Locator, what: string) {
  await grid.focus();
  for (const key of ['End', 'Home']) {
    await page.keyboard.press(key);
    await expect.poll(() => focusTrouble(page), `${what}: ${key}`).toBeUndefined();
  }
}
