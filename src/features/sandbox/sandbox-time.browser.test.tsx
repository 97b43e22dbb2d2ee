import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { NO_FAULTS } from '@/sandbox/faults';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { currentCommands } from '@/state/navigation/commands';
import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useClock } from '@/state/time/connection-clocks';
import { NowProvider } from '@/ui/browser/use-now';
import { LiveRegions } from '@/ui/feedback/live-region';
import { Toasts } from '@/ui/overlay/toast';
import SandboxDialog from './sandbox-dialog';
import SandboxTime from './sandbox-time';

let session: SandboxSession;

beforeAll(async () => {
  await page.viewport(1280, 900);
  await loadConnections();
  await addSandbox();
  session = await openSandbox();
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  session.sandbox.setFaults(NO_FAULTS);
  session.clock.setSpeed(1);
  if (session.clock.paused) session.clock.resume();
  closeDialog();
  await session.sandbox.startOver(true);
  session.clock.advance(60_000);
});

function Here({ variant }: { variant: 'bar' | 'strip' }) {
  const dialog = useOpenDialog();
  return (
    <NowProvider value={useClock(SANDBOX_ID)}>
      <footer>
        <SandboxTime variant={variant} />
      </footer>
      {dialog?.kind === 'sandbox' && <SandboxDialog onClose={closeDialog} />}
    </NowProvider>
  );
}
const show = (variant: 'bar' | 'strip' = 'bar') =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Here variant={variant} />
      <Toasts />
      <LiveRegions />
    </QueryClientProvider>,
  );
const button = (name: string | RegExp) => page.getByRole('button', { name });
const toEnd = button('Skip to next lease end');

test('the sandbox clock shows its time, and skips 30 s with an announcement', async () => {
  session.clock.pause();
  await show();
  const before = session.clock.now();
  await button('Skip 30 s').click();
  expect(session.clock.now()).toBe(before + 30_000);
  await expect.element(page.getByText('Sandbox clock moved ahead 30 s')).toBeInTheDocument();
});

test('the sandbox clock skips to the end of the next lease, which needs a lease', async () => {
  session.clock.pause();
  await show();
  await expect.element(toEnd).toHaveAttribute('aria-disabled', 'true');
  await session.account.receiveMessages('thumbnails', { count: 2, visibilityTimeout: 300 });
  const [leased] = await session.account.receiveMessages('payments', { visibilityTimeout: 45 });
  const before = session.clock.now();
  await expect.element(toEnd).not.toHaveAttribute('aria-disabled');
  await toEnd.click();
  expect(session.clock.now()).toBe(before + 45_000);
  expect((await session.account.peekMessages('payments')).map(({ id }) => id)).toContain(leased?.id);
  await toEnd.click();
  expect(session.clock.now()).toBe(before + 300_000);
  await expect.element(toEnd).toHaveAttribute('aria-disabled', 'true');
});

test('the sandbox clock skips by days without a dialog over the messages', async () => {
  session.clock.pause();
  await show();
  const before = session.clock.now();
  await button('Skip by…').click();
  await page.getByRole('menuitem', { name: '1 day' }).click();
  expect(session.clock.now()).toBe(before + 86_400_000);
  await expect.element(page.getByText('Sandbox clock moved ahead 1 d')).toBeInTheDocument();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(button('Skip by…')).toHaveFocus();
});

test('on a phone the strip of the sandbox has all of it in its width', async () => {
  await page.viewport(390, 844);
  session.clock.pause();
  await show('strip');
  const strip = page.getByRole('region', { name: 'Sandbox' });
  await expect.element(button('Skip by…')).toBeVisible();
  await expect.element(toEnd).toBeVisible();
  const { scrollWidth, clientWidth } = strip.element();
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  await page.viewport(1280, 900);
});

test('the sandbox dialog stops the clock, sets its speed and moves it', async () => {
  await show();
  await button('Sandbox clock').click();
  await button('Pause clock').click();
  expect(session.clock.paused).toBe(true);
  const before = session.clock.now();
  await page.getByRole('group', { name: 'Move ahead' }).getByRole('button', { name: '7 days' }).click();
  expect(session.clock.now() - before).toBe(7 * 86_400_000);
  await button('Resume clock').click();
  await page.getByRole('radio', { name: '60×' }).click();
  expect(session.clock.speed).toBe(60);
  await button('Done').click();
  await expect.element(button('Sandbox clock, 60 times as fast')).toBeVisible();
});

test('sandbox faults apply at once, show on the clock, and end together', async () => {
  await show();
  await button('Sandbox clock').click();
  await page.getByRole('spinbutton', { name: '500 InternalError, %' }).fill('100');
  await expect(session.account.peekMessages('orders')).rejects.toMatchObject({ code: 'InternalError' });
  expect(session.sandbox.faults.serverErrors).toBe(1);
  await button('Done').click();
  await button('Sandbox clock, with faults').click();
  await button('No faults').click();
  expect(session.sandbox.faults).toEqual(NO_FAULTS);
  await expect.element(page.getByRole('spinbutton', { name: '500 InternalError, %' })).toHaveValue(0);
});

test('Undo restores the deleted contents of the sandbox', async () => {
  await session.account.createQueue('mine');
  await show();
  await button('Sandbox clock').click();
  await button('Delete all queues').click();
  await expect(session.account.peekMessages('mine')).rejects.toMatchObject({ code: 'QueueNotFound' });
  await button(/^Undo/).click();
  expect(await session.account.peekMessages('mine')).toEqual([]);
});

test('the palette has the commands of the sandbox bar', async () => {
  await show();
  await expect
    .poll(() => currentCommands().map(({ id }) => id))
    .toEqual(expect.arrayContaining(['sandbox.settings', 'sandbox.skip', 'sandbox.leaseEnd']));
  const before = session.clock.now();
  currentCommands()
    .find(({ id }) => id === 'sandbox.skip')
    ?.run();
  expect(session.clock.now() - before).toBeGreaterThanOrEqual(30_000);
  await userEvent.keyboard('{Escape}');
});
