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

test('on a phone the time that is left of the working set, its buttons and the button to redrive are whole', async () => {
  await page.viewport(390, 844);
  const poison = `${on.queue}-poison`;
  await on.account.createQueue(poison);
  for (let index = 0; index < 120; index++) await on.account.sendMessage(poison, { text: `message ${index}` });
  await on.show({ mode: 'browse', queue: poison });
  await page.getByRole('radio', { name: 'Work on these (keeps the leases)' }).click();
  await page.getByRole('button', { name: 'Browse all 120' }).click();
  const set = page.getByRole('group', { name: 'Working set' });
  const timer = set.getByRole('timer');
  await expect.element(timer).toBeVisible();
  const extend = set.getByRole('button', { name: 'Extend the working set' });
  const words = timer.element().parentElement;
  // Both at one time: while the browse goes on its words grow.
  await expect
    .poll(() => timer.element().getBoundingClientRect().right - extend.element().getBoundingClientRect().left)
    .toBeLessThanOrEqual(0);
  expect(words?.scrollWidth).toBeLessThanOrEqual(words?.clientWidth ?? 0);
  expect(right('Browse again')).toBeLessThanOrEqual(390);
  const redrive = page.getByRole('button', { name: 'Redrive', exact: true }).element();
  const around = redrive.parentElement?.getBoundingClientRect();
  expect(redrive.getBoundingClientRect().bottom).toBeLessThanOrEqual(around?.bottom ?? 0);
});
