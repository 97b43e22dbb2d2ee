import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

// Tabs that are killed in the middle of a job, and what the next visit makes of it.

const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });
const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => `message ${String(index).padStart(3, '0')}`);

test('a redrive whose tab is killed is told in another tab at once, lets go of what it hides, and goes on to the end', async ({
  page,
  context,
  azurite,
  queueName,
  app,
}) => {
  const parent = queueName('payments');
  const [from, to] = [`${parent}-poison`, parent].map((name) => azurite.getQueueClient(name));
  if (!from || !to) throw new Error('No queues');
  for (const queue of [from, to]) await queue.create();
  for (const text of numbers(80)) await from.sendMessage(text);
  const texts = async (queue: typeof from) => {
    const all: string[] = [];
    for (;;) {
      const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 });
      if (receivedMessageItems.length === 0) return all.toSorted();
      all.push(...receivedMessageItems.map(({ messageText }) => messageText));
    }
  };
  const account = `${azurite.accountName}@${new URL(azurite.url).host}`;
  const address = `${app}/#/q/${encodeURIComponent(account)}/${from.name}`;

  const first = await context.newPage();
  await first.goto(address);
  await first.getByRole('button', { name: 'Redrive' }).click();
  const dialog = first.getByRole('dialog');
  await dialog.getByRole('spinbutton', { name: 'Messages per second' }).fill('20');
  await dialog.getByRole('button', { name: 'Redrive all messages' }).click();
  await expect(jobs(first)).toContainText('running');

  // The other tab says that it runs, and takes nothing of it.
  await page.goto(address);
  const strip = page.getByRole('region', { name: `Interrupted job: redrive of ${from.name}` });
  await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /^Jobs/ }).click();
  await expect(jobs(page)).toContainText('in another tab of this browser');
  await expect(strip).toBeHidden();
  await expect.poll(async () => (await to.getProperties()).approximateMessagesCount).toBeGreaterThan(15);

  await first.close();
  await expect(strip).toContainText(/stopped at \d+ of 80 at \d\d:\d\d/);
  const counts = await strip.getByRole('listitem').allInnerTexts();
  const of = (what: RegExp) => Number(counts.find((text) => what.test(text))?.match(/\d+/)?.[0] ?? 0);
  expect(of(/done/) + of(/may be in .* twice/) + of(/^\d+ (is|are) hidden/) + of(/untouched/)).toBe(80);
  const twice = of(/may be in .* twice/);
  const left = 80 - of(/done/);
  await page.screenshot({ path: test.info().outputPath('interrupted.png') });

  await strip.getByRole('button', { name: /^Release \d+$/ }).click();
  await expect(strip.getByRole('button', { name: /^Release/ })).toBeHidden();
  await strip.getByRole('button', { name: `Continue with ${left}` }).click();
  await expect(jobs(page)).toContainText('redriven');
  await expect(jobs(page).getByText(/0 running/)).toBeVisible();
  await expect(strip).toBeHidden();
  const arrived = await texts(to);
  expect([...new Set(arrived)]).toEqual(numbers(80));
  // Whatever is there twice was named before.
  expect(arrived.length - 80).toBeLessThanOrEqual(twice);
  // Nothing of it is left for the next visit.
  await page.reload();
  await expect(page.getByRole('heading', { name: from.name })).toBeVisible();
  await expect(strip).toBeHidden();
});
