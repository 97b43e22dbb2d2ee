import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { accountFor } from '@/queries/use-account';
import { areLeasesOpen, openLeases } from '@/state/leases/lease-tray';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { currentDialog } from '@/state/navigation/open-dialog';
import { currentRoute } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { Toasts } from '@/ui/overlay/toast';
import { toast } from '@/ui/overlay/toast-store';
import { sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from '../shared/short-id';
import LeaseTray from './lease-tray';
import LeasesToggle from './leases-toggle';

const screen = sandboxScreen('tray');
const tray = page.getByRole('complementary', { name: 'Leases' });
const check = (id: string) => tray.getByRole('checkbox', { name: `Select lease ${shortId(id)}` });
const selected = () => tray.getByRole('toolbar', { name: /selected$/ });

async function lease(queue: string, count: number, seconds: number) {
  const account = accountFor(SANDBOX_ID);
  return (await account?.receiveMessages(queue, { count, visibilityTimeout: seconds })) ?? [];
}
const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LeasesToggle className="" />
      <LeaseTray />
      <Toasts />
    </QueryClientProvider>,
  );
const hidden = async (queue: string) =>
  (await screen.session.sandbox.snapshot([queue])).queues
    .flatMap(({ messages }) => messages)
    .filter(({ visibleAt }) => visibleAt > screen.session.clock.now());

beforeEach(() => {
  screen.session.clock.pause();
  openLeases(true);
});
afterEach(async () => {
  await flushDeletes();
  openLeases(false);
});

describe('the lease tray', () => {
  test('lists what is leased in all queues, and the button says how many and when the next ends', async () => {
    const other = `${screen.queue}-other`;
    await screen.account.createQueue(other);
    await screen.account.sendMessage(other, { text: 'other' });
    const [first = ''] = await screen.fill(2);
    await lease(screen.queue, 2, 300);
    await lease(other, 1, 60);
    await show();
    await expect.element(tray.getByText('3 held by this browser, next to end first')).toBeVisible();
    const sections = tray
      .getByRole('region')
      .elements()
      .map((one) => one.getAttribute('aria-label'));
    expect(sections).toEqual([`${other}, 1 leased by you`, `${screen.queue}, 2 leased by you`]);
    await expect.element(tray.getByText('message 0')).toBeVisible();
    await expect
      .element(page.getByRole('button', { name: /^Leases, 3 held by this browser, the next ends in (1:00|0:59)$/ }))
      .toBeVisible();
    await expect.element(tray.getByText('hidden elsewhere: unknown').first()).toBeVisible();
    await tray.getByRole('button', { name: `Read message ${shortId(first)}` }).click();
    expect(currentRoute()).toMatchObject({ screen: 'explorer', queue: screen.queue, message: first });
  });

  test('does what its keys say to those that are checked, in all of their queues', async () => {
    const other = `${screen.queue}-other`;
    await screen.account.createQueue(other);
    await screen.account.sendMessage(other, { text: 'other' });
    const [first = '', second = ''] = await screen.fill(2);
    await lease(screen.queue, 2, 300);
    const [third] = await lease(other, 1, 300);
    await show();
    await check(first).click();
    await check(third?.id ?? '').click();
    await expect.element(tray.getByRole('toolbar', { name: '2 leases selected' })).toBeVisible();
    await userEvent.keyboard('u');
    await expect.element(check(first)).not.toBeInTheDocument();
    await expect.element(check(third?.id ?? '')).not.toBeInTheDocument();
    await expect.element(selected()).not.toBeInTheDocument();
    expect((await hidden(screen.queue)).map(({ id }) => id)).toEqual([second]);
    expect(await hidden(other)).toEqual([]);
  });

  test('extends and deletes, one by its menu and several by their buttons', async () => {
    const ids = await screen.fill(3);
    await lease(screen.queue, 3, 300);
    screen.session.clock.advance(100_000);
    await show();
    await tray.getByRole('button', { name: `Actions on lease ${shortId(ids[0] ?? '')}` }).click();
    await page.getByRole('menuitem', { name: 'Extend' }).click();
    const left = async () =>
      Math.max(...(await hidden(screen.queue)).map(({ visibleAt }) => visibleAt - screen.session.clock.now()));
    await expect.poll(left).toBeGreaterThan(290_000);
    await tray.getByRole('button', { name: `Actions on lease ${shortId(ids[0] ?? '')}` }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    expect(currentDialog()).toMatchObject({ kind: 'editMessage', messageId: ids[0] });
    await check(ids[1] ?? '').click();
    await check(ids[2] ?? '').click();
    await selected().getByRole('button', { name: 'Delete' }).click();
    await expect.element(tray.getByText('1 held by this browser, next to end first')).toBeVisible();
    await flushDeletes();
    expect((await screen.inQueue()).map(({ id }) => id)).toEqual([ids[0]]);
  });

  test('a toast lies over nothing that is done to the checked leases, where the tray has the whole window', async () => {
    const [id = ''] = await screen.fill(1);
    await lease(screen.queue, 1, 300);
    await page.viewport(640, 400);
    await render(<main className="fixed inset-0" />);
    await show();
    await check(id).click();
    toast({ title: 'Copied' });
    const shown = page.getByRole('region', { name: 'Notifications' }).getByText('Copied');
    await expect.element(shown).toBeVisible();
    const bar = selected().element().getBoundingClientRect();
    await expect
      .poll(() => shown.element().closest('[role=status]')?.getBoundingClientRect().bottom)
      .toBeLessThanOrEqual(bar.top);
    await page.viewport(1280, 800);
  });

  test('is empty in words, and closes by Esc', async () => {
    await show();
    await expect.element(tray.getByText(/^Nothing is leased to this browser/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(areLeasesOpen()).toBe(false);
  });
});
