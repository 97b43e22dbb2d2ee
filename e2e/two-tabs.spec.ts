import type { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { expect, lengthOf, test } from './queue-screen';

// Two tabs of one browser that work on overlapping messages of one queue: nothing is lost, nothing is there twice without a word, and
// each tab says what the other has.

const COUNT = 40;
const texts = Array.from({ length: COUNT }, (_, index) => JSON.stringify({ number: index }));

const rowsOf = (page: Page) => page.getByRole('row', { name: /Select message/ });
const jobsOf = (page: Page) => page.getByRole('region', { name: 'Jobs', exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));
const select = async (page: Page, short: readonly string[]) => {
  for (const id of short) await page.getByRole('checkbox', { name: `Select message ${id}` }).check();
};
const more = async (page: Page, item: RegExp) => {
  await page.getByRole('button', { name: 'More for the selected messages' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const slowly = (page: Page, perSecond: number) =>
  dialogOf(page).getByRole('spinbutton', { name: 'Messages per second' }).fill(String(perSecond));

/** What is in a queue, hidden or not, by the number in its text: how often, and how often it was received. */
async function foundIn(queue: QueueClient): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 });
    if (receivedMessageItems.length === 0) return found;
    for (const { messageText, dequeueCount } of receivedMessageItems)
      found.set(messageText, [...(found.get(messageText) ?? []), dequeueCount]);
  }
}

const ended = (tab: Page) => tab.getByText(/^Browsed \d+ messages?, all returned|^Browsed 0 messages/).first();
const numberIn = (words: string, pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);

test('a redrive in one tab and a delete in the other share their messages out, and say what they could not have', async ({
  page,
  context,
  azurite,
  seed,
}) => {
  const { queue, screen, short } = await seed(...texts);
  const target = azurite.getQueueClient(`${queue.name}-target`);
  await target.create();
  await screen.open();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(rowsOf(other).first()).toBeVisible();

  // Messages 0 to 15 are moved slowly here, and 8 to 23 deleted there meanwhile.
  await select(page, short.slice(0, 16));
  await page
    .getByRole('toolbar', { name: /selected$/ })
    .getByRole('button', { name: 'Move 16' })
    .click();
  await dialogOf(page).getByRole('combobox', { name: 'To queue' }).fill(target.name);
  await slowly(page, 2);
  // The dialog of the second stands open when the first begins, and is confirmed when that one has leased what both mean.
  await select(other, short.slice(8, 24));
  await other
    .getByRole('toolbar', { name: /selected$/ })
    .getByRole('button', { name: 'Delete 16' })
    .click();
  const confirm = dialogOf(other).getByRole('button', { name: /^Delete \d+ messages/ });
  await expect(confirm).toBeVisible();
  await dialogOf(page)
    .getByRole('button', { name: /^Move 16/ })
    .click();
  await expect.poll(() => lengthOf(target)).toBeGreaterThan(0);
  // The rows are behind the dialog, where roles do not reach.
  await expect(other.locator('[aria-label^="Another tab of this browser has leased it until"]').first()).toBeVisible();
  await confirm.click();

  await expect(jobsOf(page)).toContainText('Moved 16 messages', { timeout: 60_000 });
  const report = jobsOf(other).getByRole('listitem').first();
  await expect(report.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 60_000 });
  const said = await report.innerText();
  const deleted = numberIn(said, /(\d+)\s+deleted/);
  const kept = numberIn(said, /(\d+)\s+not deleted/) + numberIn(said, /(\d+)\s+not found/);
  // Its report adds up, and says that another has them.
  expect(deleted + kept, said).toBe(16);
  expect(kept).toBeGreaterThanOrEqual(8);
  await report.getByRole('button', { name: 'Show failures' }).click();
  const reasons = dialogOf(other).getByRole('list', { name: 'What is not simply done' });
  await expect(reasons).toContainText('Another tab of this browser');

  const moved = await foundIn(target);
  const left = await foundIn(queue);
  expect([...moved.keys()].toSorted()).toEqual(texts.slice(0, 16).toSorted());
  expect([...moved.values()].every((times) => times.length === 1)).toBe(true);
  // Each message is moved, deleted or left, and none of them twice.
  expect([...left.values()].every((times) => times.length === 1)).toBe(true);
  expect(texts.slice(0, 16).filter((text) => left.has(text))).toEqual([]);
  expect(texts.slice(24).filter((text) => !left.has(text))).toEqual([]);
  expect(texts.slice(16, 24).filter((text) => !left.has(text))).toHaveLength(deleted);
  await target.delete();
});

