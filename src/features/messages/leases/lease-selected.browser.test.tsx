import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { NO_FAULTS } from '@/sandbox/faults';
import { listen } from '@/ui/feedback/listen.fixture';
import { sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from '../shared/short-id';

const screen = sandboxScreen('chosen');
const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const leases = () => grid().getByRole('img', { name: /^Leased by you/ });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const check = (id: string | undefined) =>
  grid()
    .getByRole('checkbox', { name: `Select message ${shortId(id ?? '')}` })
    .click();

const fill = (count: number) => screen.fillAtOnce(count);
const inQueue = () => screen.inQueue();
const hidden = async () => (await inQueue()).filter(({ visibleAt }) => visibleAt > screen.session.clock.now());

beforeEach(() => screen.session.clock.pause());

test('several chosen messages are leased, and those passed on the way released', async () => {
  const ids = await fill(12);
  await screen.show();
  await check(ids[2]);
  await check(ids[9]);
  await button('Lease selected').click();
  await expect.element(page.getByText(/until all 2 are found and keeps them for 1 min/)).toBeVisible();
  await button('Lease 2').click();
  await expect.element(page.getByText('Leased 2 messages')).toBeVisible();
  await expect.element(page.getByText('8 other messages passed: released, dequeue count up by 1.')).toBeVisible();
  await expect.element(leases()).toHaveLength(2);
  expect((await hidden()).map(({ id }) => id)).toEqual([ids[2], ids[9]]);
  expect((await inQueue()).map(({ dequeueCount }) => dequeueCount)).toEqual([...Array<number>(10).fill(1), 0, 0]);
  await expect.element(page.getByText('2 selected')).toBeVisible();
});

test('a limit keeps the search short, and what was not found is told', async () => {
  const ids = await fill(40);
  await screen.show({ mode: 'browse' });
  await button('Browse all 40').click();
  await expect.element(page.getByText('Browsed 40 messages, all returned')).toBeVisible();
  await check(ids[1]);
  await button('Lease selected').click();
  await page.getByRole('spinbutton', { name: 'Messages to pass at most' }).fill('1');
  await expect.element(page.getByText('The last of them was at place 2, past the limit.')).toBeVisible();
  await button('Lease 1').click();
  await expect.element(page.getByText('Leased 0 of 1 message')).toBeVisible();
  expect(await hidden()).toEqual([]);
  await button('Lease selected').click();
  await page.getByRole('combobox', { name: 'How far to look' }).selectOptions('Whole queue');
  await button('Lease 1').click();
  await expect.element(leases()).toHaveLength(1);
  expect((await hidden()).map(({ id }) => id)).toEqual([ids[1]]);
});

test('Cancel releases what was passed and keeps what was found', async () => {
  // Ten answers until the limit, each of them late: Cancel comes in the middle on a slow machine too.
  const ids = await fill(400);
  await screen.show();
  await check(ids[0]);
  await check(ids[15]);
  // Somebody else takes one of them away.
  const { id } = (await inQueue())[15] ?? { id: '' };
  expect(id).toBe(ids[15]);
  const others = await screen.account.receiveMessages(screen.queue, { count: 32, visibilityTimeout: 600 });
  for (const lease of others)
    if (lease.id !== id) await screen.account.updateMessage(screen.queue, lease, { visibilityTimeout: 0 });
  await button('Lease selected').click();
  screen.session.sandbox.setFaults({ latency: 500 });
  await button('Lease 2').click();
  await expect.element(page.getByText(/1 found, \d+ others passed/)).toBeVisible();
  await page.getByRole('region', { name: 'Lease selected' }).getByRole('button', { name: 'Cancel' }).click();
  screen.session.sandbox.setFaults(NO_FAULTS);
  await expect.element(page.getByText('Leased 1 of 2 messages')).toBeVisible();
  await expect.element(leases()).toHaveLength(1);
  expect((await hidden()).map((message) => message.id)).toEqual([ids[0], id]);
});

test('what cannot be received is said, and the choice stays', async () => {
  const ids = await fill(2);
  await screen.show();
  await check(ids[0]);
  await button('Lease selected').click();
  screen.session.sandbox.setFaults({ clockSkew: 3_600_000 });
  await button('Lease 1').click();
  await expect.element(page.getByText('Not leased')).toBeVisible();
  await expect.element(page.getByText('1 selected')).toBeVisible();
  await expect.element(button('Lease 1')).toBeVisible();
});

test('looking for one message is stopped when told, and what was passed is released', async () => {
  await fill(400);
  await screen.show({ message: '00000000-0000-4000-8000-000000000000' });
  screen.session.sandbox.setFaults({ latency: 300 });
  const ear = listen();
  await button('Lease it').click();
  await expect.element(page.getByText(/^Looking for it: [1-9]\d* of at most 320$/)).toBeVisible();
  await button('Cancel').click();
  screen.session.sandbox.setFaults(NO_FAULTS);
  await expect.element(page.getByText('Stopped looking')).toBeVisible();
  ear.end();
  // How far it is stands there to be read.
  expect(ear.said().filter((text) => text.startsWith('Looking'))).toEqual([]);
  expect(await hidden()).toEqual([]);
  expect((await inQueue()).filter(({ dequeueCount }) => dequeueCount > 0).length).toBeLessThan(320);
  await expect.element(button('Lease it')).toBeVisible();
});
