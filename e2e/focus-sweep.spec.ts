import type { Page } from '@playwright/test';
import { expect, test } from './queue-screen';

/** Whether the focus comes to be somewhere: `BODY` is nowhere. */
const isSomewhere = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => (document.activeElement ?? document.body).tagName), { timeout: 3000 })
    .not.toBe('BODY')
    .then(
      () => true,
      () => false,
    );

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' });

/** Every command that can be done now, by its title. */
async function possible(page: Page): Promise<string[]> {
  const found = new Set<string>();
  await page.keyboard.press('Control+k');
  for (const letter of 'abcdefghilmnoprstuvwz') {
    await palette(page).fill(letter);
    const titles = await page
      .getByRole('group', { name: 'Commands' })
      .getByRole('option', { disabled: false })
      .evaluateAll((options) =>
        options.filter((one) => one.ariaDisabled !== 'true').map((one) => one.querySelector('span')?.textContent ?? ''),
      );
    for (const title of titles) found.add(title);
  }
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  return [...found].filter((title) => title !== '');
}

test('@everywhere after every action of the palette, and after Esc out of what it opened, the focus is somewhere', async ({
  page,
  seed,
}) => {
  test.setTimeout(600_000);
  const { short, screen } = await seed('{"a":1}', 'second', 'third');
  const lost: string[] = [];
  const begin = async () => {
    await page.goto('about:blank');
    await screen.open();
    await expect(screen.rows).toHaveCount(3);
    await screen.row(short[0] ?? '').click();
    await expect(screen.details(short[0] ?? '')).toBeVisible();
    await expect(screen.grid).toBeFocused();
  };
  await begin();
  for (const title of await possible(page)) {
    await begin();
    await page.keyboard.press('Control+k');
    await palette(page).fill(title);
    await page.keyboard.press('Enter');
    await expect(palette(page)).toHaveCount(0);
    if (!(await isSomewhere(page))) lost.push(`${title}: after it`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    if (!(await isSomewhere(page))) lost.push(`${title}: after Esc`);
  }
  expect(lost).toEqual([]);
});
