import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account } from '@/azure/protocol/model';
import { startJob } from '@/bulk/jobs/start-job';
import { createDeferred } from '@/bulk/requests/deferred';
import { accountFor } from '@/queries/use-account';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { dismissJob, listJob } from '@/state/jobs/job-list';
import { currentJobs, isEnded } from '@/state/jobs/job-store';
import { currentLeases } from '@/state/leases/held-leases.fixture';
import { dropConnectionLeases } from '@/state/leases/leases';
import { restoredLeases } from '@/state/leases/restored-leases';
import { deletions } from '@/state/messages/deleted-messages';
import { recordsOf } from '@/state/messages/records';
import { closeDialog, type JobDialog, openDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { LiveRegions } from '@/ui/feedback/live-region';
import { Toasts } from '@/ui/overlay/toast';
import JobDialogs from './job-dialogs';
import { JobStrip } from './job-strip';
import { JobsPanel } from './jobs-panel';

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

type Failure = 'cut' | 'lost' | 'refused';

/**
 * Makes the first `times` matching requests fail, in one way or in several by turns: not sent, answer lost after the
 * service acted, or refused.
 */
function failing(times: number, which: (request: Request) => boolean, ...ways: Failure[]) {
  const { fetch } = session.sandbox;
  let met = 0;
  vi.spyOn(session.sandbox, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const isMeant = met < times && which(request);
    const how = ways[met % ways.length];
    if (isMeant) met++;
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
/** Waits until so many jobs are listed and all of them have ended: a running one has the title of what it has done. */
const allEnded = async (jobs: number) => {
  await expect
    .poll(() => currentJobs().map(({ job }) => isEnded(job)))
    .toEqual(Array.from({ length: jobs }, () => true));
};
const report = () => page.getByRole('list', { name: 'Report' });
const send = async (count: number) => {
  for (let index = 0; index < count; index++) await account.sendMessage(queue, { text: `message ${index}` });
};
const texts = async (name: string) =>
  (await session.sandbox.snapshot([name])).queues
    .flatMap(({ messages }) => messages.map(({ text }) => text))
    .toSorted();
const chooseTarget = (name: string) => page.getByRole('combobox', { name: 'To queue' }).fill(name);
/** Names a queue that is not there yet, which is a step of its own. */
async function chooseNew(name: string) {
  await chooseTarget(name);
  await page.getByRole('checkbox', { name: `Create ${name}` }).click();
}

const numberField = (name: string) => page.getByRole('spinbutton', { name, exact: true });

/** Returns how many matching requests the sandbox had at the same time at most. */
function atOnce(which: (request: Request) => boolean) {
  const { fetch } = session.sandbox;
  let [working, most] = [0, 0];
  vi.spyOn(session.sandbox, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (!which(request)) return fetch(request);
    most = Math.max(most, ++working);
    await Promise.resolve();
    try {
      return await fetch(request);
    } finally {
      working--;
    }
  });
  return () => most;
}
const isSend = ({ method, url }: Request) => method === 'POST' && url.includes(`/${queue}/messages`);

/** Holds matching requests back until `go`. */
function held(which: (request: Request) => boolean) {
  const { fetch } = session.sandbox;
  let [waiting, go] = [0, () => {}];
  const gate = new Promise<void>((resolve) => (go = resolve));
  vi.spyOn(session.sandbox, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    // A job of the test before may still be at its end.
    if (request.url.includes(`/${queue}`) && which(request)) {
      waiting++;
      await gate;
    }
    return fetch(request);
  });
  return { count: () => waiting, go: () => go() };
}

/** Leases two messages in this tab, as a person would. */
async function received2(visibilityTimeout: number): Promise<string[]> {
  const tab = accountFor(SANDBOX_ID);
  const messages = await tab?.receiveMessages(queue, { count: 2, visibilityTimeout });
  return messages?.map(({ id }) => id) ?? [];
}

test('a job can be paused and resumed', async () => {
  await send(40);
  const target = `${queue}-to`;
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseNew(target);
  await page.getByRole('spinbutton', { name: 'Messages per second' }).fill('20');
  await button('Move all messages').click();
  await button('Pause').click();
  await expect.element(panel().getByText('Paused', { exact: true })).toBeVisible();
  const unload = new Event('beforeunload', { cancelable: true });
  dispatchEvent(unload);
  expect(unload.defaultPrevented).toBe(true);
  await button('Resume').click();
  await expect.element(panel().getByText('Moved 40 messages')).toBeVisible();
  expect(await texts(target)).toHaveLength(40);
  const later = new Event('beforeunload', { cancelable: true });
  dispatchEvent(later);
  expect(later.defaultPrevented).toBe(false);
});

test('answers lost by the target leave messages that may be there twice, and none is lost', async () => {
  await send(12);
  const target = `${queue}-to`;
  await account.createQueue(target);
  failing(3, ({ method, url }) => method === 'POST' && url.includes(`/${target}/messages`), 'lost');
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseTarget(target);
  await button('Move all messages').click();
  await expect.element(panel().getByText('may be there twice')).toBeVisible();
  await button('Show failures').click();
  const list = page.getByRole('list', { name: 'What is not simply done' });
  await expect.element(list.getByText('Maybe twice').first()).toBeVisible();
  await expect.element(button('Nothing to retry')).toBeDisabled();
  await page.getByRole('checkbox', { name: /Also messages that may be done/ }).click();
  expect(new Set([...(await texts(queue)), ...(await texts(target))]).size).toBe(12);
  await button('Retry 3 messages').click();
  await expect.element(panel().getByText('Moved 3 messages')).toBeVisible();
  expect([await texts(queue), await texts(target)].map(({ length }) => length)).toEqual([0, 15]);
});

test('messages that this tab leased and a copy did not use up stay leased, with receipts that work', async () => {
  await send(2);
  const received = await received2(20);
  await show({ kind: 'moveMessages', action: 'copy', connectionId: SANDBOX_ID, queue, ids: received });
  await expect.element(dialog()).not.toHaveTextContent('not leased yet');
  await chooseNew(`${queue}-to`);
  await button('Copy 2 messages').click();
  await expect.element(panel().getByText('Copied 2 messages')).toBeVisible();
  const leases = currentLeases(SANDBOX_ID, queue);
  expect(leases).toHaveLength(2);
  for (const lease of leases) await account.deleteMessage(queue, lease);
  expect(await texts(`${queue}-to`)).toEqual(['message 0', 'message 1']);
});

test('a copy that is told to stop returning says until when its messages stay hidden, and they can be returned later', async () => {
  await send(40);
  failing(Infinity, ({ method, url }) => method === 'PUT' && url.includes(`/${queue}/messages/`), 'cut');
  await show({ kind: 'moveMessages', action: 'copy', connectionId: SANDBOX_ID, queue });
  await chooseNew(`${queue}-to`);
  await button('Copy all messages').click();
  await expect.element(panel().getByText('Returning its leases')).toBeVisible();
  await expect.element(panel().getByText(/Leaves 40 messages hidden until \d\d:\d\d:\d\d at the latest/)).toBeVisible();
  await button('Stop returning').click();
  await expect.element(panel().getByText(/40 not returned: hidden until \d\d:\d\d:\d\d/)).toBeVisible();
  const left = restoredLeases().filter((lease) => lease.queue === queue);
  expect(left).toHaveLength(40);
  vi.restoreAllMocks();
  for (const { id, receipt } of left) await account.updateMessage(queue, { id, receipt }, { visibilityTimeout: 0 });
  expect(await account.peekMessages(queue)).toHaveLength(32);
});

test('Enter takes the queue that matches a part of a name, and a new one is created only once that is confirmed', async () => {
  await send(1);
  const target = `${queue}-archive`;
  await account.createQueue(target);
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  const field = page.getByRole('combobox', { name: 'To queue' });
  await chooseTarget(`${queue}-arch`);
  await expect.element(page.getByRole('option')).toHaveTextContent(target);
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveValue(target);
  expect(currentJobs()).toEqual([]);

  const fresh = `${queue}-new`;
  await chooseTarget(fresh);
  await expect.element(dialog()).toHaveTextContent(`${fresh} does not exist.`);
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Move all messages')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: `Create ${fresh}` }).click();
  // What was confirmed is that name, and no other.
  await chooseTarget(`${fresh}er`);
  await expect.element(page.getByRole('checkbox', { name: `Create ${fresh}er` })).not.toBeChecked();
  expect(currentJobs()).toEqual([]);
  await chooseTarget(fresh);
  await expect.element(page.getByRole('checkbox', { name: `Create ${fresh}` })).toBeChecked();
  await field.click();
  await userEvent.keyboard('{Enter}');
  await expect.element(panel().getByText('Moved 1 message')).toBeVisible();
  expect([await texts(target), await texts(fresh)]).toEqual([[], ['message 0']]);
});

test('the dialog says why the target cannot be created, and keeps what was filled in', async () => {
  await send(1);
  const target = `${queue}-new`;
  failing(1, ({ method, url }) => method === 'PUT' && url.endsWith(`/${target}`), 'refused');
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseNew(target);
  await button('Move all messages').click();
  await expect.element(dialog().getByRole('alert')).toBeVisible();
  await expect.element(page.getByRole('combobox', { name: 'To queue' })).toHaveValue(target);
  await button('Move all messages').click();
  await expect.element(panel().getByText('Moved 1 message')).toBeVisible();
});

test('a whole queue can be hidden for a time, but not for 0', async () => {
  await send(40);
  await show({ kind: 'setVisibility', connectionId: SANDBOX_ID, queue });
  await expect.element(dialog().getByText('Set visibility of about 40 messages')).toBeVisible();
  const hours = page.getByRole('spinbutton', { name: 'Hidden for' });
  await hours.fill('0');
  await expect.element(page.getByRole('button', { name: /^(Show|Hide) all messages/ })).toBeDisabled();
  await hours.fill('2');
  await button('Hide all messages').click();
  await allEnded(1);
  await expect.element(panel().getByText('Set visibility of 40 messages')).toBeVisible();
  const until = session.clock.now() + 7_000_000;
  const { queues } = await session.sandbox.snapshot([queue]);
  expect(queues[0]?.messages.filter(({ visibleAt }) => visibleAt > until)).toHaveLength(40);
});

test('a text to send is there again after its dialog was closed', async () => {
  await send(1);
  await show({ kind: 'sendCopies', connectionId: SANDBOX_ID, queue });
  await page.getByRole('textbox', { name: 'Message text' }).fill('half a {{counter}}');
  await button(/^Cancel/).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  openDialog({ kind: 'sendCopies', connectionId: SANDBOX_ID, queue });
  await expect.element(page.getByRole('textbox', { name: 'Message text' })).toHaveValue('half a {{counter}}');
  await button('Send 10 messages').click();
  await expect.element(panel().getByText('Sent 10 messages')).toBeVisible();
  expect(await texts(queue)).toContain('half a 10');
});

test('messages far from the front are searched for a tenth further than they were seen', async () => {
  await send(1);
  const [message] = await account.peekMessages(queue, { count: 1 });
  expect(message).toBeDefined();
  await show({
    kind: 'deleteMessages',
    connectionId: SANDBOX_ID,
    queue,
    ids: message ? [message.id] : [],
    reach: 5000,
  });
  await expect.element(page.getByRole('spinbutton', { name: 'Receive at most' })).toHaveValue(5500);
  await page.getByRole('spinbutton', { name: 'Receive at most' }).fill('40');
  await expect.element(dialog().getByText(/at most 40 messages/)).toBeVisible();
  await button('Delete 1 message').click();
  await expect.element(panel().getByText('Deleted 1 message')).toBeVisible();
  await button('Add 1 again').click();
  await button('Add 1 message again').click();
  await expect.element(panel().getByText('Added again 1 message')).toBeVisible();
  expect(await texts(queue)).toEqual(['message 0']);
});

test('several queues are cleared only after their number was typed for the current choice', async () => {
  const [one, two] = [`${queue}-one`, `${queue}-two`];
  for (const name of [queue, one, two]) {
    await account.createQueue(name);
    await account.sendMessage(name, { text: name });
  }
  await show({ kind: 'clearQueues', connectionId: SANDBOX_ID });
  await page.getByRole('textbox', { name: 'Queues' }).fill(queue);
  await page.getByRole('checkbox', { name: one }).click();
  await page.getByRole('checkbox', { name: two }).click();
  const typed = page.getByRole('textbox', { name: 'Type 2 to confirm' });
  for (const wrong of ['1', '3', two]) {
    await typed.fill(wrong);
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Clear 2 queues')).toHaveAttribute('aria-disabled', 'true');
  }
  await typed.fill('2');
  await page.getByRole('checkbox', { name: two }).click();
  await page.getByRole('checkbox', { name: two }).click();
  await expect.element(typed).toHaveValue('');
  await userEvent.keyboard('{Enter}');
  expect(currentJobs()).toEqual([]);
  await typed.fill('2');
  await userEvent.keyboard('{Enter}');
  await expect.element(panel().getByText('Cleared 2 queues')).toBeVisible();
  expect(await texts(queue)).toEqual([queue]);
  expect([await texts(one), await texts(two)]).toEqual([[], []]);
});

test('a job begins once however often its button is pressed, also while its target is created', async () => {
  await send(1);
  const target = `${queue}-slow`;
  const making = held(({ method, url }) => method === 'PUT' && url.endsWith(`/${target}`));
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseTarget(queue);
  await expect.element(button('Move all messages')).toHaveAttribute('aria-disabled', 'true');
  await chooseNew(target);
  await button('Move all messages').click();
  await expect.poll(making.count).toBe(1);
  await expect.element(button('Move all messages')).toBeDisabled();
  dialog().element().querySelector('form')?.requestSubmit();
  making.go();
  await expect.element(panel().getByText('Moved 1 message')).toBeVisible();
  expect([making.count(), currentJobs().length]).toEqual([1, 1]);
});

test('Retry failed leaves out messages that may be done, unless told to take them too', async () => {
  await send(6);
  const target = `${queue}-to`;
  await account.createQueue(target);
  const isPut = ({ method, url }: Request) => method === 'POST' && url.includes(`/${target}/messages`);
  failing(4, isPut, 'lost', 'refused');
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseTarget(target);
  await button('Move all messages').click();
  await expect.element(report()).toHaveTextContent(/2 moved.*2 not moved.*2 may be there twice.*6 chosen/);
  await report().getByRole('button', { name: 'Show 2' }).first().click();
  await expect.element(dialog().getByText('Not moved', { exact: true }).first()).toBeVisible();
  await expect.element(dialog().getByText('Maybe twice')).not.toBeInTheDocument();
  closeDialog();
  await button('Show failures').click();
  await expect.element(button('Retry 2 messages')).toBeEnabled();
  await page.getByRole('checkbox', { name: /Also messages that may be done/ }).click();
  await expect.element(button('Retry 4 messages')).toBeEnabled();
  closeDialog();
  await button('Retry failed').click();
  await expect.element(panel().getByText('Retried', { exact: true })).toBeVisible();
  await expect.element(button('Retry failed')).not.toBeInTheDocument();
  await expect.poll(async () => (await texts(target)).length).toBe(6);
  expect(await texts(queue)).toHaveLength(2);
  expect(currentJobs().map(({ job }) => job.progress.total)).toEqual([2, 6]);
  await button('Show failures').click();
  await expect.element(button('Retried already')).toBeDisabled();
  vi.restoreAllMocks();
  failing(2, isPut, 'lost', 'refused');
  openDialog({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseTarget(target);
  await button('Move all messages').click();
  await allEnded(3);
  await button('Show failures').first().click();
  await button('Retry 1 message').click();
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(() => currentJobs().map(({ job }) => job.progress.total)).toEqual([1, 2, 2, 6]);
});

test('a job cancelled while the service is slow says so, begins nothing more, and is no success', async () => {
  await send(20);
  const deleting = held(({ method }) => method === 'DELETE');
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue });
  await chooseNew(`${queue}-to`);
  await numberField('Parallel requests').fill('2');
  await button('Move all messages').click();
  await expect.poll(deleting.count).toBe(2);
  await panel().getByRole('button', { name: 'Cancel' }).click();
  await expect.element(panel().getByText('Cancelling', { exact: true })).toBeVisible();
  await expect.element(panel().getByRole('button', { name: 'Pause' })).not.toBeInTheDocument();
  deleting.go();
  await expect.element(panel().getByText('Cancelled: moved 2 of 20 messages')).toBeVisible();
  await expect.element(report()).toHaveTextContent(/2 moved.*18 not begun.*20 chosen/);
  await expect.element(panel()).toHaveTextContent('18 messages returned, dequeue count up by 1.');
  expect([await texts(queue), await texts(`${queue}-to`)].map(({ length }) => length)).toEqual([18, 2]);
});

test('a search stops at its limit and says what it did not find', async () => {
  await send(2);
  const [, second] = await account.peekMessages(queue, { count: 2 });
  await show({ kind: 'deleteMessages', connectionId: SANDBOX_ID, queue, ids: [second?.id ?? ''] });
  await numberField('Receive at most').fill('1');
  await button('Delete 1 message').click();
  await expect.element(panel().getByText('Nothing deleted')).toBeVisible();
  await expect
    .element(report())
    .toHaveTextContent(/0 deleted.*1 not found among the first 1: further back, gone already.*1 chosen/);
  await expect.element(panel()).toHaveTextContent('1 message returned');
  expect(panel().element().querySelector('.lucide-triangle-alert')).not.toBeNull();
  expect(await texts(queue)).toHaveLength(2);
});

test('a dry run changes no text, and the same change does without it', async () => {
  await send(2);
  await show({ kind: 'changeText', connectionId: SANDBOX_ID, queue });
  await page.getByRole('textbox', { name: 'Find' }).fill('message');
  await page.getByRole('textbox', { name: 'Replace with' }).fill('text');
  await page.getByRole('checkbox', { name: 'Dry run' }).click();
  await button('Try on all messages').click();
  await expect.element(panel().getByText('Dry run: 2 messages would be changed')).toBeVisible();
  expect(await texts(queue)).toEqual(['message 0', 'message 1']);
  openDialog({ kind: 'changeText', connectionId: SANDBOX_ID, queue });
  await expect.element(page.getByRole('textbox', { name: 'Find' })).toHaveValue('message');
  await button('Change all messages').click();
  await expect.element(panel().getByText('Changed text of 2 messages')).toBeVisible();
  expect(await texts(queue)).toEqual(['text 0', 'text 1']);
});

test('copies are sent in the number, pace and time to live of the form', async () => {
  const most = atOnce(isSend);
  await show({ kind: 'sendCopies', connectionId: SANDBOX_ID, queue });
  await page.getByRole('textbox', { name: 'Message text' }).fill('{{counter}}');
  await page.getByRole('checkbox', { name: 'Send as Base64' }).click();
  await numberField('Copies').fill('3');
  await numberField('Count from').fill('8');
  await page.getByRole('combobox', { name: 'Time to live' }).selectOptions('Never expires');
  await numberField('Parallel requests').fill('1');
  await button('Send 3 messages').click();
  await expect.element(panel().getByText('Sent 3 messages')).toBeVisible();
  expect(await texts(queue)).toEqual([btoa('8'), btoa('9'), btoa('10')].toSorted());
  expect((await account.peekMessages(queue, { count: 3 })).map(({ expiresAt }) => expiresAt)).toEqual([
    null,
    null,
    null,
  ]);
  expect(most()).toBe(1);
  // Each of several as it is, from what this tab has loaded.
  const loaded = (await accountFor(SANDBOX_ID)?.peekMessages(queue, { count: 2 })) ?? [];
  openDialog({ kind: 'sendCopies', connectionId: SANDBOX_ID, queue, ids: loaded.map(({ id }) => id) });
  await numberField('Copies of each').fill('2');
  await numberField('Parallel requests').fill('1');
  await button('Send 4 messages').click();
  await expect.element(panel().getByText('Sent 4 messages')).toBeVisible();
  const [first = '', second = ''] = loaded.map(({ text }) => text);
  expect((await texts(queue)).filter((text) => text === first || text === second)).toHaveLength(6);
  expect(most()).toBe(1);
});

test('a file is imported into the chosen queue by the chosen rules', async () => {
  const target = `${queue}-to`;
  await account.createQueue(target);
  const file = new File(['{"body":"a"}\n{"text":"b"}\n{"body":"c"}'], 'rows.jsonl');
  await show({ kind: 'importMessages', connectionId: SANDBOX_ID, queue, file });
  await expect.element(button('Import 1 message')).toBeVisible();
  await page.getByRole('combobox', { name: 'Field with the message text' }).fill('body');
  await expect.element(button('Import 2 messages')).toBeVisible();
  await page.getByRole('combobox', { name: 'Time to live' }).selectOptions('Never expires');
  await chooseTarget(target);
  await button('Import 2 messages').click();
  await expect.element(panel().getByText('Imported 2 of 3 messages')).toBeVisible();
  await expect.element(report()).toHaveTextContent(/2 imported.*1 not imported.*3 chosen/);
  expect([await texts(queue), await texts(target)]).toEqual([[], ['a', 'c']]);
  expect((await account.peekMessages(target, { count: 1 }))[0]?.expiresAt).toBeNull();
});

test('an export takes as many messages as its limit with the chosen fields, and does not begin without a file', async () => {
  await send(3);
  let written = '';
  const pick = vi.fn<(options: { suggestedName: string }) => Promise<unknown>>();
  vi.stubGlobal('showSaveFilePicker', pick);
  pick.mockRejectedValueOnce(new DOMException('No.', 'AbortError'));
  const utf8 = new TextDecoder();
  const stream = new WritableStream<Uint8Array>({ write: (piece) => void (written += utf8.decode(piece)) });
  pick.mockResolvedValueOnce({ createWritable: async () => stream });
  await show({ kind: 'exportMessages', connectionId: SANDBOX_ID, queue });
  await page.getByRole('radio', { name: 'CSV' }).click();
  for (const name of ['Id', 'Inserted', 'Expires', 'Next visible', 'Encoding'])
    await page.getByRole('checkbox', { name, exact: true }).click();
  await numberField('Receive at most').fill('2');
  const keepsOrder = page.getByRole('switch', { name: 'Keep the order' });
  await expect.element(keepsOrder).toBeChecked();
  await expect.element(dialog()).toHaveTextContent('The messages go back one by one in their order');
  await keepsOrder.click();
  await expect.element(dialog()).toHaveTextContent('24 at a time, so that neighbours may change places');
  await button('Export all messages').click();
  await expect.poll(() => pick.mock.calls.length).toBe(1);
  await expect.element(button('Export all messages')).toBeEnabled();
  expect(currentJobs()).toEqual([]);
  await button('Export all messages').click();
  await expect.element(panel().getByText('Exported 2 messages')).toBeVisible();
  expect(written).toBe('dequeueCount,text\r\n1,message 0\r\n1,message 1\r\n');
  expect(pick.mock.calls[0]?.[0].suggestedName).toMatch(/\.csv$/);
  vi.unstubAllGlobals();
});

test('the newest of several deletions is offered first, and the chosen one is added again', async () => {
  await send(3);
  const tab = accountFor(SANDBOX_ID);
  const ids = (await tab?.peekMessages(queue, { count: 3 }))?.map(({ id }) => id) ?? [];
  const { ref } = recordsOf(SANDBOX_ID, queue);
  deletions.note({ ref, what: 'deleted', ids: ids.slice(0, 2) });
  deletions.note({ ref, what: 'deleted', ids: ids.slice(2) });
  const other = `${queue}-other`;
  await account.createQueue(other);
  await account.sendMessage(other, { text: 'not here' });
  const elsewhere = (await tab?.peekMessages(other))?.map(({ id }) => id) ?? [];
  deletions.note({ ref: recordsOf(SANDBOX_ID, other).ref, what: 'deleted', ids: elsewhere });
  await account.clearMessages(queue);
  await show({ kind: 'addAgain', connectionId: SANDBOX_ID, queue });
  await expect.element(button('Add 1 message again')).toBeVisible();
  expect(page.getByRole('radio').all()).toHaveLength(2);
  await page.getByRole('radio', { name: /2 messages deleted/ }).click();
  await button('Add 2 messages again').click();
  await expect.element(panel().getByText('Added again 2 messages')).toBeVisible();
  expect(await texts(queue)).toEqual(['message 0', 'message 1']);
});

test('an ended job can be dismissed, and a phone shows a running job before ended ones', async () => {
  const { resolve, promise } = createDeferred();
  const work = async (item: number) => {
    if (item === 0) await promise;
    return { item, kind: 'done' } as const;
  };
  listJob({ kind: 'move', where: 'a to b', noun: 'message', job: startJob({ source: [0], work }) });
  const ended = listJob({ kind: 'copy', where: 'a to c', noun: 'message', job: startJob({ source: [1], work }) });
  await ended.job.finished;
  await render(
    <main className="flex h-100 flex-col">
      <JobsPanel onClose={() => {}} />
      <JobStrip />
    </main>,
  );
  const strip = page.getByRole('region', { name: 'Job', exact: true });
  await expect.element(strip).toHaveTextContent('Moving, a to b');
  await button('Dismiss Copied 1 message').click();
  await expect.element(panel().getByText('Copied 1 message')).not.toBeInTheDocument();
  resolve();
  await expect.element(strip).toHaveTextContent('Moved 1 message');
});

test('where a filter was on, the dialog of the whole queue asks what is meant, and does that', async () => {
  const ids: string[] = [];
  for (const text of ['one', 'two', 'three']) ids.push((await account.sendMessage(queue, { text })).id);
  await account.createQueue(`${queue}-to`);
  await accountFor(SANDBOX_ID)?.peekMessages(queue, { count: 32 });
  const shown = { ids: ids.slice(1, 2), reach: 2 };
  await show({ kind: 'moveMessages', action: 'move', connectionId: SANDBOX_ID, queue, shown });
  await expect.element(dialog().getByRole('radio', { name: 'All 3' })).toBeChecked();
  await expect.element(dialog().getByRole('button', { name: 'Move all messages' })).toBeVisible();
  await dialog().getByRole('combobox', { name: 'To queue' }).fill(`${queue}-to`);
  await dialog().getByRole('radio', { name: 'These 1', exact: true }).click();
  // What was typed stays.
  await expect.element(dialog().getByRole('combobox', { name: 'To queue' })).toHaveValue(`${queue}-to`);
  await dialog().getByRole('button', { name: 'Move 1 message' }).click();
  await allEnded(1);
  expect(await texts(`${queue}-to`)).toEqual(['two']);
  expect(await texts(queue)).toEqual(['one', 'three']);

  // Z undoes it, and the report does.
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await allEnded(2);
  expect(await texts(queue)).toEqual(['one', 'three', 'two']);
  expect(await texts(`${queue}-to`)).toEqual([]);
});

test('a requeue names no other queue, says what changes and that it cannot be undone', async () => {
  const { id } = await account.sendMessage(queue, { text: 'first' });
  await account.sendMessage(queue, { text: 'second' });
  await show({ kind: 'moveMessages', action: 'requeue', connectionId: SANDBOX_ID, queue, ids: [id], reach: 1 });
  await expect.element(dialog().getByText('Requeue 1 message').first()).toBeVisible();
  await expect.element(dialog().getByText(/a new id, a new insertion time and dequeue count 0/)).toBeVisible();
  await expect.element(dialog().getByText(/It cannot be undone/)).toBeVisible();
  await expect.element(dialog().getByRole('combobox', { name: 'To queue' })).not.toBeInTheDocument();
  await dialog().getByRole('button', { name: 'Requeue 1 message' }).click();
  await expect.element(page.getByText('Requeued 1 message').first()).toBeVisible();
  const [queued] = (await session.sandbox.snapshot([queue])).queues;
  expect(queued?.messages.map(({ text }) => text).toSorted()).toEqual(['first', 'second']);
  expect(queued?.messages.map((one) => one.id)).not.toContain(id);
});
