import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account, LeasedMessage } from '@/azure/protocol/model';
import { encodeEvents, encodeHead } from '@/bulk/journal/codec';
import type { JournalEvent, JournalHead } from '@/bulk/journal/journal';
import { createDeferred } from '@/bulk/requests/deferred';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { dismissJob } from '@/state/jobs/job-list';
import { currentJobs, isEnded } from '@/state/jobs/job-store';
import { watchJournals } from '@/state/journal/interrupted-jobs';
import { tellJournals } from '@/state/journal/journal-news';
import { fingerprint, forgetAllJournals, journalStorage, readHeads } from '@/state/journal/journal-storage';
import { dropConnectionLeases } from '@/state/leases/leases';
import { closeDialog, currentDialog } from '@/state/navigation/open-dialog';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { holdLock } from '@/state/tab/tab-identity';
import { beginChangeText } from '../begin/begin-message-jobs';
import { JobsPanel } from '../jobs-panel';
import { targetOf } from '../shared/scope';
import { NO_CHANGE } from '../text/text-changes';
import InterruptedStrips from './interrupted-strips';

let session: SandboxSession;
let account: Account;
let number = 0;
let queue: string;
let target: string;
const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });

beforeAll(async () => {
  await page.viewport(1280, 900);
  await loadConnections();
  await addSandbox();
  session = await openSandbox();
  ({ account } = session);
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  dropConnectionLeases(SANDBOX_ID);
  for (const { id } of currentJobs()) dismissJob(id);
  await forgetAllJournals();
  tellJournals();
  target = `stopped-${++number}`;
  queue = `${target}-poison`;
  for (const name of [target, queue]) await account.createQueue(name);
});
afterEach(() => forgetAllJournals());

const headOf = (parts: Partial<JournalHead> = {}): JournalHead => ({
  version: 1,
  id: `job-${number}`,
  kind: 'redrive',
  steps: ['send', 'delete'],
  noun: 'message',
  where: `${queue} to ${target}`,
  from: { connectionId: SANDBOX_ID, queue },
  to: { connectionId: SANDBOX_ID, queue: target },
  total: 6,
  concurrency: 8,
  startedAt: session.clock.now(),
  ...parts,
});

/** What a page that is gone has written. */
async function stored(events: readonly JournalEvent[], parts: Partial<JournalHead> = {}) {
  const head = headOf(parts);
  await journalStorage.begin(head.id, encodeHead(head));
  await journalStorage.append(head.id, 1, encodeEvents(session.clock.now(), events));
  await watchJournals();
  tellJournals();
  return head;
}

async function show() {
  await render(
    <QueryClientProvider client={client}>
      <InterruptedStrips connectionId={SANDBOX_ID} queue={queue} />
      <JobsPanel onClose={() => {}} />
    </QueryClientProvider>,
  );
}

const strip = () => page.getByRole('region', { name: `Interrupted job: redrive of ${queue}` });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const messagesIn = async (name: string) => (await session.sandbox.snapshot([name])).queues[0]?.messages ?? [];
const textsIn = async (name: string) => (await messagesIn(name)).map(({ text }) => text).toSorted();
const until = ({ visibleAt }: LeasedMessage) => visibleAt.getTime();

/**
 * Six messages: the first is moved, the second is copied and not deleted, of the third it is not known whether it was copied, two are
 * only leased, and the last is untouched.
 */
async function stoppedRedrive(): Promise<JournalEvent[]> {
  for (let index = 0; index < 6; index++) await account.sendMessage(queue, { text: `text ${index}` });
  const leased = await account.receiveMessages(queue, { count: 5, visibilityTimeout: 300 });
  const [moved, copied, maybe] = leased as [LeasedMessage, LeasedMessage, LeasedMessage];
  const events: JournalEvent[] = [
    ['receiving', 1, 5, Date.now() + 300_000],
    ['received', 1, leased.map((message) => [message.id, message.receipt, until(message)] as const)],
  ];
  for (const message of [moved, copied]) {
    const copy = await account.sendMessage(target, { text: message.text });
    events.push(
      ['sending', message.id, await fingerprint(message.text)],
      ['sent', message.id, copy.id, copy.receipt, 0],
    );
  }
  await account.deleteMessage(queue, moved);
  events.push(['deleting', moved.id], ['deleted', moved.id], ['ended', moved.id, 'done', '']);
  events.push(['sending', maybe.id, await fingerprint(maybe.text)]);
  return events;
}

test('says where the job stands, lets go of what it hides, and goes on to the end', async () => {
  await stored(await stoppedRedrive());
  await show();
  await expect.element(strip()).toHaveTextContent(/Redrive of .* stopped at 3 of 6 at \d\d:\d\d/);
  const counts = strip().getByRole('listitem');
  await expect.element(counts.nth(0)).toHaveTextContent('1 is done');
  await expect.element(counts.nth(1)).toHaveTextContent(`2 may be in ${target} twice`);
  await expect.element(counts.nth(2)).toHaveTextContent(/^2 are hidden until \d\d:\d\d:\d\d/);
  await expect.element(counts.nth(3)).toHaveTextContent('1 is untouched');

  await button('Release 2').click();
  await expect.element(counts.nth(2)).toHaveTextContent('3 are untouched');
  expect((await messagesIn(queue)).filter(({ visibleAt }) => visibleAt <= session.clock.now())).toHaveLength(3);

  await button('Continue with 5').click();
  await expect.element(strip()).not.toBeInTheDocument();
  await vi.waitFor(() => expect(currentJobs().map(({ job }) => isEnded(job))).toEqual([true]));
  expect(await textsIn(queue)).toEqual([]);
  expect(await textsIn(target)).toEqual(Array.from({ length: 6 }, (_, index) => `text ${index}`));
  expect(currentJobs()[0]?.job.counts).toMatchObject({ done: 4, maybeTwice: 1 });
  await vi.waitFor(async () => expect(await readHeads()).toEqual([]));
});

