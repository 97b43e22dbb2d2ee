import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account } from '@/azure/protocol/model';
import { createDeferred } from '@/bulk/requests/deferred';
import { accountFor } from '@/queries/use-account';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { dismissJob } from '@/state/jobs/job-list';
import { currentJobs } from '@/state/jobs/job-store';
import { dropConnectionLeases } from '@/state/leases/leases';
import { closeDialog, type JobDialog, openDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import JobDialogs from './job-dialogs';
import { JobsPanel } from './jobs-panel';

let session: SandboxSession;
let account: Account;
let number = 0;
let queue: string;
let target: string;

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
  target = `work-${++number}`;
  queue = `${target}-poison`;
  for (const name of [target, queue]) await account.createQueue(name);
});

async function show(change: Partial<Extract<JobDialog, { kind: 'workOnMessages' }>> = {}) {
  openDialog({ kind: 'workOnMessages', connectionId: SANDBOX_ID, queue, ...change });
  await render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <JobsPanel onClose={() => {}} />
      <Opened />
    </QueryClientProvider>,
  );
}
function Opened() {
  const open = useOpenDialog();
  return open && <JobDialogs open={open as JobDialog} onClose={closeDialog} />;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const dialog = () => page.getByRole('dialog');
const requests = () => page.getByRole('list', { name: 'Requests by kind' });
const texts = async (name: string) =>
  ((await session.sandbox.snapshot([name])).queues[0]?.messages ?? []).map(({ text }) => text).toSorted();
async function send(...all: string[]) {
  for (const text of all) await account.sendMessage(queue, { text });
}
/** Leases messages in this tab, as a person would. */
async function received(count: number): Promise<string[]> {
  const messages = await accountFor(SANDBOX_ID)?.receiveMessages(queue, { count, visibilityTimeout: 300 });
  return messages?.map(({ id }) => id) ?? [];
}

test('messages in hand are changed and redriven by a put and a delete each, and nothing is received', async () => {
  await send('{"currency":"EURO"}', '{"currency":"EURO"}', '{"currency":"SEK"}');
  const ids = await received(2);
  const asked = vi.spyOn(session.sandbox, 'fetch');
  await show({ ids });
  await expect.element(dialog()).toHaveAccessibleName(`Change text, then send to ${target}, then delete here`);
  await expect.element(button('Redrive 2 messages')).toBeDisabled();
  await page.getByRole('radio', { name: 'JSON value' }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill('currency');
  await page.getByRole('textbox', { name: 'New value, as JSON' }).fill('"EUR"');
  const dry = page.getByRole('region', { name: 'Dry run' });
  await expect.element(dry).toHaveTextContent(/2 change.*0 stay as they are.*0 cannot be read.*2 of 2 read/s);
  const line = dry.getByRole('group', { name: `Message ${ids[0]?.slice(0, 8)}, line 2` });
  await expect.element(line).toHaveTextContent(/1 of 2.*"currency": "EURO".*"currency": "EUR"/s);
  await expect.element(line.getByRole('img', { name: 'before' })).toBeVisible();
  await expect.element(line.getByRole('img', { name: 'after' })).toBeVisible();
  await expect
    .element(requests())
    .toHaveTextContent(/Receive they are in hand ?0.*Put message to .* 2.*Delete message here 2.*Requests 4/s);
  await expect.element(dialog()).toHaveTextContent('all leased to you until');
  await button('Redrive 2 messages').click();
  await expect.element(page.getByText('Redriven 2 messages')).toBeVisible();
  const changes = asked.mock.calls
    .map(([input, init]) => new Request(input, init))
    .filter(({ url }) => url.includes('/messages') && !url.includes('peekonly'));
  expect(changes.map(({ method }) => method).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'DELETE',
    'DELETE',
    'POST',
    'POST',
  ]);
  expect([await texts(queue), await texts(target)]).toEqual([
    ['{"currency":"SEK"}'],
    ['{"currency":"EUR"}', '{"currency":"EUR"}'],
  ]);
});

test('steps are taken away and added, and the title, the button and the forecast follow', async () => {
  await send('a', 'b');
  const ids = await received(2);
  await show({ ids });
  await button('Remove step Change text').click();
  await expect.element(dialog()).toHaveAccessibleName(`Send to ${target}, then delete here`);
  await button('Remove step Delete here').click();
  await expect.element(button('Copy 2 messages')).toBeEnabled();
  await expect.element(requests()).not.toHaveTextContent('Delete message');
  await button('Remove step Send to').click();
  await expect.element(button('Change 2 messages')).toBeDisabled();
  await button('Add step').click();
  await page.getByRole('menuitem', { name: 'Delete here' }).click();
  await expect.element(dialog()).toHaveAccessibleName('Delete here');
  await button('Add step').click();
  await page.getByRole('menuitem', { name: 'Change text' }).click();
  await expect.element(dialog()).toHaveAccessibleName('Change text, then delete here');
  await expect
    .element(button('Delete 2 messages'))
    .toHaveAccessibleDescription('The changed text would be deleted. Add “Send to”, or remove one of the two.');
});

test('messages that are not in hand are found first, and the order can be kept or given up', async () => {
  await send(...Array.from({ length: 40 }, (_, index) => `message ${index}`));
  const ids = (await session.sandbox.snapshot([queue])).queues[0]?.messages.map(({ id }) => id) ?? [];
  await show({ ids: [ids[0] ?? '', ids[35] ?? ''], reach: 36 });
  await button('Remove step Change text').click();
  await expect
    .element(requests())
    .toHaveTextContent(/Receive 2.*Put message to .* 2.*Delete message here 2.*Return 38.*Requests 44/s);
  const order = page.getByRole('switch', { name: 'Keep the order' });
  await expect.element(order).toBeChecked();
  await expect.element(dialog()).toHaveTextContent(/Kept, as in .*: one after another/);
  await order.click();
  await expect.element(dialog()).toHaveTextContent('Lost: neighbours may change places');
  await button('Redrive 2 messages').click();
  await expect.element(page.getByText('Redriven 2 messages')).toBeVisible();
  expect([(await texts(queue)).length, await texts(target)]).toEqual([38, ['message 0', 'message 35']]);
});

test('a job shows finding, working and returning apart, what closing would leave, and when the tab may be closed', async () => {
  await send(...Array.from({ length: 40 }, (_, index) => `message ${index}`));
  const ids = (await session.sandbox.snapshot([queue])).queues[0]?.messages.map(({ id }) => id) ?? [];
  await show({ ids: [ids[0] ?? '', ids[35] ?? '', ids[36] ?? ''], reach: 37 });
  await button('Remove step Change text').click();
  await page.getByRole('switch', { name: 'Keep the order' }).click();
  const { fetch } = session.sandbox;
  const gate = createDeferred();
  vi.spyOn(session.sandbox, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'DELETE') await gate.promise;
    return fetch(request);
  });
  await button('Redrive 3 messages').click();
  await expect.element(page.getByRole('group', { name: /^Finding, 40 of 40/ })).toBeVisible();
  await expect.element(page.getByRole('group', { name: /^Working, 0 of 3/ })).toBeVisible();
  await expect.element(page.getByRole('group', { name: /^Returning, 37 of 37/ })).toBeVisible();
  await expect.element(page.getByRole('progressbar', { name: 'Returning progress' })).toBeVisible();
  // Two receives, three copies and 37 returns; three deletes wait.
  await expect.element(page.getByText('45 of 45 requests sent, as forecast')).toBeVisible();
  await expect
    .element(page.getByRole('progressbar', { name: 'Redrive job progress' }))
    .toHaveAttribute('aria-valuenow', '99');
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true });
  await expect
    .element(jobs)
    .toHaveTextContent(
      /Keep this tab open.*If it closes now: 0 are done, 3 are not, at most 3 are in both queues, 3 stay hidden until \d\d:\d\d:\d\d/,
    );
  gate.resolve();
  await expect.element(jobs).toHaveTextContent('Nothing of this job is hidden any more. You may close this tab.');
  await expect.element(page.getByRole('list', { name: 'Report' })).toHaveTextContent(/3 redriven.*3 chosen/);
  await expect.element(jobs).toHaveTextContent('45 requests, forecast 45.');
});

