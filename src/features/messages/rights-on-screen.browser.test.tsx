import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { NO_FAULTS } from '@/sandbox/faults';
import { setReadOnly } from '@/state/connections/read-only';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { records } from '@/state/messages/records';
import { currentCommands } from '@/state/navigation/commands';
import { goTo } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { leftOver } from './left-over.fixture';
import { sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

/*
 * On a connection that is read-only all that would change something is off and says why: each part of the screen is read
 * as a whole, so that no button is forgotten.
 */

const screen = sandboxScreen('rights');

const button = (name: string | RegExp) => page.getByRole('button', { name });
const row = (id: string | undefined) =>
  page.getByRole('grid').getByRole('row', { name: new RegExp(`Select message ${shortId(id ?? '')}`) });
const check = (id: string | undefined) => row(id).getByRole('checkbox').click();
const part = {
  bar: () => page.getByRole('toolbar', { name: /selected$/ }),
  details: () => page.getByRole('complementary', { name: /^Message / }),
  receive: () => page.getByRole('region', { name: 'Receive' }),
  browse: () => page.getByRole('region', { name: 'Browse all' }),
  lease: () => page.getByRole('region', { name: 'Lease selected' }),
  all: () => page.getByRole('main'),
};

const nameOf = (one: Element) => one.getAttribute('aria-label') ?? ownText(one);
/** Without the key that is shown in it. */
function ownText(one: Element) {
  const copy = one.cloneNode(true) as Element;
  for (const key of copy.querySelectorAll('[aria-hidden]')) key.remove();
  return copy.textContent.trim();
}
const isShown = (one: Element) => one.getClientRects().length > 0;
const controls = (within: { element: () => Element }) =>
  [...within.element().querySelectorAll('button, [role=menuitem]')].filter(isShown);
/** Names of what is off because of the connection. */
const refused = (within: { element: () => Element }) =>
  controls(within).flatMap((one) =>
    one.getAttribute('aria-disabled') === 'true' &&
    (one.getAttribute('aria-description') ?? one.getAttribute('title'))?.startsWith('Read-only')
      ? nameOf(one)
      : [],
  );
/** Names of what can be pressed. */
const pressable = (within: { element: () => Element }) =>
  controls(within).flatMap((one) =>
    one.getAttribute('aria-disabled') !== 'true' && !one.hasAttribute('disabled') ? nameOf(one) : [],
  );

beforeEach(() => screen.session.clock.pause());
afterEach(async () => {
  await flushDeletes();
  await setReadOnly(SANDBOX_ID, false);
  screen.session.sandbox.setFaults(NO_FAULTS);
});

test('what was received, is selected and is open can be looked at, copied and exported', async () => {
  const ids = await screen.fill(4);
  await leftOver(screen, 1);
  await screen.show({ mode: 'receive' });
  await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('2');
  await button('Receive 2').click();
  await expect.element(button('Delete them')).toBeVisible();
  for (const id of ids.slice(1)) await check(id);
  await row(ids[1]).click();
  await expect.element(part.details().getByRole('button', { name: /^Edit/ })).toBeVisible();
  await setReadOnly(SANDBOX_ID, true);

  await expect
    .poll(() => refused(part.bar()))
    .toEqual(['Move 3', 'Delete 3', 'Release 1', 'Extend 1', 'Lease selected']);
  expect(pressable(part.bar())).toEqual([
    'Export 3',
    'Choose how long to extend the selected leases',
    'Copy 3',
    'More for the selected messages',
    'Clear selection',
  ]);
  expect(refused(part.receive())).toEqual(['Receive 2', '1 for 30 s', '16 for 5 min', '32 for 5 min']);
  expect(pressable(part.receive())).toEqual([]);
  expect(refused(part.details())).toEqual(['Extend', 'Release lease', 'Edit', 'Move', 'Delete']);
  expect(pressable(part.details())).toEqual(
    expect.arrayContaining(['Choose how long to extend', 'Copy', 'More message actions']),
  );
  const everywhere = refused(part.all());
  for (const name of [
    'Import',
    'Export all 5',
    'Add message',
    'Browse all',
    'Release them',
    'Delete them',
    'Release it',
  ])
    expect(everywhere).toContain(name);

  for (const within of [part.bar(), part.details()]) {
    await within.getByRole('button', { name: 'Choose how long to extend' }).click();
    const menu = page.getByRole('menu');
    await expect.element(menu).toBeVisible();
    await expect.poll(() => refused(menu)).not.toEqual([]);
    expect(pressable(menu)).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(menu).not.toBeInTheDocument();
  }
  expect(
    currentCommands()
      .filter(({ reason }) => reason?.startsWith('Read-only'))
      .map(({ id }) => id),
  ).toEqual([
    'messages.receive',
    'messages.browse',
    'messages.add',
    'messages.edit',
    'messages.move',
    'messages.requeue',
    'messages.export',
    'messages.import',
    'messages.delete',
    'leases.extend',
    'leases.release',
  ]);
  // Nothing of it was sent.
  expect(await screen.inQueue()).toHaveLength(5);
  expect(records.of({ connectionId: SANDBOX_ID, queue: screen.queue }).get(ids[1] ?? '')?.lease?.state).toBe('held');
});

test('a queue can be peeked at, and neither browsed nor leased from', async () => {
  const queue = `${screen.queue}-poison`;
  await screen.account.createQueue(queue);
  for (let index = 0; index < 34; index++) await screen.account.sendMessage(queue, { text: `message ${index}` });
  await screen.show({ queue });
  await page
    .getByRole('row', { name: /Select message/ })
    .first()
    .click();
  await expect.element(part.details().getByRole('button', { name: /^Edit/ })).toBeVisible();
  await page
    .getByRole('row', { name: /Select message/ })
    .first()
    .getByRole('checkbox')
    .click();
  await button('Lease selected').click();
  await expect.element(button('Lease 1')).toBeVisible();
  await setReadOnly(SANDBOX_ID, true);
  await expect.poll(() => refused(part.lease())).toEqual(['Lease 1']);
  expect(refused(part.details())).toEqual(['Lease it', 'Edit', 'Move', 'Delete']);
  expect(refused(part.all())).toEqual(
    expect.arrayContaining(['Redrive all 34', 'Browse all 34', 'Receive', 'Browse all']),
  );
});

test('a queue that is empty or missing says what there is, and offers nothing', async () => {
  await screen.show();
  await expect.element(button(/^Add message/).nth(1)).toBeVisible();
  await setReadOnly(SANDBOX_ID, true);
  await expect
    .poll(() => refused(part.all()).filter((name) => name === 'Add message'))
    .toEqual(['Add message', 'Add message']);
  goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue: 'returns-eu', mode: 'peek', filter: '' });
  await expect.element(button('Create returns-eu')).toBeVisible();
  expect(refused(part.all())).toContain('Create returns-eu');
});

test('what a browse left hidden cannot be returned', async () => {
  await screen.fill(3);
  await screen.show({ mode: 'browse' });
  await page.getByRole('radio', { name: /^Work on these/ }).click();
  await button('Browse all 3').click();
  await expect.element(button('Return 3')).toBeVisible();
  await setReadOnly(SANDBOX_ID, true);
  await expect.element(button('Return 3')).toHaveAttribute('aria-disabled', 'true');
  await button('Browse again').click();
  await expect.poll(() => refused(part.browse())).toEqual(['Browse all 3']);
});
