import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { sandboxScreen } from './sandbox-screen.fixture';

const on = sandboxScreen('narrow');

const right = (name: string) => page.getByRole('button', { name }).element().getBoundingClientRect().right;

/** What is left of a screen of 1,024 px beside the sidebar, and of the narrowest that has one. */
test.each([732, 668])('at %i px the name of the queue and every way out are in sight', async (width) => {
  // Wide enough to be no phone; the screen itself gets what the sidebar leaves.
  await page.viewport(1024, 700);
  document.body.style.width = `${width}px`;
  await on.account.sendMessage(on.queue, { text: 'one' });
  await on.show();
  const heading = page.getByRole('heading', { level: 1 });
  await expect.element(heading).toHaveTextContent(on.queue);
  expect(heading.element().getBoundingClientRect().width).toBeGreaterThan(50);
  expect(right('Add message')).toBeLessThanOrEqual(width);

  await page
    .getByRole('checkbox', { name: /^Select message/ })
    .first()
    .click();
  await expect.element(page.getByText('1 selected')).toBeVisible();
  expect(right('Clear selection')).toBeLessThanOrEqual(width);
  expect(right('More for the selected messages')).toBeLessThanOrEqual(width);
  document.body.style.width = '';
});