test('a job of another tab is left to it, and is told here as soon as that tab is gone', async () => {
  const events = await stoppedRedrive();
  const gone = createDeferred();
  const head = headOf();
  await holdLock(`queuescope-job:${head.id}`, gone.promise);
  await stored(events);
  await show();
  const panel = page.getByRole('region', { name: 'Jobs' });
  await expect.element(panel).toHaveTextContent(`Redrive ${queue} to ${target} in another tab of this browser`);
  tellJournals({ kind: 'progress', id: head.id, done: 3, total: 6 });
  await expect.element(panel).toHaveTextContent('3 of 6');
  await expect.element(strip()).not.toBeInTheDocument();
  gone.resolve();
  await expect.element(strip()).toBeVisible();
  await expect.element(panel).not.toHaveTextContent('in another tab of this browser');
});

test('Close forgets the job, and leaves the queue as it is', async () => {
  await stored(await stoppedRedrive());
  await show();
  await button('Close').first().click();
  await expect.element(strip()).not.toBeInTheDocument();
  expect(await readHeads()).toEqual([]);
  expect(await messagesIn(queue)).toHaveLength(5);
});

test('an export is begun anew by its dialog, and what the first one hides is told until it is closed', async () => {
  await account.sendMessage(queue, { text: 'a text' });
  const leased = await account.receiveMessages(queue, { count: 1, visibilityTimeout: 300 });
  await stored(
    [
      ['receiving', 1, 1, Date.now() + 300_000],
      ['received', 1, leased.map((message) => [message.id, message.receipt, until(message)] as const)],
    ],
    { kind: 'export', steps: [], to: undefined, total: 1 },
  );
  await show();
  const region = page.getByRole('region', { name: `Interrupted job: export of ${queue}` });
  await button(/^Continue/).click();
  await vi.waitFor(() => expect(currentDialog()).toMatchObject({ kind: 'exportMessages', queue }));
  closeDialog();
  await expect.element(region.getByRole('button', { name: 'Release 1' })).toBeVisible();
  await region.getByRole('button', { name: 'Release 1' }).click();
  await vi.waitFor(async () =>
    expect((await messagesIn(queue)).filter(({ visibleAt }) => visibleAt <= session.clock.now())).toHaveLength(1),
  );
});

describe('what cannot be read or used is told, and the rest works', () => {
  test('a damaged journal and one of another version can be closed', async () => {
    await journalStorage.begin('damaged', '{"version":1,"id":5}');
    await journalStorage.begin('later', JSON.stringify({ ...headOf(), version: 99 }));
    await stored(await stoppedRedrive());
    await show();
    const panel = page.getByRole('region', { name: 'Jobs' });
    await expect.element(panel).toHaveTextContent('The journal of a job is damaged.');
    await expect.element(panel).toHaveTextContent('was written by another version of this page');
    await expect.element(strip()).toBeVisible();
  });

  test('of a connection that is not there any more, the job says so and does not go on', async () => {
    await stored([], { to: { connectionId: 'gone', queue: target } });
    await show();
    await expect.element(button('Continue with 6')).toBeDisabled();
    await expect.element(page.getByRole('region', { name: 'Jobs' })).toHaveTextContent('was forgotten');
  });

  test('of a queue that was deleted, going on ends with a job that says so', async () => {
    await stored([]);
    await account.deleteQueue(queue);
    await show();
    await button('Continue with 6').click();
    await vi.waitFor(() => expect(currentJobs().map(({ job }) => job.state)).toEqual(['failed']));
  });
});

test('the storage has no text of a message, no text that replaces one and no key', async () => {
  const from = targetOf(SANDBOX_ID, queue);
  for (const text of ['a first secret', 'a second secret']) await account.sendMessage(queue, { text });
  const change = { ...NO_CHANGE, find: 'secret', replacement: 'replaced' };
  const listed = beginChangeText(client, from, {
    ...({ wanted: 'all', concurrency: 1, perSecond: 1, foreseen: undefined, filter: undefined } as const),
    change,
    isDryRun: false,
  });
  await vi.waitFor(async () => expect(await readHeads()).toHaveLength(1));
  await vi.waitFor(() => expect(listed.job.progress.done + listed.job.outcomes.length).toBeGreaterThan(0), 5000);
  const written = await everything();
  expect(written).toContain(queue);
  for (const secret of ['secret', 'replaced', 'first']) expect(written).not.toContain(secret);
  listed.job.cancel();
  await listed.job.finished;
});

/** All that the database of journals holds, as text. */
async function everything(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const asked = indexedDB.open('queuescope-jobs');
    asked.addEventListener('success', () => resolve(asked.result));
  });
  const store = database.transaction('journals-1').objectStore('journals-1');
  const values = await new Promise<unknown[]>((resolve) => {
    const asked = store.getAll();
    asked.addEventListener('success', () => resolve(asked.result as unknown[]));
  });
  database.close();
  return JSON.stringify(values);
}
