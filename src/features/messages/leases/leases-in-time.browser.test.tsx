import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { recordsOf } from '@/state/messages/records';
import { closeDialog, openDialog } from '@/state/navigation/open-dialog';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { readToasts } from '@/ui/overlay/toast-store';
import { sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from '../shared/short-id';

// On the sandbox, whose clock is moved: hours pass in no time, and to the second.
const screen = sandboxScreen('time');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const rows = () => grid().getByRole('row', { name: /Select message/ });
const leases = () => grid().getByRole('img', { name: /^Leased by you/ });
const button = (name: string | RegExp) => page.getByRole('button', { name });

test('a countdown stands while the clock does, and jumps with it', async () => {
  await screen.account.sendMessage(screen.queue, { text: 'a' });
  screen.session.clock.pause();
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 5:00 left');
  screen.session.clock.advance(60_000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 4:00 left');
  screen.session.clock.advance(3_600_000);
  await expect.element(leases()).not.toBeInTheDocument();
});

test('30 s and 10 s left are said, then that the lease ended; the row goes back among the others', async () => {
  const { id } = await screen.account.sendMessage(screen.queue, { text: 'a' });
  screen.session.clock.pause();
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await expect.element(leases()).toBeVisible();
  for (const [ahead, said] of [
    [270_000, '30 seconds left'],
    [20_000, '10 seconds left'],
    [10_000, 'ended'],
  ] as const) {
    screen.session.clock.advance(ahead);
    await expect
      .element(page.getByText(`Lease on ${shortId(id)}${said === 'ended' ? ' ' : ': '}${said}`))
      .toBeInTheDocument();
  }
  await expect.element(leases()).not.toBeInTheDocument();
  await expect.element(rows()).toHaveLength(1);
  expect(await screen.account.peekMessages(screen.queue)).toMatchObject([{ id, dequeueCount: 1 }]);
});

test('with ten seconds left the open message offers to extend, for as long as it was asked for', async () => {
  await screen.account.sendMessage(screen.queue, { text: 'a' });
  screen.session.clock.pause();
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await rows().first().click();
  await expect.element(page.getByRole('timer', { name: /^Lease/ })).toBeVisible();
  // The editor offers it itself.
  openDialog({ kind: 'editMessage', connectionId: SANDBOX_ID, queue: screen.queue, messageId: '' });
  screen.session.clock.advance(291_000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:09 left');
  screen.session.clock.advance(1000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:08 left');
  expect(readToasts()).toEqual([]);
  closeDialog();
  await button(/^Extend by 5 min/).click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 5:00 left');
});

test('a delay and a life end on time', async () => {
  await screen.account.sendMessage(screen.queue, { text: 'later', visibilityDelay: 3600 });
  await screen.account.sendMessage(screen.queue, { text: 'brief', timeToLive: 7200 });
  await screen.show({ mode: 'receive' });
  await expect.element(rows()).toHaveLength(1);
  screen.session.clock.advance(3_600_000);
  await button('Refresh').click();
  await expect.element(rows()).toHaveLength(2);
  await expect.element(rows().first()).toHaveTextContent(/1 h.*59 m.*brief/);
  screen.session.clock.advance(3_600_000);
  await button('Refresh').click();
  await expect.element(rows()).toHaveLength(1);
  await expect.element(rows()).toHaveTextContent('later');
});

test('a lease is renewed by the sandbox\u2019s clock, days from this device\u2019s', async () => {
  await screen.account.sendMessage(screen.queue, { text: 'a' });
  screen.session.clock.advance(3 * 86_400_000);
  screen.session.clock.pause();
  await screen.show({ mode: 'receive' });
  await button('1 for 30 s').click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:30 left');
  await rows().first().click();
  screen.session.clock.advance(15_000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:15 left');
  await button(/^Extend/)
    .first()
    .click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:30 left');
});

test('what a job has is neither offered to be extended nor said to have ended', async () => {
  const [id] = await screen.fill(1);
  screen.session.clock.pause();
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await rows().first().click();
  await expect.element(leases()).toBeVisible();
  const claim = { kind: 'job', name: 'Move' } as const;
  const records = recordsOf(SANDBOX_ID, screen.queue);
  records.claim([id ?? ''], claim);
  await expect.element(grid().getByRole('img', { name: 'Held by Move' })).toBeVisible();
  screen.session.clock.advance(295_000);
  await expect.element(page.getByText('Held by Move', { exact: true })).toBeVisible();
  await expect.element(button(/^Extend by/)).not.toBeInTheDocument();
  screen.session.clock.advance(10_000);
  await expect.element(page.getByText(new RegExp(`^Lease on ${shortId(id ?? '')}`))).not.toBeInTheDocument();
  records.unclaim([id ?? ''], claim);
  await expect.element(button(/^Lease it/)).toBeVisible();
});
