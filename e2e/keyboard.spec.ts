import type { QueueServiceClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { connect } from './connect-form';
import { expect, test } from './fixtures';

const at = (azurite: QueueServiceClient) =>
  `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;

/** A queue with three messages on screen, the focus on no control. */
async function openQueue(page: Page, azurite: QueueServiceClient, name: string) {
  const queue = azurite.getQueueClient(name);
  await queue.create();
  const texts = ['first', 'second', 'third'];
  for (const text of texts) await queue.sendMessage(text);
  await page.goto(`${at(azurite)}/${name}`);
  const grid = page.getByRole('grid', { name: `Messages in ${name}` });
  await expect(grid.getByText('third')).toBeVisible();
  await page.getByRole('main').focus();
  return { queue, grid, details: page.getByRole('complementary', { name: /^Message / }) };
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

test('keys open what they name: shortcuts, commands, a new message; R looks again', async ({
  page,
  azurite,
  queueName,
}) => {
  const { queue, grid } = await openQueue(page, azurite, queueName('keys'));

  await press(page, '?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await press(page, 'Escape', 'Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.type('settings');
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await press(page, 'g', 'e');
  await expect(grid.getByText('third')).toBeVisible();
  await queue.sendMessage('fourth');
  await press(page, 'r');
  await expect(grid.getByText('fourth')).toBeVisible();
  await press(page, 'n');
  await expect(page.getByRole('dialog', { name: 'Add message' })).toBeVisible();
});

test('a message is leased, extended, copied, edited, deleted, brought back and released by keys alone', async ({
  page,
  context,
  azurite,
  queueName,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { queue, grid, details } = await openQueue(page, azurite, queueName('worked'));
  await press(page, '2');
  await page.getByRole('button', { name: '1 for 30 s' }).press('Enter');
  const leases = grid.getByRole('img', { name: /^Leased by you/ });
  await expect(leases).toHaveCount(1);
  await grid.focus();
  await press(page, 'Home', 'Enter');
  await expect(details).toContainText('Leased by you');

  await press(page, 'c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('first');
  const extended = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().includes('popreceipt'),
  );
  await press(page, 'x');
  expect((await extended).status()).toBe(204);
  await press(page, 'e');
  const dialog = page.getByRole('dialog', { name: /^Edit message/ });
  await expect(dialog.getByRole('textbox', { name: 'Message body' })).toBeFocused();
  await press(page, 'Control+a');
  await page.keyboard.type('first, changed');
  await press(page, 'Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(details).toContainText('first, changed');

  await grid.focus();
  await press(page, 'Delete');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  await expect(leases).toHaveCount(0);
  await press(page, 'z');
  await expect(leases).toHaveCount(1);
  await grid.focus();
  await press(page, 'Home', 'u');
  await expect(leases).toHaveCount(0);
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  expect(peekedMessageItems.map(({ messageText }) => messageText).toSorted()).toEqual([
    'first, changed',
    'second',
    'third',
  ]);
});

test('rows are walked, checked and extended in a grid that is one tab stop', async ({ page, azurite, queueName }) => {
  const { grid } = await openQueue(page, azurite, queueName('rows'));
  const checked = grid.getByRole('row', { selected: true });
  await page.getByRole('button', { name: 'Refresh', exact: true }).focus();
  await press(page, 'Tab');
  await expect(grid).toBeFocused();
  await press(page, 'Home', 'Space');
  await expect(grid.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await press(page, 'Shift+ArrowDown');
  await expect(grid.getByRole('checkbox', { name: /^Select message/, checked: true })).toHaveCount(2);
  await press(page, 'Control+a');
  await expect(grid.getByRole('checkbox', { name: /^Select message/, checked: true })).toHaveCount(3);
  await press(page, 'Escape');
  await expect(grid.getByRole('checkbox', { name: /^Select message/, checked: true })).toHaveCount(0);
  await expect(checked).toHaveCount(0);

  // From the grid, one Tab leaves all of its rows behind.
  await grid.focus();
  await press(page, 'Tab');
  await expect(grid.locator(':focus')).toHaveCount(0);
  await expect(grid).not.toBeFocused();
});

test('single keys type in a field, and can be turned off; combinations stay', async ({ page, azurite, queueName }) => {
  await openQueue(page, azurite, queueName('typed'));
  const filter = page.getByRole('textbox', { name: 'Filter messages' });
  await filter.focus();
  await page.keyboard.type('n2l[?e');
  await expect(filter).toHaveValue('n2l[?e');
  await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await filter.fill('');

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Single keys' }).click();
  await page.goBack();
  await page.getByRole('main').focus();
  await press(page, 'n', '2', 'Backquote', 'g', 'w', '?');
  await expect(page.getByRole('radio', { name: 'Peek' })).toBeChecked();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: /^typed/ })).toBeVisible();
  await press(page, 'Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
});

test('a dialog takes the focus, keeps it and gives it back to what opened it', async ({ page, azurite, queueName }) => {
  await openQueue(page, azurite, queueName('focus'));
  const openers = [
    page.getByRole('button', { name: 'Add message' }).first(),
    page.getByRole('button', { name: 'New queue' }).first(),
    page.getByRole('button', { name: 'Keyboard shortcuts' }),
    page.getByRole('button', { name: 'Search or run a command' }),
  ];
  for (const opener of openers) {
    await opener.focus();
    await press(page, 'Enter');
    const dialog = page.getByRole('dialog');
    await expect(
      dialog
        .locator(':focus')
        .or(dialog.and(page.locator(':focus')))
        .first(),
    ).toBeVisible();
    for (let step = 0; step < 40; step++) await press(page, 'Tab');
    await expect.poll(() => dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    await press(page, 'Escape', 'Escape');
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  }

  const menu = page.getByRole('button', { name: 'More queue actions' });
  await menu.focus();
  await press(page, 'Enter');
  await expect(page.getByRole('menu').locator(':focus')).toBeVisible();
  await press(page, 'ArrowDown', 'Escape');
  await expect(menu).toBeFocused();
});

test('F6 goes from pane to pane, and each screen has its landmarks, one heading of the first level and a title', async ({
  page,
  azurite,
  queueName,
}) => {
  const name = queueName('panes');
  await openQueue(page, azurite, name);
  await press(page, 'Backquote');
  await page.getByRole('grid', { name: 'Wire log' }).waitFor();
  await page
    .getByRole('grid', { name: /^Messages in/ })
    .getByText('first')
    .click();
  // With content: a pane without anything to focus is skipped.
  await page
    .getByRole('complementary', { name: /^Message/ })
    .getByRole('textbox', { name: 'Message body' })
    .or(page.getByRole('complementary', { name: /^Message/ }).getByRole('button', { name: 'Lease it' }))
    .first()
    .waitFor();
  const pane = () =>
    page.evaluate(() => {
      const found = document.activeElement?.closest('nav, main, aside, section[aria-label="Activity"]');
      return found?.getAttribute('aria-label')?.replace(/ .{8}$/, '') ?? found?.tagName;
    });
  await page.getByRole('button', { name: 'Add message' }).first().focus();
  const visited: unknown[] = [];
  for (let step = 0; step < 5; step++) {
    await press(page, 'F6');
    visited.push(await pane());
  }
  expect(visited).toEqual(['Message', 'Activity', 'Connections and tools', 'Queues', 'MAIN']);

  const screens = [
    [`${at(azurite)}/${name}`, `${name}, Azurite on .*`],
    [at(azurite), 'Queues, Azurite on .*'],
    ['/#/wire', 'Wire'],
    ['/#/settings', 'Settings'],
    ['/#/connect', 'Connect'],
  ] as const;
  for (const [address, title] of screens) {
    await page.goto(address);
    await expect(page).toHaveTitle(new RegExp(`^${title} · Queuescope$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('navigation', { name: 'Connections and tools' })).toBeVisible();
  }
});

