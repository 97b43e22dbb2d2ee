import type { Page } from '@playwright/test';
import { expect, test } from './queue-screen';

const rowsOf = (page: Page) => page.getByRole('row', { name: /Select message/ });

test('a tab shows which messages another tab leases, changes and deletes, and leaves them alone', async ({
  seed,
  page,
  context,
}) => {
  const { queue, ids, short, screen } = await seed('one', 'two', 'three');
  const [first = '', second = ''] = short;
  await screen.open();
  await expect(screen.rows).toHaveCount(3);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(rowsOf(other)).toHaveCount(3);

  // A message leased in one tab is marked in the other, without actions.
  await screen.receive16();
  await expect(screen.leases).toHaveCount(3);
  const marks = other.getByRole('img', { name: /^Another tab of this browser has leased it until/ });
  await expect(marks).toHaveCount(3);
  await other.getByRole('row', { name: `Select message ${first}` }).click();
  await expect(other.getByText('Leased in another tab')).toBeVisible();
  const details = other.getByRole('complementary', { name: `Message ${first}` });
  await expect(details.getByRole('button', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(details.getByRole('button', { name: 'Lease it' })).toHaveCount(0);

  // A text saved in one tab appears in the other.
  await screen.openDetails(first);
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Message body' }).fill('one, edited');
  await page.getByRole('button', { name: /^Save message/ }).click();
  await expect(page.getByText('Message saved')).toBeVisible();
  await expect(rowsOf(other).filter({ hasText: 'one, edited' })).toHaveCount(1);

  // A message deleted in one tab leaves the other once it is gone, not before.
  await screen.openDetails(second);
  await page.keyboard.press('Delete');
  await expect(other.getByRole('row', { name: `Select message ${second}` })).toHaveCount(1);
  await expect(other.getByRole('row', { name: `Select message ${second}` })).toHaveCount(0, { timeout: 15_000 });
  await expect.poll(async () => (await queue.getProperties()).approximateMessagesCount).toBe(2);

  // A released message is free for both.
  await screen.openDetails(first);
  await page.keyboard.press('u');
  await expect(other.getByText('Leased in another tab')).toHaveCount(0);
  await expect(details.getByRole('button', { name: 'Lease it' })).toBeVisible();
  expect(
    (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(({ messageId }) => messageId),
  ).toEqual([ids[0]]);
});