test('a placeholder is asked about, and Undo brings the old texts back and says so before', async () => {
  await send('{"currency":"EURO"}', '{"currency":"EURO"}');
  const ids = await received(2);
  await show({ ids });
  await page.getByRole('radio', { name: 'JSON value' }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill('currency');
  await page.getByRole('textbox', { name: 'New value, as JSON' }).fill('"{{currency}}"');
  await expect
    .element(dialog())
    .toHaveTextContent(`Undo, as long as this page is open, adds the old texts to ${queue}`);
  await expect.element(button('Redrive 2 messages')).toBeEnabled();
  await button('Redrive 2 messages').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('{{currency}} is sent as written');
  expect(await texts(target)).toEqual([]);
  await button('Redrive 2 messages').click();
  await expect.element(page.getByText('Redriven 2 messages').first()).toBeVisible();
  expect(await texts(target)).toEqual(['{"currency":"{{currency}}"}', '{"currency":"{{currency}}"}']);
  await accountFor(SANDBOX_ID)?.peekMessages(target, { count: 32 });
  await button('Undo').first().click();
  await expect
    .poll(() => Promise.all([texts(queue), texts(target)]))
    .toEqual([['{"currency":"EURO"}', '{"currency":"EURO"}'], []]);
});

test('where a filter was on, the scope is chosen among the steps, and the trial follows it', async () => {
  const ids: string[] = [];
  for (const text of ['one', 'two', 'three']) ids.push((await account.sendMessage(queue, { text })).id);
  await accountFor(SANDBOX_ID)?.peekMessages(queue, { count: 32 });
  await show({ shown: { ids: ids.slice(1, 2), reach: 2 } });
  await page.getByRole('textbox', { name: 'Find' }).fill('o');
  const trial = page.getByRole('region', { name: 'Dry run' });
  await page.getByRole('group', { name: 'Scope' }).getByRole('radio', { name: 'These 1', exact: true }).click();
  await expect.element(trial).toHaveTextContent('1 of 1 read');
  await expect.element(button('Redrive 1 message')).toBeEnabled();
  await page.getByRole('radio', { name: 'All 3' }).click();
  await expect.element(trial).toHaveTextContent('3 of 3 read');
  await expect.element(button('Redrive all 3 messages')).toBeEnabled();
});

test('texts are changed and messages hidden by one request each', async () => {
  await send('a', 'b');
  const ids = await received(2);
  await show({ ids });
  await button('Remove step Send to').click();
  await button('Remove step Delete here').click();
  await button('Add step').click();
  await page.getByRole('menuitem', { name: 'Set visibility' }).click();
  await page.getByRole('textbox', { name: 'Find' }).fill('a');
  await page.getByRole('textbox', { name: 'Replace with' }).fill('A');
  await expect.element(dialog()).toHaveAccessibleName('Change text, then set visibility');
  await expect.element(requests()).toHaveTextContent(/Update message 2.*Requests 2/s);
  await button('Change and hide 2 messages').click();
  // A running job has the same title.
  await expect.element(page.getByRole('list', { name: 'Report' })).toBeVisible();
  await expect.element(page.getByText('Set visibility of 2 messages')).toBeVisible();
  expect(await texts(queue)).toEqual(['A', 'b']);
  const { messages = [] } = (await session.sandbox.snapshot([queue])).queues[0] ?? {};
  expect(messages.every(({ visibleAt }) => visibleAt > Date.now() + 3_000_000)).toBe(true);
});

test('the first five are tried, and one press does the rest of the same scope', async () => {
  await send(...Array.from({ length: 8 }, (_, index) => `message ${index}`));
  const ids = await received(8);
  await show({ ids });
  await button('Remove step Change text').click();
  await button('Try 5 first').click();
  await expect.element(page.getByText('Redriven 5 messages').first()).toBeVisible();
  expect(await texts(target)).toEqual(['message 0', 'message 1', 'message 2', 'message 3', 'message 4']);
  await button('Continue with 3').click();
  await expect.element(page.getByText('Redriven 3 messages').first()).toBeVisible();
  expect(await texts(target)).toHaveLength(8);
  expect(await texts(queue)).toEqual([]);
  await expect.element(button(/^Continue with/)).not.toBeInTheDocument();
});

test('five messages or fewer are not tried apart', async () => {
  await send('a', 'b');
  await show({ ids: await received(2) });
  await expect.element(button('Add step')).toBeVisible();
  await expect.element(button('Try 5 first')).not.toBeInTheDocument();
});

test('all that match a filter are worked on, also those not loaded, by the filter of the grid', async () => {
  await send('{"currency":"EURO","n":1}', '{"currency":"SEK","n":2}', '{"currency":"EURO","n":3}');
  const ids = await received(2);
  const filter = {
    text: '',
    chips: { leased: false, poison: undefined, expiring: false },
    expressions: ['currency = "EURO"'],
    picked: undefined,
    steps: undefined,
    own: [],
    loaded: 2,
    matching: ids.slice(0, 1),
    inHand: 1,
  };
  await show({ ids: ids.slice(0, 1), filter });
  const scope = page.getByRole('group', { name: 'Scope' });
  await expect.element(scope.getByRole('radio', { name: 'These 1', exact: true })).toBeChecked();
  const matching = scope.getByRole('radio', { name: 'All where currency = "EURO", also those not loaded' });
  await expect.element(matching).toHaveAccessibleDescription(/These 1 and any of the ≈ 1 that are not loaded/);
  await matching.click();
  await button('Remove step Change text').click();
  await expect.element(requests()).toHaveTextContent(/Receive 2.*Put message to .* ?1 to 2.*Requests/s);
  await button('Redrive all that match').click();
  await expect.element(page.getByText('Redriven 2 messages where currency = "EURO"').first()).toBeVisible();
  expect(await texts(target)).toEqual(['{"currency":"EURO","n":1}', '{"currency":"EURO","n":3}']);
  expect(await texts(queue)).toEqual(['{"currency":"SEK","n":2}']);
});

test('a filter that cannot be read cannot be a scope, and says why', async () => {
  const filter = {
    text: 'deq:>=',
    chips: { leased: false, poison: undefined, expiring: false },
    expressions: [],
    picked: undefined,
    steps: undefined,
    own: [],
    loaded: 0,
    matching: [],
    inHand: 0,
    problem: 'A part of the filter cannot be read',
  };
  await show({ filter, shown: { ids: [], reach: 0 } });
  const matching = page.getByRole('radio', { name: /^All where/ });
  await expect.element(matching).toBeDisabled();
  await expect.element(matching).toHaveAccessibleDescription('A part of the filter cannot be read');
});

test('steps that exclude each other are off, with the reason', async () => {
  await send('a');
  await show({ ids: await received(1) });
  await button('Add step').click();
  await expect.element(page.getByRole('menuitem', { name: /Set visibility/ })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('menuitem', { name: 'Export' }).click();
  await expect.element(dialog()).toHaveAccessibleName(/^Export, then change text/);
});

test('messages are exported, then deleted: the file is handed over first and has all of them', async () => {
  vi.stubGlobal('showSaveFilePicker', undefined);
  const saved: Blob[] = [];
  const left: Promise<string[]>[] = [];
  const createObjectURL = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    left.push(texts(queue));
    return createObjectURL(blob);
  });
  await send('a', 'b', 'c');
  await show();
  await button('Remove step Change text').click();
  await button('Remove step Send to').click();
  await expect
    .element(button('Delete all 3 messages'))
    .toHaveAccessibleDescription('To delete all messages, clear the queue, or export them first.');
  await button('Add step').click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  await button('Export and delete all 3 messages').click();
  await expect.element(page.getByText('Deleted 3 messages').first()).toBeVisible();
  expect(await left[0]).toHaveLength(3);
  expect(await texts(queue)).toEqual([]);
  const rows = (await saved[0]?.text())
    ?.trim()
    .split('\n')
    .map((row) => (JSON.parse(row) as { text: string }).text);
  expect(rows).toEqual(['a', 'b', 'c']);
  vi.unstubAllGlobals();
});

test('on a phone every step has its way out in sight, and the facts read as sentences', async () => {
  await page.viewport(390, 844);
  await send('{"currency":"EURO"}');
  await show({ ids: await received(1) });
  await page.getByRole('radio', { name: 'JSON value' }).click();
  for (const name of ['Change text', 'Send to', 'Delete here']) {
    const remove = button(`Remove step ${name}`).element().getBoundingClientRect();
    expect([name, remove.right < 390]).toEqual([name, true]);
  }
  const value = page.getByRole('textbox', { name: 'New value, as JSON' }).element().getBoundingClientRect();
  expect(value.right).toBeLessThan(390);
  await page.getByRole('tab', { name: 'What Azure will do' }).click();
  await expect.element(dialog()).toHaveTextContent('At most 1 is then in both queues');
  await expect.element(page.getByText(/^As long as this page is open, adds the old text/)).toBeVisible();
  await page.viewport(1280, 900);
});
