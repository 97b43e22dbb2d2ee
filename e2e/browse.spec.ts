import type { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { createGate } from './gate';
import { expect, lengthOf, test } from './queue-screen';

const texts = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `{"n":${index},"id":9007199254740993,"text":"Zoë & <b>\\u0041 ${index}"}`,
  );

/** All messages in the order in which the service hands them out, each hidden for a second at most. */
async function drained(queue: QueueClient) {
  const all: { text: string; dequeueCount: number }[] = [];
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 });
    if (receivedMessageItems.length === 0) return all;
    all.push(...receivedMessageItems.map(({ messageText, dequeueCount }) => ({ text: messageText, dequeueCount })));
  }
}
const browse = (page: Page, count: number) => page.getByRole('button', { name: `Browse all ${count}` });
const held = (page: Page) => page.getByText(/^\d+ messages so far, hidden from every consumer\.$/);

test('a whole queue is seen past the first 32 and comes back with its order and texts', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const sent = texts(120);
  const { queue, screen } = await seed(...sent);
  await screen.open();
  await page.getByRole('button', { name: 'Browse all 120' }).click();
  await expect(page.getByRole('region', { name: 'Browse all' })).toContainText('Dequeue counts raisedabout 120');
  await page.getByRole('region', { name: 'Browse all' }).getByRole('button', { name: 'Browse all 120' }).click();
  await expect(page.getByText('Browsed 120 messages, all returned')).toBeVisible();
  await expect(screen.grid).toHaveAttribute('aria-rowcount', '121');
  await screen.grid.focus();
  await page.keyboard.press('End');
  await expect(screen.rows.last()).toContainText('n: 119');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Message body' })).toContainText('9007199254740993');

  const back = await drained(queue);
  expect(back.map(({ text }) => text)).toEqual(sent);
  // Dequeued once by the browse and once by this test.
  expect(new Set(back.map(({ dequeueCount }) => dequeueCount))).toEqual(new Set([2]));
});

test('Cancel returns the leased messages; an address never starts a browse', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed(...texts(100));
  await screen.open({ mode: 'browse' });
  await expect(browse(page, 100)).toBeVisible();
  const gate = createGate();
  let receives = 0;
  await page.route(/numofmessages=\d+&visibilitytimeout=/, async (route) => {
    if (route.request().method() === 'GET' && ++receives === 2) await gate.passed;
    await route.continue();
  });
  await browse(page, 100).click();
  await expect(held(page)).toHaveText(/^32 /);
  await page.getByRole('button', { name: 'Cancel' }).click();
  gate.open();
  await expect(page.getByText('Cancelled after 64 messages, all returned')).toBeVisible();
  await page.reload();
  await expect(browse(page, 100)).toBeVisible();
  expect(await drained(queue)).toHaveLength(100);
});

test('a message that could not be returned is reported until it is', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, ids, screen } = await seed(...texts(40));
  await screen.open({ mode: 'browse' });
  const refused = new RegExp(`messages/${ids[7]}\\?`);
  await page.route(refused, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 403, headers: { 'access-control-allow-origin': '*' }, body: '' })
      : route.fallback(),
  );
  await browse(page, 40).click();
  const alert = page.getByRole('alert').filter({ hasText: '1 message could not be returned' });
  await expect(alert).toContainText(/It stays hidden until \d\d:\d\d:\d\d/);
  await expect(page.getByText('Browsed 40 messages, 39 returned')).toBeVisible();
  await page.unroute(refused);
  // It can be released in every mode.
  await page.getByRole('radio', { name: 'Peek' }).click();
  await expect(alert).toBeHidden();
  await expect(page.getByText(/^1 message is still leased by this tab until/)).toBeVisible();
  await page.getByRole('button', { name: 'Release it' }).click();
  await expect(screen.notes).toContainText('Released 1 lease');
  expect(await lengthOf(queue)).toBe(40);
  expect(await drained(queue)).toHaveLength(40);
});

test('Lease selected leases all chosen messages, wherever they are, and releases those before them', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, ids, short, screen } = await seed(...texts(45));
  await screen.open({ mode: 'browse' });
  await browse(page, 45).click();
  await expect(page.getByText('Browsed 45 messages, all returned')).toBeVisible();
  await screen.grid.getByRole('checkbox', { name: `Select message ${short[3]}` }).click();
  await screen.grid.focus();
  await page.keyboard.press('End');
  await screen.grid.getByRole('checkbox', { name: `Select message ${short[44]}` }).click();
  await page.getByRole('button', { name: 'Lease selected' }).click();
  await page.getByRole('button', { name: 'Lease 2' }).click();
  await expect(screen.notes).toContainText('Leased 2 messages');
  await expect(screen.notes).toContainText('43 other messages passed: released, dequeue count up by 1.');
  const others = await drained(queue);
  expect(others.map(({ text }) => text).toSorted()).toEqual(
    texts(45)
      .filter((_, index) => index !== 3 && index !== 44)
      .toSorted(),
  );
  expect(ids).toHaveLength((await lengthOf(queue)) ?? 0);
});

test('a reload in the middle of a browse asks first, and can return everything', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed(...texts(100));
  await screen.open({ mode: 'browse' });
  await expect(browse(page, 100)).toBeVisible();
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  // The request for the third batch is not sent.
  let receives = 0;
  await page.route(/numofmessages=\d+&visibilitytimeout=/, async (route) => {
    if (route.request().method() !== 'GET' || ++receives < 3) await route.continue();
  });
  await browse(page, 100).click();
  await expect(held(page)).toHaveText(/^64 /);
  await page.reload();
  expect(questions).toEqual(['beforeunload']);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  const strip = page.getByRole('status').filter({ hasText: '64 messages are still leased by this tab until' });
  await expect(strip).toBeVisible();
  const unknown = page.getByText(/^Up to 32 more messages may be hidden until \d\d:\d\d:\d\d$/);
  await expect(unknown).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('9007199254740993');
  // Once more: nothing was done about them.
  await page.reload();
  await strip.getByRole('button', { name: 'Release them' }).click();
  await expect(screen.notes).toContainText('Released 64 leases');
  await expect(strip).toBeHidden();
  await expect(unknown).toBeVisible();
  await page.getByRole('status').filter({ has: unknown }).getByRole('button', { name: 'Dismiss' }).click();
  await expect(unknown).toBeHidden();
  const back = await drained(queue);
  expect(back.map(({ text }) => text).toSorted()).toEqual(texts(100).toSorted());
  expect(back.filter(({ dequeueCount }) => dequeueCount === 2)).toHaveLength(64);
});

test('leases of one’s own outlive a reload without their texts, and are let be when asked to', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, screen } = await seed('first text', 'second text');
  await screen.open();
  await screen.receive16();
  await expect(screen.leases).toHaveCount(2);
  await page.reload();
  const strip = page.getByRole('status').filter({ hasText: '2 messages are still leased by this tab until' });
  await expect(strip).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('text');
  await strip.getByRole('button', { name: 'Keep' }).click();
  await expect(strip).toBeHidden();
  expect(await drained(queue)).toEqual([]);
});
