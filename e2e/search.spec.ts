import { gzipSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { putExact } from './exact-text';
import { dequeueCounts, expect, test, textsIn } from './queue-screen';

const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64');

/** One order in each of the encodings that queues hold. */
const ORDERS = [
  '{"order":9007199254740993,"total":120,"customer":{"tier":"gold"}}',
  base64('{"order":2,"total":80,"customer":{"tier":"gold"}}'),
  base64(gzipSync('{"order":3,"total":7,"customer":{"tier":"basic"}}')),
  base64(Buffer.from('{"order":4,"total":300,"customer":{"tier":"gold"}}', 'utf16le')),
  base64(encode({ order: 5, total: 55, customer: { tier: 'basic' } })),
  'retry order 6: carrier did not answer',
];

test('decoded bodies are searched by text and by expression, in a worker under the strict policy', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedScript/i.test(message.text())) violations.push(message.text());
  });
  const { queue, screen } = await seed();
  for (const text of ORDERS) await putExact(queue, text);
  await screen.open();
  await expect(screen.rows).toHaveCount(6);
  const field = page.getByRole('textbox', { name: 'Filter messages' });
  await page.keyboard.press('/');
  await page.keyboard.type('gold -"order 6"');
  await expect(screen.rows).toHaveCount(3);
  await expect(page).toHaveURL(/filter=gold/);
  await page.keyboard.press('Escape');
  await field.fill('format:msgpack');
  await expect(screen.rows).toHaveCount(1);
  await field.fill('');

  await page.getByRole('button', { name: 'Filter by expression' }).click();
  await page
    .getByRole('textbox', { name: 'Expression over the decoded JSON' })
    .fill('total > 50 and customer.tier = "gold"');
  await page.keyboard.press('Enter');
  await expect(screen.rows).toHaveCount(3);
  await page.getByRole('textbox', { name: 'Name of the expression' }).fill('Big gold');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Filter by expression' })).toBeFocused();

  await page.reload();
  // The expression is in the address, and its name is stored for the queue.
  await expect(screen.rows).toHaveCount(3);
  const chip = page.getByRole('button', { name: /^Big gold/ });
  await chip.click();
  await expect(screen.rows).toHaveCount(6);
  await chip.click();
  await expect(screen.rows).toHaveCount(3);
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await chip.click();

  // The search changed nothing.
  expect(await textsIn(queue)).toEqual(ORDERS);
  expect(await dequeueCounts(queue)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(violations).toEqual([]);
});

test('an endless expression is stopped while the page keeps answering', { tag: '@engines' }, async ({ page, seed }) => {
  // A regular expression that backtracks is the one thing whose work cannot be counted.
  const { screen } = await seed(`{"a":"${'x'.repeat(40)}!"}`, '{"a":"xx"}');
  await screen.open();
  await expect(screen.rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Filter by expression' }).click();
  await page.getByRole('textbox', { name: 'Expression over the decoded JSON' }).fill('$contains(a, /^(x+)+$/)');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await screen.rows.first().click();
  await expect(page.getByRole('region', { name: 'Message body' })).toBeVisible();
  await expect(page.getByText('1 message not judged')).toBeVisible();
  await expect(page.getByText(/stopped: it took too long/)).toBeVisible();
  await expect(screen.rows.filter({ hasText: 'not judged' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('1 message not judged')).toBeHidden();
  await expect(screen.rows).toHaveCount(2);
});

test('keys of the body become columns that stay with the queue, with every digit', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed();
  for (const text of ORDERS) await putExact(queue, text);
  await screen.open();
  await screen.rows.first().click();
  await page.getByRole('button', { name: 'Show as columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'order', exact: true }).click();
  await page.getByRole('button', { name: 'Show as columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'total' }).click();
  await page.getByRole('button', { name: 'Close details' }).click();
  await page.reload();
  await expect(screen.rows.first().getByText('9007199254740993', { exact: true })).toBeVisible();
  await screen.grid.getByRole('button', { name: 'total' }).click();
  await expect(screen.rows.first()).toContainText('7');
  await expect(screen.grid.getByRole('columnheader', { name: 'total' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(screen.rows.first()).toContainText('order: 3');

  await page.getByRole('button', { name: 'Count by a column' }).click();
  await page.getByRole('combobox', { name: 'Column' }).selectOption('Format');
  await page.getByRole('button', { name: /^MSGPACK\s*1$/ }).click();
  await expect(screen.rows).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Format: MSGPACK' }).click();
  await expect(screen.rows).toHaveCount(6);
});

test('two messages are compared, and copying one still gives its exact text', { tag: '@engines' }, async ({
  page,
  context,
  app,
  seed,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app });
  const { short, screen } = await seed('{"order":1,"total":120}', base64('{"order":1,"total":125}'));
  await screen.open();
  for (const id of short) await page.getByRole('checkbox', { name: `Select message ${id}` }).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare messages' });
  await expect(dialog.getByRole('status')).toHaveText(/^1 line only in Message .*, 1 line only in Message .*\.$/);
  await expect(dialog.getByRole('region', { name: 'Differences' })).toContainText('"total": 125');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear selection' }).click();
  const details = await screen.openDetails(short[1] ?? '');
  await expect(details.getByRole('group', { name: 'Decode chain' })).toHaveText('Base64JSON');
  await details.getByRole('button', { name: 'Copy body' }).click();
  await page.getByRole('menuitem', { name: 'Copy message text' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(base64('{"order":1,"total":125}'));
});
