import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { currentLease } from '@/state/leases/leases';
import { deletions } from '@/state/messages/deleted-messages';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { goTo } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { dismissToast, readToasts, toast } from '@/ui/overlay/toast-store';
import { press, sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from './short-id';

const screen = sandboxScreen('waits');

const notes = () => page.getByRole('region', { name: 'Notifications' });
const waiting = (messages: string) =>
  notes()
    .getByRole('status')
    .filter({ hasText: `Deleting ${messages}` });
const undo = () => notes().getByRole('button', { name: /^Undo/ });
const row = (id: string | undefined) =>
  page
    .getByRole('grid', { name: `Messages in ${screen.queue}` })
    .getByRole('row', { name: new RegExp(`Select message ${shortId(id ?? '')}`) });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const texts = async () => (await screen.inQueue()).map(({ text }) => text);

beforeEach(() => {
  screen.session.clock.pause();
  // The seconds of Undo are this device's; everything else goes on meanwhile.
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    shouldAdvanceTime: true,
  });
});
afterEach(async () => {
  await flushDeletes();
  show('visible');
  for (const { id } of readToasts()) dismissToast(id);
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** So many messages, all leased and on screen. */
async function leased(count: number) {
  const ids = await screen.fill(count);
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await expect.element(row(ids.at(-1)).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  return ids;
}

async function remove(id: string | undefined) {
  await row(id).click();
  expect(press('Delete')).toBeUndefined();
  await expect.element(row(id)).not.toBeInTheDocument();
}

test('all that wait share one note, which other toasts neither end nor hide; Z takes back the latest', async () => {
  const ids = await leased(4);
  for (const id of ids.slice(0, 3)) await remove(id);
  await expect.element(waiting('3 messages')).toBeVisible();
  expect(
    notes()
      .getByText(/^Deleting/)
      .elements(),
  ).toHaveLength(1);
  for (const title of ['one', 'two', 'three', 'four']) toast({ title });
  await expect.element(notes().getByText('four')).toBeVisible();
  await expect.element(waiting('3 messages')).toBeVisible();
  expect(await texts()).toHaveLength(4);

  press('z');
  await expect.element(waiting('2 messages')).toBeVisible();
  await expect.element(row(ids[2]).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  await expect.element(page.getByText('Kept 1 message')).toBeInTheDocument();
  await undo().click();
  await expect.element(waiting('1 message')).toBeVisible();
  await expect.element(row(ids[1])).toBeVisible();

  await pass(5000);
  await expect.poll(texts).toEqual(['message 1', 'message 2', 'message 3']);
  await expect.element(undo()).not.toBeInTheDocument();
  expect(press('z')).toBe('Nothing is bound to z');
});

test('each is sent after its own five seconds, also under the mouse and with the focus on Undo', async () => {
  const ids = await leased(3);
  await remove(ids[0]);
  await pass(3000);
  await remove(ids[1]);
  await expect.element(waiting('2 messages')).toBeVisible();
  await expect.element(notes().getByText('Undo keeps the latest', { exact: true })).toBeVisible();
  await userEvent.hover(undo());
  (undo().element() as HTMLElement).focus();
  await pass(1000);
  expect(await texts()).toHaveLength(3);
  await pass(1500);
  await expect.poll(texts).toEqual(['message 1', 'message 2']);
  await expect.element(waiting('1 message')).toBeVisible();
  await pass(3000);
  await expect.poll(texts).toEqual(['message 2']);
  await userEvent.unhover(page.getByRole('grid'));
});

test('on another screen it can be taken back still, and is sent when its time is over', async () => {
  const ids = await leased(2);
  await remove(ids[0]);
  await remove(ids[1]);
  goTo({ screen: 'settings' });
  await expect.element(page.getByRole('grid')).not.toBeInTheDocument();
  await undo().click();
  await expect.element(waiting('1 message')).toBeVisible();
  await pass(5000);
  await expect.poll(texts).toEqual(['message 1']);
});

test('is sent at once when told', async () => {
  const ids = await leased(3);
  await remove(ids[0]);
  await button('Delete now').click();
  await expect.poll(texts).toHaveLength(2);
  await expect.element(undo()).not.toBeInTheDocument();

  await remove(ids[1]);
  await expect.element(undo()).toBeVisible();
  (undo().element() as HTMLElement).focus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(texts).toEqual(['message 2']);
});

test('hiding the page stops its time, leaving the page sends nothing, and the note says both', async () => {
  const ids = await leased(3);
  await remove(ids[0]);
  await expect
    .element(waiting('1 message'))
    .toHaveTextContent(
      /Waits while this tab is hidden\. Closing or reloading it deletes nothing: the message comes back when the lease ends\./,
    );
  await pass(2000);
  show('hidden');
  dispatchEvent(new Event('pagehide'));
  await pass(20_000);
  expect(await texts()).toHaveLength(3);
  await expect.element(waiting('1 message')).toHaveTextContent(/3$/);

  show('visible');
  await pass(2500);
  expect(await texts()).toHaveLength(3);
  await pass(1000);
  await expect.poll(texts).toEqual(['message 1', 'message 2']);
});

function show(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

test('can be taken back while a dialog is open', async () => {
  const ids = await leased(3);
  await remove(ids[0]);
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
  await button('Compare').click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toBeVisible();
  await undo().click();
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(row(ids[0])).toBeVisible();
  await pass(6000);
  expect(await texts()).toHaveLength(3);
});

test('with a lease that ends too soon it is said before, and asked', async () => {
  const [id] = await screen.fill(1);
  await screen.show({ mode: 'receive' });
  await button('1 for 30 s').click();
  await row(id).click();
  const remover = page.getByRole('complementary').getByRole('button', { name: /^Delete/ });
  await expect.element(remover).not.toHaveAttribute('aria-disabled');
  screen.session.clock.advance(22_000);
  await expect.element(page.getByRole('timer', { name: 'Lease, 8 seconds left' })).toBeVisible();
  await remover.hover();
  await pass(1000);
  await expect.element(page.getByText('Delete 1 message, without Undo: the lease ends too soon')).toBeInTheDocument();
  expect(press('Delete')).toBeUndefined();
  await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"kind":"deleteMessages"');
  await expect.element(row(id)).toBeVisible();
  await expect.element(undo()).not.toBeInTheDocument();
});

test('of some that are leased and some that are not, none goes without a dialog about all of them', async () => {
  const [first, second] = await screen.fill(2);
  await screen.show({ mode: 'receive' });
  await button('1 for 30 s').click();
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
  expect(press('Delete')).toBeUndefined();
  const asked = page.getByLabelText('Dialog asked for');
  await expect.element(asked).toHaveTextContent('"kind":"deleteMessages"');
  expect(JSON.parse(asked.element().textContent).ids).toEqual([first, second]);
  await expect.element(row(first)).toBeVisible();
  await pass(6000);
  expect(await texts()).toHaveLength(2);
});

test('what can be added again is what was deleted, not what another consumer has taken', async () => {
  const ids = await leased(2);
  const lease = currentLease({ connectionId: SANDBOX_ID, queue: screen.queue, id: ids[0] ?? '' });
  await button('Delete them').click();
  await expect.element(waiting('2 messages')).toBeVisible();
  // The void receipt and the message that is gone are told alike.
  await screen.account.deleteMessage(screen.queue, { id: ids[0] ?? '', receipt: lease?.receipt ?? '' });
  await pass(5000);
  const failed = page.getByRole('alert').filter({ hasText: '1 deleted, 1 not' });
  await expect.element(failed).toBeVisible();
  await expect
    .element(failed.getByText(/another consumer received the message, or it was deleted or has expired/))
    .toBeVisible();
  const noted = () => deletions.all().find(({ ref }) => ref.queue === screen.queue)?.ids;
  await expect.poll(noted).toEqual([ids[1]]);
});

test('a delete whose answer was lost is not said to have failed, and cannot be added again', async () => {
  const ids = await leased(1);
  await remove(ids[0]);
  screen.session.sandbox.setFaults({ lostAfter: 1 });
  await pass(5000);
  await vi.waitFor(async () => {
    await pass(4000);
    expect(notes().getByText('Perhaps deleted').elements()).toHaveLength(1);
  });
  expect(deletions.all().filter(({ ref }) => ref.queue === screen.queue)).toEqual([]);
});
