import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { press, sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

/* After each step the keyboard is somewhere: on the rows, in the open message, in a dialog or on main, never on the page. */

const screen = sandboxScreen('focus');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const row = (id: string | undefined) =>
  grid().getByRole('row', { name: new RegExp(`Select message ${shortId(id ?? '')}`) });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const bar = () => page.getByRole('toolbar', { name: /selected$/ });
const all = () => page.getByRole('checkbox', { name: 'Select all loaded messages' });
const isIn = (selector: string) => {
  return expect.poll(() => document.activeElement?.closest(selector) !== null).toBe(true);
};
const isOnRows = async () => {
  return expect.element(grid()).toHaveFocus();
};

beforeEach(() => screen.session.clock.pause());
afterEach(async () => {
  await flushDeletes();
  for (const { id } of readToasts()) dismissToast(id);
});

async function leased(count: number) {
  const ids = await screen.fill(count);
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await expect.element(row(ids.at(-1)).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  return ids;
}

test('after Release in the bar it is on the rows', async () => {
  await leased(3);
  await all().click();
  await bar()
    .getByRole('button', { name: /^Release/ })
    .click();
  await expect.element(bar()).not.toBeInTheDocument();
  await isOnRows();
});

test('after Delete in the bar, and after Undo, it is on the rows', async () => {
  const ids = await leased(3);
  await row(ids[0]).getByRole('checkbox').click();
  await bar()
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect.element(row(ids[0])).not.toBeInTheDocument();
  await isOnRows();
  await button(/^Undo/).click();
  await expect.element(row(ids[0])).toBeVisible();
  await isOnRows();
});

test('after "Clear selection" and after Compare was closed it is on the rows', async () => {
  const ids = await leased(2);
  await all().click();
  await button('Compare').click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await isIn('[role=dialog]');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(button('Compare')).toHaveFocus();
  await button('Clear selection').click();
  await isOnRows();
  expect(ids).toHaveLength(2);
});

test('after "Lease it" and after Release it stays with the open message', async () => {
  const ids = await screen.fill(3);
  await screen.show();
  await row(ids[1]).click();
  await button('Lease it').click();
  await expect.element(page.getByRole('timer', { name: /^Lease/ })).toBeVisible();
  await isIn('aside');
  await button(/^Release lease/).click();
  await expect.element(button('Lease it')).toBeVisible();
  await isIn('aside');
});

test('after the strip of what was received goes it is on the rows', async () => {
  await leased(2);
  await button('Release them').click();
  await expect.element(button('Release them')).not.toBeInTheDocument();
  await isOnRows();
  await button('16 for 5 min').click();
  await button('Delete them').click();
  await expect.element(row('')).not.toBeInTheDocument();
  // Without rows there is no grid.
  await expect.poll(() => document.activeElement?.matches('main')).toBe(true);
});

test('when the open message is taken away by others of this page it is somewhere all the same', async () => {
  const ids = await leased(2);
  await row(ids[0]).click();
  const remover = page.getByRole('complementary').getByRole('button', { name: /^Delete/ });
  await remover.click();
  await expect.element(row(ids[0])).not.toBeInTheDocument();
  await isOnRows();
  expect(press('Delete')).toBeUndefined();
  await expect.element(grid()).not.toBeInTheDocument();
  await expect.poll(() => document.activeElement !== document.body).toBe(true);
});
