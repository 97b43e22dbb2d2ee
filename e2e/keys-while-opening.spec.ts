import type { Page, Route } from '@playwright/test';
import { expect, peeked, test, textsIn } from './queue-screen';

/** Milliseconds between two keys of someone who types fast. */
const delay = 30;

/** From now on no script arrives, or none of a name, before the answer is called. */
async function holdScripts(page: Page, name = '') {
  let held: Route[] | undefined = [];
  await page.route(`**/assets/${name}*.js`, (route) => (held ? void held.push(route) : route.continue()));
  return async () => {
    const waiting = held ?? [];
    held = undefined;
    for (const route of waiting) await route.continue();
  };
}

test('what is typed after Ctrl K is for the palette, also when it is late, and acts on nothing else', async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('first', 'second');
  await screen.open();
  await expect(screen.rows).toHaveCount(2);
  await page.getByRole('main').focus();
  const arrive = await holdScripts(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('delete queue', { delay });
  await expect(page.getByRole('switch', { name: 'Live' })).not.toBeChecked();
  await expect(page.getByRole('complementary', { name: 'Queues' })).toBeVisible();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await arrive();
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toHaveValue('delete queue');
  expect(await textsIn(queue)).toEqual(['first', 'second']);
});

test('a text that is typed after N is the body of the message, to the letter, and is not sent', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, screen } = await seed();
  await screen.open();
  await expect(page.getByRole('heading', { level: 1, name: queue.name })).toBeVisible();
  await page.getByRole('main').focus();
  const arrive = await holdScripts(page);
  await page.keyboard.press('n');
  await page.keyboard.type('Hello World {"n":[1,2]} ', { delay });
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await page.keyboard.type('2nd line', { delay });
  await arrive();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  const body = dialog.getByRole('textbox', { name: 'Message body' });
  await expect(body).toBeFocused();
  await expect(body).toHaveText('Hello World {"n":[1,2]}2nd line');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.type('!', { delay });
  await expect(body).toHaveText('Hello World {"n":[1,2]}2nd line!');
  expect(await peeked(queue)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(() => textsIn(queue)).toEqual(['Hello World {"n":[1,2]}\n2nd line!']);
});

test('a text that is typed after E is written into the message, and Ctrl Enter after it saves it', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, short, screen } = await seed('text');
  await screen.open();
  await screen.receive16();
  await expect(screen.leases).toHaveCount(1);
  await screen.openDetails(short[0] ?? '');
  await screen.grid.focus();
  const arrive = await holdScripts(page);
  await page.keyboard.press('e');
  await page.keyboard.type('new ', { delay });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await arrive();
  await expect(screen.grid.getByText('new text')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Release lease' }).click();
  await expect.poll(() => textsIn(queue)).toEqual(['new text']);
});

test('keys after M are for the dialog that moves; Esc before it is there calls it off', async ({ page, seed }) => {
  const { queue, short, screen } = await seed('text');
  await screen.open();
  await screen.row(short[0] ?? '').click();
  await screen.grid.focus();
  const arrive = await holdScripts(page);
  await page.keyboard.press('m');
  await page.keyboard.type('ne2', { delay });
  await page.keyboard.press('Escape');
  await arrive();
  await expect(screen.grid).toBeFocused();
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: /^Move/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
  expect(await textsIn(queue)).toEqual(['text']);
});

test('keys after G L are for the lab', async ({ page, seed }) => {
  const { screen } = await seed('text');
  await screen.open();
  await expect(screen.rows).toHaveCount(1);
  await page.getByRole('main').focus();
  const arrive = await holdScripts(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.keyboard.press('g', { delay });
  await page.keyboard.press('w', { delay });
  await expect(page).toHaveURL(/#\/lab/);
  await arrive();
  await expect(page).toHaveURL(/#\/wire/);
});

test('keys after 3 are for what browses, and those after the list of leases opens are for that', async ({
  page,
  seed,
}) => {
  const { queue, short, screen } = await seed('first', 'second');
  const arrive = [await holdScripts(page, 'browse-panel'), await holdScripts(page, 'lease-tray')];
  await screen.open();
  await screen.receive16();
  await expect(screen.leases).toHaveCount(2);
  await screen.openDetails(short[0] ?? '');
  await page.getByRole('button', { name: /^Leases/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('u', { delay });
  await page.keyboard.press('Delete', { delay });
  await arrive[1]?.();
  await expect(page.getByRole('complementary', { name: 'Leases' })).toBeFocused();
  await page.keyboard.type('u', { delay });
  await expect(screen.leases).toHaveCount(2);
  await page.keyboard.press('Escape');

  await screen.grid.focus();
  await page.keyboard.press('3');
  await page.keyboard.press('Enter', { delay });
  await page.keyboard.press(' ', { delay });
  await page.keyboard.press('1', { delay });
  await expect(page.getByRole('radio', { name: 'Browse all' })).toBeChecked();
  await arrive[0]?.();
  // Once it is there the keys mean what they mean there.
  await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Notifications' }).getByText(/^(Deleting|Released)/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Leases, 2 held/ })).toBeVisible();
  expect(await peeked(queue)).toEqual([]);
});
