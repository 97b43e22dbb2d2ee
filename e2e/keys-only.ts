import { expect, type Locator, type Page } from '@playwright/test';

/** The most presses of one key that lead from one place of a walk to the next. */
const MOST_ON_THE_WAY = 6;

/**
 * A person who has a keyboard alone. Each press names where the focus has to be before it; the presses are counted, those that type
 * a text apart.
 */
export function keysOnly(page: Page) {
  let presses = 0;

  async function press(from: Locator, ...keys: string[]) {
    await expect(from, `before ${keys.join(' ')}, press ${presses + 1}`).toBeFocused();
    for (const key of keys) {
      presses++;
      await page.keyboard.press(key);
    }
  }

  return {
    press,
    presses: () => presses,
    /** Types into `field`, which has the focus. */
    async type(field: Locator, text: string) {
      await expect(field, `before typing ${text}`).toBeFocused();
      await page.keyboard.type(text);
    },
    /** Presses `key` from `from` on until `to` has the focus; what has it on the way is seen. */
    async go(from: Locator, to: Locator, key = 'Tab') {
      await press(from, key);
      for (let times = 1; times < MOST_ON_THE_WAY && !(await to.evaluate(isFocused)); times++) {
        await expect(page.locator(':focus').first(), `on the way by ${key}`).toBeVisible();
        await page.keyboard.press(key);
        presses++;
      }
      await expect(to, `at most ${MOST_ON_THE_WAY} of ${key}`).toBeFocused();
    },
  };
}

const isFocused = (element: Element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element;
