import type { Locator, Page } from '@playwright/test';
import { serve } from '../server/page/serve';
import { test as base, expect } from './fixtures';

/** A static host of the page, without our server. */
const test = base.extend<{ host: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  host: async ({}, provide) => {
    const folder = process.env['QUEUESCOPE_E2E_BUILD'];
    const page = await serve(folder ? { folder } : {});
    await provide(page.url);
    await page.stop();
  },
});

const grid = (page: Page, queue: string) => page.getByRole('grid', { name: `Messages in ${queue}` });
const rows = (page: Page, queue: string) => grid(page, queue).getByRole('row', { name: /Select message/ });
const leases = (page: Page, queue: string) => grid(page, queue).getByRole('img', { name: /^Leased by you/ });

/** Opens the sandbox from the connect screen. */
async function openSandbox(page: Page, host: string) {
  await page.goto(host);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await expect(page.getByRole('link', { name: /^orders, about \d+ messages$/ })).toBeVisible();
}

async function createQueue(page: Page, name: string) {
  await page.getByRole('button', { name: 'New queue' }).first().click();
  await page.getByRole('textbox', { name: 'Queue name' }).fill(name);
  await page.getByRole('button', { name: 'Create queue' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function addMessage(page: Page, text: string) {
  await page.getByRole('button', { name: 'Add message' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add message' });
  await dialog.getByRole('textbox', { name: 'Message body' }).fill(text);
  await dialog.getByRole('button', { name: 'Add message' }).click();
  await expect(dialog).toBeHidden();
}

/** True where the first lies over the second: in the middle of what both take. */
async function liesOver(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (!a || !b) throw new Error('Not drawn');
  const left = Math.max(a.x, b.x);
  const right = Math.min(a.x + a.width, b.x + b.width);
  const top = Math.max(a.y, b.y);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  if (left >= right || top >= bottom) return false;
  const point = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return one.evaluate((element, { x, y }) => element.contains(document.elementFromPoint(x, y)), point);
}

test('the whole journey works in the sandbox, and nothing leaves the page', { tag: '@engines' }, async ({
  page,
  host,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    // The connect screen's look for an emulator is no part of the sandbox.
    const isLookout = request.url().includes(':10001');
    if (protocol.startsWith('http') && origin !== host && !isLookout) foreign.push(request.url());
  });
  await openSandbox(page, host);

  await test.step('the demo queues are there, poison and all', async () => {
    await page.getByRole('link', { name: /^orders-poison, .*poison queue of orders$/ }).click();
    await expect(rows(page, 'orders-poison').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sandbox, in this browser', exact: true })).toBeVisible();
  });

  await test.step('a queue is made, a message added and peeked at', async () => {
    await createQueue(page, 'journey');
    await addMessage(page, '{"n":1}');
    await addMessage(page, '{"n":2}');
    await expect(rows(page, 'journey')).toHaveCount(2);
  });

  await test.step('what was done is told once, and lies over nothing that explains, in each window', async () => {
    const told = page.getByRole('region', { name: 'Notifications' }).getByRole('status');
    await expect(told).toHaveCount(1);
    await expect(told).toContainText('Message added × 2');
    await told.hover();
    for (const size of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      const foot = page.getByRole('main').getByText(/^Peek shows the first/);
      await expect.poll(() => liesOver(told, foot)).toBe(false);
      await page
        .getByRole('button', { name: /^Queue actions|^More/ })
        .first()
        .click();
      const menu = page.getByRole('menu');
      await expect(menu).toBeVisible();
      await expect.poll(() => liesOver(told, menu)).toBe(false);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add message' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add message' });
      await expect.poll(() => liesOver(told, dialog.locator('footer'))).toBe(false);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await told.getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('a lease is seen to end without waiting', async () => {
    await page.getByRole('radio', { name: 'Receive' }).click();
    await page.getByRole('button', { name: '1 for 30 s' }).click();
    await expect(leases(page, 'journey')).toHaveCount(1);
    await page.getByRole('button', { name: 'Skip to next lease end' }).click();
    await expect(leases(page, 'journey')).toHaveCount(0);
    await expect(rows(page, 'journey')).toHaveCount(2);
    await expect(grid(page, 'journey').getByRole('gridcell', { name: '1', exact: true }).last()).toBeVisible();
  });

  await test.step('a message is leased for longer, edited and deleted', async () => {
    await page.getByRole('button', { name: '16 for 5 min' }).click();
    await expect(leases(page, 'journey')).toHaveCount(2);
    await page.getByRole('button', { name: 'Skip 30 s' }).click();
    await expect(leases(page, 'journey').first()).toHaveAccessibleName(/^Leased by you, 4:[23]\d left$/);
    await rows(page, 'journey').filter({ hasText: '2' }).first().click();
    const details = page.getByRole('complementary', { name: /^Message / });
    await details.getByRole('button', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit message' });
    await dialog.getByRole('textbox', { name: 'Message body' }).fill('edited here');
    await dialog.getByRole('button', { name: /^Save message/ }).click();
    await expect(grid(page, 'journey')).toContainText('edited here');
    await details.getByRole('button', { name: /^Delete/ }).click();
    await expect(rows(page, 'journey')).toHaveCount(1);
    await page.keyboard.press('z');
    await expect(rows(page, 'journey')).toHaveCount(2);
    await details.getByRole('button', { name: /^Release lease/ }).click();
    await expect(leases(page, 'journey')).toHaveCount(1);
  });

  await test.step('every exchange is in the wire log, with its string to sign', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.getByRole('grid', { name: 'Wire log' }).getByRole('row', { name: /^PUT/ }).first().click();
    const details = page.getByRole('region', { name: 'Request details' });
    await expect(details.getByRole('region', { name: 'Signed lines' })).toContainText('/sandbox/journey');
    await expect(details.getByText('accepted')).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
  });

  await test.step('the queue is deleted, and its name is taken for a while, as in Azure', async () => {
    await page.getByRole('button', { name: 'More queue actions' }).click();
    await page.getByRole('menuitem', { name: /^Delete queue/ }).click();
    await page.getByRole('textbox', { name: 'Type journey to confirm' }).fill('journey');
    await page.getByRole('button', { name: 'Delete queue' }).click();
    await expect(page.getByRole('link', { name: /^journey,/ })).toHaveCount(0);
  });
  expect(foreign).toEqual([]);
});

test('a reload keeps the sandbox; closing the tab deletes it, unless it is kept between visits', {
  tag: '@engines',
}, async ({ page, context, host }) => {
  await openSandbox(page, host);
  await createQueue(page, 'kept');
  await addMessage(page, 'still here');
  await page.getByRole('button', { name: /^Sandbox clock/ }).click();
  await page.getByRole('group', { name: 'Move ahead' }).getByRole('button', { name: '1 day' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(grid(page, 'kept').getByText('still here')).toBeVisible();

  const other = await context.newPage();
  await openSandbox(other, host);
  await expect(other.getByRole('link', { name: /^kept,/ })).toHaveCount(0);
  await other.close();

  await page.getByRole('button', { name: /^Sandbox clock/ }).click();
  await page.getByRole('switch', { name: 'Keep between visits' }).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(grid(page, 'kept').getByText('still here')).toBeVisible();
  await page.close();
  const later = await context.newPage();
  await later.goto(`${host}/#/q/sandbox@sandbox.queue.invalid/kept`);
  await expect(grid(later, 'kept').getByText('still here')).toBeVisible();
});

test('a link into the sandbox opens it', { tag: '@engines' }, async ({ page, host }) => {
  await page.goto(`${host}/#/q/sandbox@sandbox.queue.invalid/orders`);
  await expect(rows(page, 'orders').first()).toBeVisible();
});

test('faults occur on demand and are reported', { tag: '@engines' }, async ({ page, host }) => {
  await openSandbox(page, host);
  await createQueue(page, 'faulty');
  await page.getByRole('button', { name: /^Sandbox clock/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Sandbox' });
  await dialog.getByRole('spinbutton', { name: '503 ServerBusy, %' }).fill('100');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Sandbox clock, with faults' })).toBeVisible();
  await page.keyboard.press('Backquote');
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(
    page
      .getByRole('grid', { name: 'Wire log' })
      .getByRole('row', { name: /ServerBusy/ })
      .first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Sandbox clock, with faults' }).click();
  await dialog.getByRole('button', { name: 'No faults' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(page.getByText('faulty is empty')).toBeVisible();
});

test('starting over deletes everything, and Undo restores it', { tag: '@engines' }, async ({ page, host }) => {
  await page.goto(host);
  await expect(page.getByRole('button', { name: 'Open sandbox' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('link', { name: /^orders, about/ })).toBeVisible();
  await createQueue(page, 'mine');
  await page.getByRole('button', { name: /^Sandbox clock/ }).click();
  await page.getByRole('button', { name: 'Delete all queues' }).click();
  await expect(page.getByRole('link', { name: /, about \d+ messages/ })).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('link', { name: /^mine,/ })).toBeVisible();
});