test('the first Tab offers to skip to the main part', async ({ page, azurite }) => {
  await page.goto(at(azurite));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await press(page, 'Tab');
  await expect(page.getByRole('link', { name: 'Skip to the main part' })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/#\/q\//);
});

test('panes are resized by arrow keys, and keep their size on this device', async ({ page, azurite, queueName }) => {
  await openQueue(page, azurite, queueName('sized'));
  const splitter = page.getByRole('separator', { name: 'Resize queues' });
  await expect(splitter).toHaveAttribute('aria-valuenow', '240');
  await splitter.focus();
  await press(page, 'ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', '256');
  await press(page, 'End');
  await expect(splitter).toHaveAttribute('aria-valuenow', '360');
  await page.reload();
  await expect(splitter).toHaveAttribute('aria-valuenow', '360');
});

test('with reduced motion nothing is animated', async ({ page, azurite, queueName }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openQueue(page, azurite, queueName('still'));
  await page.getByRole('button', { name: 'New queue' }).first().click();
  await page.getByRole('dialog').waitFor();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => getComputedStyle(element))
      .flatMap(({ transitionDuration, animationDuration }) => `${transitionDuration}, ${animationDuration}`.split(', '))
      .filter((duration) => Number.parseFloat(duration) > 0.001),
  );
  expect(moving).toEqual([]);
});

test('G and a number goes to that connection', async ({ page, azurite, accounts }) => {
  await page.goto('/');
  await connect(page, accounts.harborlane);
  await page.getByRole('main').focus();
  await press(page, 'g', '1');
  await expect(page.getByRole('heading', { level: 1, name: azurite.accountName })).toBeVisible();
  await press(page, 'g', '2');
  await expect(page.getByRole('heading', { level: 1, name: accounts.harborlane.name })).toBeVisible();
});

test('Q, a name and Enter lead to the rows of the queue, and the list shows it; E leases, then edits', async ({
  page,
  azurite,
  queueName,
}) => {
  const { queue, grid } = await openQueue(page, azurite, queueName('aaa'));
  const other = azurite.getQueueClient(queueName('zzz'));
  await other.create();
  await other.sendMessage('of the other');
  await page.getByRole('button', { name: 'Refresh counts' }).click();
  await page.getByRole('main').focus();
  await press(page, 'q');
  await page.keyboard.type(other.name);
  await press(page, 'Enter');
  const rows = page.getByRole('grid', { name: `Messages in ${other.name}` });
  await expect(rows).toBeFocused();
  await expect(page.getByRole('link', { name: new RegExp(`^${other.name}`) })).toBeInViewport();
  await page.goBack();
  await expect(grid.getByText('first')).toBeVisible();

  await grid.focus();
  await press(page, 'Home', 'e');
  const dialog = page.getByRole('dialog', { name: /^Lease .{8} to edit it/ });
  await expect(dialog).toContainText('Each dequeue count rises by 1');
  await expect(dialog.getByRole('button', { name: 'Lease and edit' })).toBeFocused();
  await press(page, 'Enter');
  await expect(
    page.getByRole('dialog', { name: /^Edit message/ }).getByRole('textbox', { name: 'Message body' }),
  ).toBeFocused();
  await page.keyboard.type('E ');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid.getByText('E first')).toBeVisible();
  expect((await queue.getProperties()).approximateMessagesCount).toBe(3);
});
