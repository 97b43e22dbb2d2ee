import type { Page } from '@playwright/test';
import { connectForm } from './connect-form';
import { keysOnly } from './keys-only';
import { expect, test, textsIn } from './queue-screen';

/* The main journeys by keys alone: no pointer, no focus set by a script. Each has a bound for its presses. */

test.describe.configure({ timeout: 180_000 });

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' });
const rowsOf = (page: Page, queue: string) => page.getByRole('grid', { name: `Messages in ${queue}` });
const filterOf = (page: Page) => page.getByRole('textbox', { name: 'Filter messages' });
const body = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Message body' });

/** Runs a command of the palette from anywhere. */
async function run(page: Page, hands: ReturnType<typeof keysOnly>, command: string) {
  await hands.press(page.locator(':focus').or(page.locator('body')).last(), 'Control+k');
  await hands.type(palette(page), command);
  await expect(page.getByRole('option', { name: new RegExp(`^${command}`, 'i') }).first()).toBeVisible();
  await hands.press(palette(page), 'Enter');
}

/** Opens a queue by its name, and is on its rows. */
async function openQueue(page: Page, hands: ReturnType<typeof keysOnly>, name: string) {
  const field = page.getByRole('textbox', { name: 'Filter queues' });
  await page.keyboard.press('q');
  await hands.type(field, name);
  await hands.press(field, 'Enter');
  await expect(rowsOf(page, name)).toBeFocused();
}

test('connect by a connection string, find a queue, filter, open, lease, edit, save, delete, undo', {
  tag: '@everywhere',
}, async ({ page, accounts, queueName }) => {
  const { client, connectionString, name: account } = accounts.harborlane;
  const queue = client.getQueueClient(queueName('walked'));
  await queue.create();
  for (const text of ['apples', 'pears', 'plums']) await queue.sendMessage(text);
  const hands = keysOnly(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await run(page, hands, 'Add connection');
  const { details, submit } = connectForm(page);
  await expect(details).toBeVisible();
  await hands.go(page.getByRole('main'), details);
  await hands.type(details, connectionString);
  await expect(submit).toBeEnabled();
  await hands.go(details, submit);
  await hands.press(submit, 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: account })).toBeVisible();

  await openQueue(page, hands, queue.name);
  const rows = rowsOf(page, queue.name);
  await hands.press(rows, '/');
  await hands.type(filterOf(page), 'pears');
  await expect(rows.getByRole('row')).toHaveCount(2);
  await hands.press(filterOf(page), 'Enter');
  await hands.press(rows, 'Enter');
  await expect(page.getByRole('complementary', { name: /^Message/ })).toBeVisible();
  await hands.press(rows, 'e');
  await hands.press(page.getByRole('button', { name: 'Lease and edit' }), 'Enter');
  await hands.press(body(page), 'Control+End');
  await hands.type(body(page), ', changed');
  await hands.press(body(page), 'Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await hands.press(rows, 'Delete');
  // It was the only row of the filter.
  await hands.press(page.getByRole('main'), 'z');
  await hands.press(rows, 'Home', 'u');
  await expect.poll(() => textsIn(queue)).toContain('pears, changed');
  await queue.delete();
  expect(hands.presses()).toBeLessThan(30);
});

test('rescue a poison queue: browse and keep, select by a condition, redrive, read the report', {
  tag: '@everywhere',
}, async ({ page, azurite, queueName }) => {
  const home = azurite.getQueueClient(queueName('rescued'));
  const poison = azurite.getQueueClient(`${home.name}-poison`);
  await home.create();
  await poison.create();
  for (const reason of ['timeout', 'schema', 'timeout', 'schema', 'timeout', 'timeout'])
    await poison.sendMessage(`{"reason":"${reason}"}`);
  const hands = keysOnly(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await openQueue(page, hands, poison.name);
  const rows = rowsOf(page, poison.name);
  await hands.press(rows, '3');
  const browse = page.getByRole('region', { name: 'Browse all' }).getByRole('button', { name: 'Browse all 6' });
  const keep = page.getByRole('radio', { name: 'Work on these' });
  await hands.go(browse, page.getByRole('radio', { name: 'Look only' }));
  await hands.press(page.getByRole('radio', { name: 'Look only' }), 'ArrowDown');
  await expect(keep).toBeChecked();
  await hands.go(keep, browse, 'Shift+Tab');
  await hands.press(browse, 'Enter');
  await expect(page.getByRole('group', { name: 'Working set' })).toContainText('6 in hand');
  await hands.press(page.locator(':focus'), '/');
  await hands.type(filterOf(page), 'timeout');
  await expect(rows.getByRole('row')).toHaveCount(5);
  await hands.press(filterOf(page), 'Enter');
  await hands.press(rows, 'Control+a');
  await hands.press(rows, 'm');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await hands.press(dialog.getByRole('radio', { name: 'These 4' }), 'Control+Enter');
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true });
  await expect(jobs).toContainText('Redriven 4 messages');
  // No row of the filter is left.
  const edge = page.getByRole('separator', { name: 'Resize activity' });
  await hands.go(page.getByRole('main'), edge, 'F6');
  await hands.go(edge, jobs.getByRole('button', { name: 'Copy report' }));
  expect(await textsIn(home)).toEqual(Array.from({ length: 4 }, () => '{"reason":"timeout"}'));
  await poison.delete();
  expect(hands.presses()).toBeLessThan(40);
});