test('a browse in each of two tabs at once shows every message in one of them at least, and leaves none hidden', async ({
  page,
  context,
  seed,
}) => {
  const { queue, screen } = await seed(...texts);
  await screen.open({ mode: 'browse' });
  const other = await context.newPage();
  await other.goto(page.url());
  const start = (tab: Page) => tab.getByRole('button', { name: `Browse all ${COUNT}` });
  await expect(start(page)).toBeVisible();
  await expect(start(other)).toBeVisible();

  await Promise.all([start(page).click(), start(other).click()]);
  await expect(ended(page)).toBeVisible({ timeout: 60_000 });
  await expect(ended(other)).toBeVisible({ timeout: 60_000 });
  const seen = [page, other].map(async (tab) => numberIn(await ended(tab).innerText(), /Browsed (\d+)/));
  const [here = 0, there = 0] = await Promise.all(seen);

  const found = await foundIn(queue);
  expect([...found.keys()].toSorted()).toEqual(texts.toSorted());
  // Each received it once at most, and this look once more.
  const raised = [...found.values()].reduce((sum, [count = 0]) => sum + count - 1, 0);
  expect(raised).toBe(here + there);
  expect(here + there).toBeGreaterThanOrEqual(COUNT);
  expect([...found.values()].every(([count = 0]) => count >= 2 && count <= 3)).toBe(true);
});

test('a job in one tab leaves what the other edits alone, and says so', { tag: '@engines' }, async ({
  page,
  context,
  seed,
}) => {
  const { queue, screen, short } = await seed(...texts.slice(0, 24));
  await screen.open();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(rowsOf(other)).toHaveCount(24);
  await screen.receive16();
  await expect(screen.leases).toHaveCount(16);
  // An editor stands open here, while the other tab changes the texts of all that it shows.
  await screen.openDetails(short[0] ?? '');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Message body' }).fill('{"number": "edited"}');

  await other.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
  await more(other, /^Work in steps/);
  await dialogOf(other).getByRole('button', { name: 'Remove step Send to' }).click();
  await dialogOf(other).getByRole('button', { name: 'Remove step Delete here' }).click();
  await dialogOf(other).getByRole('radio', { name: 'JSON value' }).click();
  await dialogOf(other).getByRole('textbox', { name: 'Path' }).fill('number');
  await dialogOf(other).getByRole('textbox', { name: 'New value, as JSON' }).fill('"changed"');
  await dialogOf(other)
    .getByRole('button', { name: /^Change \d+ messages/ })
    .click();
  await expect(jobsOf(other)).toContainText('Changed text of 8 messages', { timeout: 60_000 });

  await page.getByRole('button', { name: /^Save message/ }).click();
  await expect(page.getByText('Message saved')).toBeVisible();
  await page.getByRole('button', { name: 'Release them' }).click();
  await expect
    .poll(async () => (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.length)
    .toBe(24);
  const found = await foundIn(queue);
  expect([...found.values()].flat()).toHaveLength(24);
  expect(found.get('{"number": "edited"}')).toHaveLength(1);
  expect(found.get('{"number":"changed"}')).toHaveLength(8);
  expect(texts.slice(1, 16).filter((text) => found.get(text)?.length !== 1)).toEqual([]);
});
