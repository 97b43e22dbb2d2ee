import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sandboxScreen } from '../sandbox-screen.fixture';

const screen = sandboxScreen('count');
const button = (name: string | RegExp) => page.getByRole('button', { name });
const fill = (count: number, visibilityDelay?: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      screen.account.sendMessage(screen.queue, { text: `${index}`, ...(visibilityDelay && { visibilityDelay }) }),
    ),
  );

beforeEach(() => screen.session.clock.pause());

test('the count is what is visible, what is held here, and what is inferred to be hidden elsewhere', async () => {
  await fill(13);
  await fill(2, 3600);
  await screen.show({ mode: 'receive' });
  await expect.element(button('About 15 messages: 13 visible, 2 hidden or delayed elsewhere')).toBeVisible();
  await button('1 for 30 s').click();
  await button('About 15 messages: 12 visible, 1 held here, 2 hidden or delayed elsewhere').click();
  const parts = page.getByRole('dialog', { name: 'About 15 messages' });
  await expect.element(parts).toHaveTextContent(/Visible12All that a receive could be handed/);
  await expect.element(parts).toHaveTextContent(/Held here1Leased by this tab/);
  await expect.element(parts).toHaveTextContent(/elsewhereabout 2Inferred/);
  await userEvent.keyboard('{Escape}');
  await expect.element(parts).not.toBeInTheDocument();
});

test('a full peek tells the least, a browse tells all', async () => {
  await fill(40);
  await fill(1, 3600);
  await screen.show({ mode: 'browse' });
  await expect
    .element(button('About 41 messages: at least 32 visible, 9 further back or hidden elsewhere'))
    .toBeVisible();
  await button('Browse all 41').click();
  await expect.element(button('About 41 messages: 40 visible, 1 hidden or delayed elsewhere')).toBeVisible();
});