test('add a message, and import a file', { tag: '@everywhere' }, async ({ page, azurite, queueName }) => {
  const queue = azurite.getQueueClient(queueName('added'));
  await queue.create();
  await queue.sendMessage('first');
  const hands = keysOnly(page);
  page.on('filechooser', (chooser) => {
    void chooser.setFiles({ name: 'two.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('"a"\n"b"\n') });
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await openQueue(page, hands, queue.name);
  const rows = rowsOf(page, queue.name);
  await hands.press(rows, 'n');
  await hands.type(body(page), 'second');
  await hands.press(body(page), 'Control+Enter');
  await expect(rows).toBeFocused();
  await expect.poll(() => textsIn(queue)).toEqual(['first', 'second']);
  await run(page, hands, 'Import');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  const choose = dialog.getByRole('button', { name: 'Choose file' });
  await hands.press(choose, 'Enter');
  const start = dialog.getByRole('button', { name: 'Import 2 messages' });
  await expect(start).toBeEnabled();
  await hands.press(dialog.getByRole('button', { name: 'Choose another file' }), 'Control+Enter');
  await expect(page.getByRole('region', { name: 'Jobs', exact: true })).toContainText('Imported 2 messages');
  await expect.poll(async () => (await textsIn(queue)).length).toBe(4);
  expect(hands.presses()).toBeLessThan(20);
});

test('the sandbox, its clock, and a lesson in the lab', { tag: '@everywhere' }, async ({ page }) => {
  const hands = keysOnly(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await run(page, hands, 'Add connection');
  await expect(page.getByRole('button', { name: 'Open sandbox' })).toBeVisible();
  await hands.press(page.getByRole('main'), '1');
  await expect(page.getByRole('link', { name: /^refunds, about/ })).toBeVisible();
  await openQueue(page, hands, 'refunds');
  const rows = rowsOf(page, 'refunds');
  await hands.press(rows, '2');
  await hands.press(page.getByRole('button', { name: /^Receive \d/ }), 'Enter');
  const leases = rows.getByRole('img', { name: /^Leased by you/ });
  await expect(leases).toHaveCount(1);
  await run(page, hands, 'Skip to the next lease end');
  await expect(leases).toHaveCount(0);

  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const lesson = page.getByRole('link', { name: /^Begin: First message/ });
  await expect(lesson).toBeVisible();
  await hands.go(page.locator(':focus'), lesson);
  await hands.press(lesson, 'Enter');
  const current = page.locator('[aria-current=step]');
  for (const title of ['Create the queue', 'Send an order', 'Receive it']) {
    await expect(current).toContainText(title);
    await hands.press(page.locator(':focus'), 'PageDown');
  }
  await expect(page.getByRole('radiogroup', { name: /^You received it and have not deleted it yet/ })).toBeVisible();
  await hands.press(page.locator(':focus'), 'b');
  await expect(page.getByRole('radio', { name: '1: it is still in the queue' })).toBeChecked();
  await hands.press(page.locator(':focus'), 'Enter');
  await expect(page.getByRole('status', { name: 'What the run says' })).toContainText('The run agrees with you');
  await hands.press(page.locator(':focus'), 'd');
  await expect(page.getByText('Receive lends, delete removes.')).toBeVisible();
  expect(hands.presses()).toBeLessThan(40);
});
