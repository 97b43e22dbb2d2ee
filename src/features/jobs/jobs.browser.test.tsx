import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account } from '@/azure/account';
import { accountFor } from '@/queries/use-account';
import { forgetConnection, loadConnections } from '@/state/connections';
import { closeDialog, type JobDialog, openDialog, useOpenDialog } from '@/state/dialogs';
import { earlierLeases } from '@/state/earlier-leases';
import { dismissJob } from '@/state/job-list';
import { currentJobs } from '@/state/jobs';
import { currentLeases, dropConnectionLeases } from '@/state/leases';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox';
import type { SandboxSession } from '@/state/sandbox-session';
import { LiveRegions } from '@/ui/live-region';
import { Toasts } from '@/ui/toast';
import JobDialogs from './job-dialogs';
import { JobsPanel } from './jobs-panel';

// On the sandbox, which fails on demand.

let session: SandboxSession;
let account: Account;
let number = 0;
let queue: string;

beforeAll(async () => {
  await page.viewport(1280, 900);
  await loadConnections();
  await addSandbox();
  session = await openSandbox();
  ({ account } = session);
});
afterAll(() => forgetConnection(SANDBOX_ID));
afterEach(() => void vi.restoreAllMocks());
beforeEach(async () => {
  closeDialog();
  dropConnectionLeases(SANDBOX_ID);
  for (const { id } of currentJobs()) dismissJob(id);
  queue = `jobs-${++number}`;
  await account.createQueue(queue);
});

async function show(open: JobDialog) {
  openDialog(open);
  await render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <main className="flex h-100">
        <JobsPanel onClose={() => {}} />
        <Opened />
      </main>
      <Toasts />
      <LiveRegions />
    </QueryClientProvider>,
  );
}
function Opened() {
  const open = useOpenDialog();
  return open && <JobDialogs open={open as JobDialog} onClose={closeDialog} />;
}

/** Some requests go wrong: they never get there, their answer is lost after the service acted, or the service says no. */
function failing(times: number, which: (request: Request) => boolean, how: 'cut' | 'lost' | 'refused') {
  const { fetch } = session.sandbox;
  let left = times;
  vi.spyOn(session.sandbox, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const isMeant = left > 0 && which(request);
    if (isMeant) left--;
    if (isMeant && how === 'refused') return new Response(REFUSAL, { status: 403 });
    if (isMeant && how === 'cut') throw new TypeError('Failed to fetch');
    const answer = await fetch(request);
    if (isMeant) throw new TypeError('Failed to fetch');
    return answer;
  });
}
const REFUSAL = '<Error><Code>AuthorizationPermissionMismatch</Code><Message>Not authorized.</Message></Error>';

const dialog = () => page.getByRole('dialog');
const button = (name: string | RegExp) => page.getByRole('button', { name });
const panel = () => page.getByRole('region', { name: 'Jobs' });
const send = async (count: number) => {
  for (let index = 0; index < count; index++) await account.sendMessage(queue, { text: `message ${index}` });
};
const texts = async (name: string) =>
  session.sandbox
    .snapshot([name])
    .queues.flatMap(({ messages }) => messages.map(({ text }) => text))
    .toSorted();
const chooseTarget = (name: string) => page.getByRole('combobox', { name: 'To queue' }).fill(name);

/** Leased by a person in this tab. */
async function received2(visibilityTimeout: number): Promise<string[]> {
  const tab = accountFor(SANDBOX_ID);
  const messages = await tab?.receiveMessages(queue, { count: 2, visibilityTimeout });
  return messages?.map(({ id }) => id) ?? [];
}

test('a job can be paused, goes on, and says at each quarter how far it is', async () => {
  await send(40);
  const target = `${queue}-to`;
  await show({ kind: 'moveMessages', action: 'move', connection: SANDBOX_ID, queue });
  await chooseTarget(target);
  await page.getByRole('spinbutton', { name: 'A second, at most' }).fill('20');
  await button('Move all messages').click();
  await button('Pause').click();
  await expect.element(panel().getByText('Paused', { exact: true })).toBeVisible();
  const unload = new Event('beforeunload', { cancelable: true });
  dispatchEvent(unload);
  expect(unload.defaultPrevented).toBe(true);
  await button('Resume').click();
  await expect.element(page.getByText('Move job: 50%')).toBeInTheDocument();
  await expect.element(panel().getByText('Moved 40 messages')).toBeVisible();
  await expect.element(page.getByText('Move job: 100%')).toBeInTheDocument();
  expect(await texts(target)).toHaveLength(40);
  const later = new Event('beforeunload', { cancelable: true });
  dispatchEvent(later);
  expect(later.defaultPrevented).toBe(false);
});

test('a target that loses its answers leaves what may be there twice, and nothing is lost', async () => {
  await send(12);
  const target = `${queue}-to`;
  await account.createQueue(target);
  failing(3, ({ method, url }) => method === 'POST' && url.includes(`/${target}/messages`), 'lost');
  await show({ kind: 'moveMessages', action: 'move', connection: SANDBOX_ID, queue });
  await chooseTarget(target);
  await button('Move all messages').click();
  await expect.element(panel().getByText(/3 maybe twice/)).toBeVisible();
  await button('Show failures').click();
  const list = page.getByRole('list', { name: 'What is not simply done' });
  await expect.element(list.getByText('Maybe twice').first()).toBeVisible();
  await expect.element(button('Nothing to retry')).toBeDisabled();
  await page.getByRole('checkbox', { name: /Also what may be done/ }).click();
  await expect.element(button('Retry 3 messages')).toBeEnabled();
  expect(new Set([...(await texts(queue)), ...(await texts(target))]).size).toBe(12);
});

