import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { recordCount } from '@/state/activity/queue-counts';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { sandboxScreen } from '../sandbox-screen.fixture';

const screen = sandboxScreen('payments');

const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
const right = (name: string | RegExp) =>
  page.getByRole('button', { name }).first().element().getBoundingClientRect().right;

/** What the sidebar leaves of screens of 1,024, 1,366 and 1,440 px. */
test.each([732, 1074, 1148])(
  'at %i px the whole name of a poison queue is read, with rows selected and a rate',
  async (width) => {
    await page.viewport(1440, 800);
    document.body.style.width = `${width}px`;
    const queue = 'payments-poison';
    await screen.account.createQueue(queue).catch(() => {});
    for (let index = 0; index < 3; index++) await screen.account.sendMessage(queue, { text: `message ${index}` });
    for (const [index, count] of [5000, 5016, 5034].entries())
      recordCount(SANDBOX_ID, queue, { at: screen.session.clock.now() - 30_000 * (3 - index), count });
    await screen.show({ queue });
    const name = page.getByRole('heading', { level: 1 });
    await expect.element(name).toHaveTextContent(queue);
    const check = () => {
      for (const part of name.element().querySelectorAll('.truncate')) expect(isCut(part)).toBe(false);
      expect(right('Add message')).toBeLessThanOrEqual(width);
      expect(right('More queue actions')).toBeLessThanOrEqual(width);
    };
    check();
    await page
      .getByRole('checkbox', { name: /^Select message/ })
      .first()
      .click();
    await expect.element(page.getByText('1 selected').first()).toBeVisible();
    check();
    expect(right('Clear selection')).toBeLessThanOrEqual(width);
    expect(right('More for the selected messages')).toBeLessThanOrEqual(width);
    document.body.style.width = '';
  },
);

test('where there is room, import and export have their words, and what is done to one message is inside of its pane', async () => {
  await page.viewport(1440, 800);
  document.body.style.width = '1148px';
  const queue = 'payments';
  await screen.account.createQueue(queue).catch(() => {});
  await screen.account.sendMessage(queue, { text: 'a message' });
  await screen.account.receiveMessages(queue, { visibilityTimeout: 300 });
  await screen.show({ queue });
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(queue);
  for (const name of ['Import', 'Export'])
    await expect.element(page.getByRole('button', { name }).getByText(name)).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'a message' }).first().click();
  const remove = page
    .getByRole('complementary')
    .getByRole('button', { name: /^Delete/ })
    .first();
  await expect.element(remove).toBeVisible();
  expect(remove.element().getBoundingClientRect().right).toBeLessThanOrEqual(1148 - 4);
  document.body.style.width = '';
});
