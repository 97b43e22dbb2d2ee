import '@/styles.css';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account } from '@/azure/account';
import { useClock } from '@/state/clocks';
import { forgetConnection, loadConnections } from '@/state/connections';
import { closeDialog } from '@/state/dialogs';
import { dropConnectionLeases } from '@/state/leases';
import { go, usePlace } from '@/state/place';
import { resetPreferences } from '@/state/preferences';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox';
import type { SandboxSession } from '@/state/sandbox-session';
import { LiveRegions } from '@/ui/live-region';
import { Toasts } from '@/ui/toast';
import { NowProvider } from '@/ui/use-now';
import { MessagesScreen } from './messages-screen';
import { shortId } from './short-id';

// On the sandbox, whose clock is moved: hours pass in no time, and to the second.

let session: SandboxSession;
let account: Account;
let number = 0;
let queue: string;

beforeAll(async () => {
  await page.viewport(1280, 800);
  await loadConnections();
  await addSandbox();
  session = await openSandbox();
  ({ account } = session);
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  resetPreferences();
  closeDialog();
  dropConnectionLeases(SANDBOX_ID);
  if (session.clock.paused) session.clock.resume();
  queue = `time-${++number}`;
  await account.createQueue(queue);
});

async function show() {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, { options }) =>
        options.mutationKey && client.invalidateQueries({ queryKey: options.mutationKey }),
    }),
  });
  go({ screen: 'explorer', connection: SANDBOX_ID, queue, mode: 'receive', filter: '' });
  await render(
    <QueryClientProvider client={client}>
      <OnTime>
        <Here />
      </OnTime>
      <Toasts />
      <LiveRegions />
    </QueryClientProvider>,
  );
}
const OnTime = ({ children }: { children: ReactNode }) => (
  <NowProvider value={useClock(SANDBOX_ID)}>{children}</NowProvider>
);
function Here() {
  const place = usePlace();
  return (
    <main className="flex h-150 flex-col">{place?.screen === 'explorer' && <MessagesScreen place={place} />}</main>
  );
}

const grid = () => page.getByRole('grid', { name: `Messages in ${queue}` });
const rows = () => grid().getByRole('row', { name: /Select message/ });
const leases = () => grid().getByRole('img', { name: /^Leased by you/ });
const button = (name: string | RegExp) => page.getByRole('button', { name });

test('a countdown stands while the clock does, and jumps with it', async () => {
  await account.sendMessage(queue, { text: 'a' });
  session.clock.pause();
  await show();
  await button('16 for 5 min').click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 5:00 left');
  session.clock.advance(60_000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 4:00 left');
  session.clock.advance(3_600_000);
  await expect.element(leases()).not.toBeInTheDocument();
});

test('30 s and 10 s left are said, then that the lease ended; the row goes back among the others', async () => {
  const { id } = await account.sendMessage(queue, { text: 'a' });
  session.clock.pause();
  await show();
  await button('16 for 5 min').click();
  await expect.element(leases()).toBeVisible();
  for (const [ahead, said] of [
    [270_000, '30 seconds left'],
    [20_000, '10 seconds left'],
    [10_000, 'ended'],
  ] as const) {
    session.clock.advance(ahead);
    await expect
      .element(page.getByText(`Lease on ${shortId(id)}${said === 'ended' ? ' ' : ': '}${said}`))
      .toBeInTheDocument();
  }
  await expect.element(leases()).not.toBeInTheDocument();
  await expect.element(rows()).toHaveLength(1);
  expect(await account.peekMessages(queue)).toMatchObject([{ id, dequeueCount: 1 }]);
});

test('with ten seconds left the open message offers to extend, for as long as it was asked for', async () => {
  await account.sendMessage(queue, { text: 'a' });
  session.clock.pause();
  await show();
  await button('16 for 5 min').click();
  await rows().first().click();
  session.clock.advance(291_000);
  await button(/^Extend by 5 min/).click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 5:00 left');
});

test('a delay and a life end on time', async () => {
  await account.sendMessage(queue, { text: 'later', visibilityDelay: 3600 });
  await account.sendMessage(queue, { text: 'brief', timeToLive: 7200 });
  await show();
  await expect.element(rows()).toHaveLength(1);
  session.clock.advance(3_600_000);
  await button('Refresh').click();
  await expect.element(rows()).toHaveLength(2);
  await expect.element(rows().first()).toHaveTextContent(/1 h.*59 m.*brief/);
  session.clock.advance(3_600_000);
  await button('Refresh').click();
  await expect.element(rows()).toHaveLength(1);
  await expect.element(rows()).toHaveTextContent('later');
});

test('a lease is renewed by the sandbox\u2019s clock, days from this device\u2019s', async () => {
  await account.sendMessage(queue, { text: 'a' });
  session.clock.advance(3 * 86_400_000);
  session.clock.pause();
  await show();
  await button('1 for 30 s').click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:30 left');
  await rows().first().click();
  session.clock.advance(15_000);
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:15 left');
  await button(/^Extend/)
    .first()
    .click();
  await expect.element(leases()).toHaveAccessibleName('Leased by you, 0:30 left');
});