test('what the tab had leased and the job did not use up stays leased, with the receipt that works', async () => {
  await send(2);
  const received = await received2(20);
  await show({ kind: 'moveMessages', action: 'copy', connection: SANDBOX_ID, queue, ids: received });
  await expect.element(dialog()).not.toHaveTextContent('not leased yet');
  await chooseTarget(`${queue}-to`);
  await button('Copy 2 messages').click();
  await expect.element(panel().getByText('Copied 2 messages')).toBeVisible();
  const leases = currentLeases(SANDBOX_ID, queue);
  expect(leases).toHaveLength(2);
  for (const lease of leases) await account.deleteMessage(queue, lease);
  expect(await texts(`${queue}-to`)).toEqual(['message 0', 'message 1']);
});

test('what a copy holds is let go when told, said until when, and can be returned later', async () => {
  await send(40);
  failing(Infinity, ({ method, url }) => method === 'PUT' && url.includes(`/${queue}/messages/`), 'cut');
  await show({ kind: 'moveMessages', action: 'copy', connection: SANDBOX_ID, queue });
  await chooseTarget(`${queue}-to`);
  await button('Copy all messages').click();
  await expect.element(panel().getByText('Returning what it leased')).toBeVisible();
  await expect.element(panel().getByText(/Leaves 40 messages hidden until \d\d:\d\d:\d\d at the latest/)).toBeVisible();
  await button('Stop returning').click();
  await expect.element(panel().getByText(/40 not returned: hidden until \d\d:\d\d:\d\d/)).toBeVisible();
  const left = earlierLeases().filter((lease) => lease.queue === queue);
  expect(left).toHaveLength(40);
  vi.restoreAllMocks();
  for (const { id, receipt } of left) await account.updateMessage(queue, { id, receipt }, { visibilityTimeout: 0 });
  expect(await account.peekMessages(queue)).toHaveLength(32);
});

test('a target that cannot be created is said in place, and what was filled in stays', async () => {
  await send(1);
  const target = `${queue}-new`;
  failing(1, ({ method, url }) => method === 'PUT' && url.endsWith(`/${target}`), 'refused');
  await show({ kind: 'moveMessages', action: 'move', connection: SANDBOX_ID, queue });
  await chooseTarget(target);
  await button('Move all messages').click();
  await expect.element(dialog().getByRole('alert')).toBeVisible();
  await expect.element(page.getByRole('combobox', { name: 'To queue' })).toHaveValue(target);
  await button('Move all messages').click();
  await expect.element(panel().getByText('Moved 1 message')).toBeVisible();
});

test('a whole queue is hidden for a while, and 0 is no while', async () => {
  await send(40);
  await show({ kind: 'setVisibility', connection: SANDBOX_ID, queue });
  await expect.element(dialog().getByText('Set visibility of about 40 messages')).toBeVisible();
  const hours = page.getByRole('spinbutton', { name: 'Hidden for' });
  await hours.fill('0');
  await expect.element(page.getByRole('button', { name: /^(Show|Hide) all messages/ })).toBeDisabled();
  await hours.fill('2');
  await button('Hide all messages').click();
  await expect.element(panel().getByText('Set visibility of 40 messages')).toBeVisible();
  const until = session.clock.now() + 7_000_000;
  const { queues } = session.sandbox.snapshot([queue]);
  expect(queues[0]?.messages.filter(({ visibleAt }) => visibleAt > until)).toHaveLength(40);
});

test('what was written is there again after the dialog was closed', async () => {
  await send(1);
  await show({ kind: 'sendCopies', connection: SANDBOX_ID, queue });
  await page.getByRole('textbox', { name: 'Message text' }).fill('half a {{counter}}');
  await button(/^Cancel/).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  openDialog({ kind: 'sendCopies', connection: SANDBOX_ID, queue });
  await expect.element(page.getByRole('textbox', { name: 'Message text' })).toHaveValue('half a {{counter}}');
  await button('Send 10 messages').click();
  await expect.element(panel().getByText('Sent 10 messages')).toBeVisible();
  expect(await texts(queue)).toContain('half a 10');
});

test('messages far from the front are looked for as far as they are known to be', async () => {
  await send(1);
  const [message] = await account.peekMessages(queue, { count: 1 });
  expect(message).toBeDefined();
  await show({
    kind: 'deleteMessages',
    connection: SANDBOX_ID,
    queue,
    ids: message ? [message.id] : [],
    reach: 5000,
  });
  await expect.element(page.getByRole('spinbutton', { name: 'Receive at most' })).toHaveValue(5500);
  await page.getByRole('spinbutton', { name: 'Receive at most' }).fill('40');
  await expect.element(dialog().getByText(/at most 40 messages/)).toBeVisible();
  await button('Delete 1 message').click();
  await expect.element(panel().getByText('Deleted 1 message')).toBeVisible();
  await button('Add them again').click();
  await button('Add 1 message again').click();
  await expect.element(panel().getByText('Added again 1 message')).toBeVisible();
  expect(await texts(queue)).toEqual(['message 0']);
});
