import type { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { expect, test } from './queue-screen';

// Playwright's "offline" also cuts off this machine, so that an emulator is gone with the network.

const MESSAGES = 240;
const TEXTS = Array.from({ length: MESSAGES }, (_, index) => `message ${String(index).padStart(3, '0')}`);
const PAUSED = 'Paused: no network. Goes on when it is back.';

const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });
const dialog = (page: Page) => page.getByRole('dialog');
const status = (page: Page) => page.getByRole('contentinfo', { name: 'Status', includeHidden: true });

async function fill(queue: QueueClient) {
  await queue.createIfNotExists();
  const waiting = TEXTS.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const text of waiting) await queue.sendMessage(text);
    }),
  );
}

/** How often each text is in a queue. */
async function countsIn(queue: QueueClient): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 300 });
    if (receivedMessageItems.length === 0) return counts;
    for (const { messageText } of receivedMessageItems) counts.set(messageText, (counts.get(messageText) ?? 0) + 1);
  }
}

/** Messages that the page has asked for while it had no network. */
function failures(page: Page) {
  let failed = 0;
  page.on('requestfailed', () => failed++);
  return () => failed;
}

test('a job and the status bar say that there is no network, and the job goes on when it is back', async ({
  page,
  context,
  azurite,
  queueName,
  seed,
}) => {
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await fill(queue);
  await screen.open();
  await expect(screen.rows.first()).toBeVisible();
  await page.getByRole('button', { name: 'More queue actions' }).click();
  await page.getByRole('menuitem', { name: 'Move all messages' }).click();
  await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(target.name);
  await dialog(page).getByRole('spinbutton', { name: 'Messages per second' }).fill('40');
  await dialog(page).getByRole('button', { name: 'Move all messages' }).click();
  await expect(jobs(page).getByRole('group', { name: /^Working, [2-9]\d of/ })).toBeVisible();

  const failed = failures(page);
  await context.setOffline(true);
  await expect(jobs(page)).toContainText(PAUSED);
  await expect(status(page)).toContainText('No network');
  await expect(status(page)).toContainText(PAUSED);
  const before = failed();
  await expect(jobs(page)).not.toContainText(/lost|most likely/i);
  // A service of this machine is looked for, less and less often; the job tries nothing.
  expect(failed() - before).toBeLessThan(3);

  await context.setOffline(false);
  await expect(jobs(page)).not.toContainText(PAUSED);
  await expect(status(page)).not.toContainText('No network');
  await expect(jobs(page)).toContainText(/Moved \d+ (?:of \d+ )?messages/, { timeout: 120_000 });
  const [left, moved] = [await countsIn(queue), await countsIn(target)];
  const twice = Number(/(\d+)\s+may be there twice/.exec(await jobs(page).innerText())?.[1] ?? 0);
  for (const text of TEXTS) expect((left.get(text) ?? 0) + (moved.get(text) ?? 0)).toBeGreaterThanOrEqual(1);
  expect(left.size).toBe(twice);
  await expect(jobs(page)).not.toContainText(/could not|not moved|hidden until/);
});

test('Browse says that there is no network, and goes on and returns everything when it is back', async ({
  page,
  context,
  seed,
}) => {
  const { queue, screen } = await seed();
  await fill(queue);
  await screen.open({ mode: 'browse' });
  const panel = page.getByRole('region', { name: 'Browse all' });
  await panel.getByRole('button', { name: `Browse all ${MESSAGES}` }).click();
  await expect(panel.getByText(/^Returning/)).toBeVisible();
  // So that the line of short windows is there.
  await page.setViewportSize({ width: 640, height: 400 });
  await expect(page.getByRole('button', { name: /^How to read messages, / })).toBeVisible();
  await context.setOffline(true);
  await expect(panel).toContainText(PAUSED);
  // Where there is no status bar, the head says it, and in a narrow line a sign does.
  const sign = page.getByRole('main').getByRole('img', { name: 'No network' });
  for (const [width, height, words] of [
    [390, 844, true],
    [640, 400, true],
    [320, 256, false],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(sign).toBeInViewport();
    await expect(sign.getByText('No network')).toBeVisible({ visible: words });
  }
  await context.setOffline(false);
  await expect(sign).toBeHidden();
  await expect(page.getByText(`Browsed ${MESSAGES} messages, all returned`)).toBeVisible({ timeout: 60_000 });
  const counts = await countsIn(queue);
  expect([counts.size, new Set(counts.values())]).toEqual([MESSAGES, new Set([1])]);
});

test('what a person sends without a network is not sent, and the text stays where it was typed', async ({
  page,
  context,
  seed,
}) => {
  const { queue, screen } = await seed('first');
  await screen.open();
  await expect(screen.rows.first()).toBeVisible();
  await page.keyboard.press('n');
  const text = dialog(page).getByRole('textbox', { name: 'Message body' });
  await text.fill('typed without a network');
  await context.setOffline(true);
  await expect(status(page)).toContainText('No network');
  await dialog(page).getByRole('button', { name: 'Add message' }).click();
  await expect(dialog(page)).toContainText('Not sent. There is no network.');
  await expect(dialog(page)).not.toContainText(/lost|may have/i);
  await expect(text).toContainText('typed without a network');

  await context.setOffline(false);
  await expect(status(page)).not.toContainText('No network');
  await dialog(page).getByRole('button', { name: 'Add message' }).click();
  await expect(dialog(page)).toHaveCount(0);
  expect(await countsIn(queue)).toEqual(
    new Map([
      ['first', 1],
      ['typed without a network', 1],
    ]),
  );
});

test('leases that run on without a network are told with their times, until it is back', async ({
  page,
  context,
  seed,
}) => {
  const { screen } = await seed('first', 'second');
  await screen.open();
  await screen.receive16();
  await expect(screen.leases).toHaveCount(2);
  // What says so is loaded in a quiet moment, and could not be without a network.
  await expect(screen.notes).toBeAttached();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await expect(screen.notes).toContainText(/No network.*2 leases of yours run on.*the next ends at \d+:\d\d/s);
  await expect(screen.leases).toHaveCount(2);
  // On other screens, too.
  const explorer = await page.evaluate(() => location.hash);
  await page.evaluate(() => (location.hash = '#/settings'));
  await expect(screen.leases).toHaveCount(0);
  await expect(screen.notes).toContainText('2 leases of yours run on');
  await page.evaluate((hash) => (location.hash = hash), explorer);
  await expect(screen.leases).toHaveCount(2);
  await context.setOffline(false);
  await expect(screen.notes).not.toContainText('run on');
  await expect(status(page)).not.toContainText('No network');
});
