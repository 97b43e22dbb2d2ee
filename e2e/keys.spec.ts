import { expect } from './fixtures';
import { test } from './queue-screen';

test('the keys of the explorer work from wherever the focus is', async ({ page, context, seed }) => {
  await context.grantPermissions(['clipboard-write']);
  const { short, screen } = await seed('{"n":1}', '{"n":2}', '{"n":3}');
  const [first = '', second = '', third = ''] = short;
  await screen.open();
  await expect(screen.rows).toHaveCount(3);

  await test.step('J and ↓ find the rows, Enter and Esc open and close', async () => {
    await page.keyboard.press('j');
    await expect(screen.grid).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(screen.details(second)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(screen.details(second)).toBeHidden();
  });

  await test.step('] brings back what was open last; J and K go on in there', async () => {
    await page.keyboard.press(']');
    const copy = screen
      .details(second)
      .getByRole('button', { name: /^Copy(?! )/ })
      .first();
    await copy.focus();
    await page.keyboard.press('j');
    await expect(screen.details(third)).toBeVisible();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await expect(screen.details(first)).toBeVisible();
    await page.keyboard.press(']');
    await expect(screen.details(first)).toBeHidden();
  });

  await test.step('Space, Shift ↓ and Ctrl A select, Esc clears', async () => {
    await page.keyboard.press('Space');
    await expect(page.getByText('1 selected')).toBeVisible();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(page.getByText('2 selected')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Control+a');
    await expect(page.getByText('3 selected')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('3 selected')).toBeHidden();
  });

  await test.step('1 and 2 choose the mode, L is live, / and Q filter', async () => {
    await page.keyboard.press('2');
    await expect(page.getByRole('radio', { name: 'Receive' })).toBeChecked();
    await page.keyboard.press('1');
    await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
    await page.keyboard.press('l');
    await expect(page.getByRole('switch', { name: 'Live' })).toBeChecked();
    await page.keyboard.press('l');
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Filter messages' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('q');
    await expect(page.getByRole('textbox', { name: 'Filter queues' })).toBeFocused();
    await page.keyboard.press('Tab');
  });

  await test.step('[ and the backquote show and hide what is around', async () => {
    await page.keyboard.press('[');
    await expect(page.getByRole('complementary', { name: 'Queues' })).toBeHidden();
    await page.keyboard.press('[');
    await expect(page.getByRole('complementary', { name: 'Queues' })).toBeVisible();
    await page.keyboard.press('Backquote');
    await expect(page.getByRole('region', { name: 'Activity' })).toBeVisible();
    await page.keyboard.press('Backquote');
    await expect(page.getByRole('region', { name: 'Activity' })).toBeHidden();
  });

  await test.step('G then a letter goes to another screen, where J steps through the log', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await expect(page.getByRole('heading', { level: 1, name: 'Wire' })).toBeVisible();
    await page.keyboard.press('j');
    await expect(page.getByRole('button', { name: 'Copy as curl' })).toBeVisible();
    await page.keyboard.press('c');
    await expect(page.getByRole('status').filter({ hasText: 'Copied as curl, key left out' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await expect(screen.grid).toBeVisible();
  });
});

test('a toast is one of the panes that F6 visits', async ({ page, seed }) => {
  const { screen } = await seed('one');
  await screen.open();
  await screen.receive16();
  await screen.leases.first().click();
  // Its seconds are not stretched by anything: here they stand still, however slow the keys are.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await page.keyboard.press('Delete');
  const undo = screen.notes.getByRole('button', { name: 'Undo' });
  for (let press = 0; press < 8; press++) {
    await page.keyboard.press('F6');
    if (await undo.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(screen.rows).toHaveCount(1);
});

test('on a phone the tile opens the connections, and the name the queues', async ({ page, seed }) => {
  const { screen } = await seed('one');
  await page.setViewportSize({ width: 390, height: 844 });
  await screen.open();
  await page.getByRole('button', { name: /^Connections, Azurite/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Add connection' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Change queue$/ }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Filter queues' })).toBeFocused();
});

for (const width of [320, 760, 960, 1180])
  test(`nothing is cut off or overflows sideways at ${width} px`, async ({ page, seed }) => {
    const { screen, short } = await seed('{"n":1}');
    await page.setViewportSize({ width, height: 700 });
    await screen.open();
    const row = screen.grid.getByRole('row').filter({ hasText: short[0] ?? '' });
    await expect(row).toBeVisible();
    const isCut = (name: RegExp) =>
      page.getByRole('button', { name }).evaluate((button) => button.getBoundingClientRect().right > innerWidth);
    // Where they do not fit beside each other, the chips of the filter bar can be pushed along.
    await page.getByRole('button', { name: /^\d+\+ dequeues/ }).scrollIntoViewIfNeeded();
    expect(await isCut(/^\d+\+ dequeues/)).toBe(false);
    await expect(page.getByRole('complementary', { name: 'Queues' })).toBeVisible({ visible: width >= 960 });
    await row.click();
    await expect(screen.details(short[0] ?? '')).toBeVisible();
    const details = await screen.details(short[0] ?? '').boundingBox();
    expect(details && details.x >= 0 && details.x + details.width <= width).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

test('forced colours keep the open row readable and its lease visible', async ({ page, seed }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const { screen, short } = await seed('plain text');
  await screen.open();
  await screen.receive16();
  await screen.leases.first().click();
  await expect(screen.details(short[0] ?? '')).toBeVisible();
  const row = screen.row(short[0] ?? '');
  const { outline, ground, ink } = await row.evaluate((element) => {
    const body = element.querySelector('[role=gridcell]:last-child') ?? element;
    const { outlineStyle, backgroundColor } = getComputedStyle(element);
    return { outline: outlineStyle, ground: backgroundColor, ink: getComputedStyle(body).color };
  });
  expect(outline).toBe('solid');
  expect(ink).not.toBe(ground);
  const bar = screen.leases.first().locator('span').last();
  expect(await bar.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
});
