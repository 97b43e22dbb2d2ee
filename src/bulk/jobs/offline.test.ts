import { describe, expect, test } from 'vitest';
import { UnreachableError } from '@/azure/protocol/errors';
import type { SentMessage } from '@/azure/protocol/model';
import { numbered, settled } from '../bulk.fixture';
import type { LeaseHandle } from '../leasing/lease-handle';
import type { Planned } from '../planning/steps';
import { createDeferred } from '../requests/deferred';
import type { Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { type UnpluggedScene, unpluggedScene } from '../unplugged.fixture';
import { changeText } from '../work/change-text';
import { clearQueue } from '../work/clear-queue';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { moveMessage, requeueMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { type MovedMessage, undoMove } from '../work/undo-move';
import { browseAll } from './browse';
import { startExport } from './export-job';
import { changed, textsIn } from './faulted.fixture';
import { startImport } from './import-messages';
import type { Job } from './job';
import { startMessageJob } from './message-job';
import { startJob } from './start-job';

const MESSAGES = 40;
const TEXTS = numbered(MESSAGES);
const CHANGED = TEXTS.map(changed);
const change = (text: string) => ({ text: changed(text) });

type Setting = UnpluggedScene & { from: QueueTarget; to: QueueTarget };

async function setting(options: Parameters<typeof unpluggedScene>[0] = {}): Promise<Setting> {
  const scene = unpluggedScene(options);
  const from = await scene.fill('orders', TEXTS);
  const to = await scene.fill('target', []);
  return { ...scene, from, to };
}

const work =
  <Value>(name: string, of: (scene: Setting) => Work<LeaseHandle, Value> & Planned) =>
  (scene: Setting): Job =>
    startMessageJob<Value>({ from: scene.from, wanted: 'all', name, work: of(scene), concurrency: 4 });

type Kind = {
  start: (scene: Setting) => Job | Promise<Job>;
  /** Texts of both queues at the end when nothing was under way as the network went. */
  ends: { from: readonly string[]; to: readonly string[] };
};

const moveAll = work('Move', ({ to }) => moveMessage(to));
const copyAll = work('Copy', ({ to }) => copyMessage(to));
const deleteAll = work('Delete', () => deleteMessage);

const moveBack = async (scene: Setting): Promise<Job> => {
  const moved: MovedMessage[] = [];
  const job = startMessageJob<SentMessage>({
    from: scene.from,
    wanted: 'all',
    name: 'Move',
    work: moveMessage(scene.to),
    onOutcome: ({ item, copied, value }) =>
      copied && value && moved.push({ id: item.id, text: copied.text, copy: value }),
  });
  await job.finished;
  return startJob({ source: moved, work: undoMove(scene), concurrency: 4, networks: [scene.network] });
};

const KINDS: Record<string, Kind> = {
  move: { start: moveAll, ends: { from: [], to: TEXTS } },
  'change and move': { start: work('Move', ({ to }) => moveMessage(to, change)), ends: { from: [], to: CHANGED } },
  requeue: {
    start: work('Requeue', ({ from }) => requeueMessage(from, { isWhole: true })),
    ends: { from: TEXTS, to: [] },
  },
  copy: { start: copyAll, ends: { from: TEXTS, to: TEXTS } },
  delete: { start: deleteAll, ends: { from: [], to: [] } },
  'change text': { start: work('Change text', () => changeText(change)), ends: { from: CHANGED, to: [] } },
  'set visibility': { start: work('Set visibility', () => setVisibility(400_000)), ends: { from: TEXTS, to: [] } },
  'undo of a move': { start: moveBack, ends: { from: TEXTS, to: [] } },
  import: {
    start: ({ to }) =>
      startImport(new Blob(TEXTS.map((text) => `${JSON.stringify({ text })}\n`)), to, { concurrency: 4 }),
    ends: { from: TEXTS, to: TEXTS },
  },
  clear: {
    start: ({ from }) => startJob({ source: ['orders'], work: clearQueue(from.account), networks: [from.network] }),
    ends: { from: [], to: [] },
  },
};

/** The network goes at the nth request, and is back a minute later by the clock of the queue. */
async function minuteWithout(scene: Setting, job: Job): Promise<void> {
  await until(() => job.waitsFor !== undefined || job.state === 'done');
  expect(job.waitsFor).toBe('network');
  await scene.pass(20);
  const { failed, looks } = scene.plug;
  await scene.pass(40);
  expect([scene.plug.failed, scene.plug.looks]).toEqual([failed, looks]);
  expect(job.state).not.toMatch(/done|failed|cancelled/);
  scene.plug.putBack();
  await Promise.race([job.finished, passing(scene)]);
  expect([job.state, job.error, job.waitsFor]).toEqual(['done', undefined, undefined]);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5000 && !isSo(); turn++) await settled();
}

/** Lets the clock go on for what waits for it, as a requeue does. */
async function passing(scene: Setting): Promise<void> {
  for (let step = 0; step < 400; step++) {
    await settled();
    if (step % 20 === 0) scene.clock.advance(100);
  }
}

describe.each(Object.entries(KINDS))('%s without a network for a while', (kind, { start, ends }) => {
  test('goes on where it was when a request had not been sent', async () => {
    const scene = await setting();
    scene.plug.pullAt(kind === 'clear' ? 1 : kind === 'undo of a move' ? 2 * MESSAGES + 30 : 12, 'before');
    const job = await start(scene);
    await minuteWithout(scene, job);
    const { counts, outcomes } = job;
    const uncertain = counts.maybeDone + counts.maybeTwice;
    expect(counts.failed + counts.inBoth).toBe(0);
    // Only what was under way is in doubt: four at a time.
    expect(uncertain).toBeLessThanOrEqual(4);
    for (const { reason } of outcomes) expect(reason).toMatch(/the network went away before an answer came/);
    const inFrom = await scene.textsIn('orders');
    const inTo = await scene.textsIn('target');
    // What is in doubt is kept, or there twice; nothing else is.
    const expected = [...ends.from, ...ends.to].toSorted();
    const found = [...inFrom, ...inTo].toSorted();
    expect(Math.abs(found.length - expected.length)).toBeLessThanOrEqual(uncertain);
    expect(found.filter((text) => !expected.includes(text)).length).toBeLessThanOrEqual(uncertain);
    expect(expected.filter((text) => !found.includes(text)).length).toBeLessThanOrEqual(uncertain);
  });
});

test('what was not sent is sent once, and nothing is in doubt', async () => {
  const scene = await setting();
  const job = moveAll(scene);
  await until(() => job.counts.done >= 8);
  job.pause();
  await until(() => job.progress.working === 0);
  scene.plug.pull();
  job.resume();
  await until(() => job.waitsFor !== undefined);
  await scene.pass(60);
  scene.plug.putBack();
  await job.finished;
  expect(job.counts).toMatchObject({ done: MESSAGES, failed: 0, maybeTwice: 0, inBoth: 0 });
  expect(await scene.textsIn('target')).toEqual(TEXTS);
});

test('a delete whose answer went with the network is proven by its repeat', async () => {
  const scene = await setting();
  scene.plug.pullAt(9, 'after');
  const job = deleteAll(scene);
  await minuteWithout(scene, job);
  expect(job.counts).toMatchObject({ done: MESSAGES, maybeDone: 0 });
  expect(await scene.textsIn('orders')).toEqual([]);
});

test('a receive whose answer went with the network hides up to 32 messages, and the report says so', async () => {
  const scene = await setting();
  scene.plug.pullAt(1, 'after');
  const job = deleteAll(scene);
  await minuteWithout(scene, job);
  expect(job.leasing?.maybeHidden.map(({ messages }) => messages)).toEqual([32]);
});

test('leases that end soon are renewed before anything else is sent, and those that ended are leased anew', async () => {
  const scene = await setting();
  const job = startMessageJob({
    from: scene.from,
    wanted: 'all',
    name: 'Move',
    work: moveMessage(scene.to),
    concurrency: 1,
    visibilityTimeout: 100,
  });
  await until(() => job.counts.done >= 3);
  scene.plug.pull();
  await until(() => job.waitsFor !== undefined);
  await scene.pass(120);
  scene.plug.putBack();
  await job.finished;
  expect(job.counts.failed + job.counts.inBoth + job.counts.skipped).toBe(0);
  expect(new Set([...(await scene.textsIn('orders')), ...(await scene.textsIn('target'))])).toEqual(new Set(TEXTS));
});

test('messages that another consumer received meanwhile are reported, and never sent twice', async () => {
  const scene = await setting();
  const job = startMessageJob({
    from: scene.from,
    wanted: 'all',
    name: 'Move',
    work: moveMessage(scene.to),
    concurrency: 1,
    visibilityTimeout: 60,
  });
  await until(() => job.counts.done >= 3);
  job.pause();
  await until(() => job.progress.working === 0);
  scene.plug.pull();
  job.resume();
  await scene.pass(61);
  scene.plug.putBack();
  const taken: string[] = [];
  const others = scene.account.receiveMessages('orders', { count: 5, visibilityTimeout: 600 });
  taken.push(...(await others).map(({ id }) => id));
  await job.finished;
  const all = [...(await scene.textsIn('orders')), ...(await scene.textsIn('target'))];
  expect(all.toSorted()).toEqual(TEXTS);
  expect(job.counts.done + job.counts.failed + job.counts.skipped).toBe(MESSAGES);
});

test("a person's pause is not undone by the network", async () => {
  const scene = await setting();
  const job = moveAll(scene);
  await until(() => job.counts.done >= 4);
  scene.plug.pull();
  job.pause();
  scene.plug.putBack();
  await until(() => job.waitsFor === undefined && job.progress.working === 0);
  const { done } = job.counts;
  await scene.pass(20);
  expect([job.state, job.waitsFor, job.counts.done]).toEqual(['paused', undefined, done]);
  job.resume();
  await job.finished;
  expect(job.state).toBe('done');
});

test('a cancel without a network returns once it is back, and nothing is said to be returned before', async () => {
  const scene = await setting();
  const job = copyAll(scene);
  await until(() => job.counts.done >= 4);
  scene.plug.pull();
  job.cancel();
  await until(() => job.state === 'returning');
  await scene.pass(30);
  expect([job.state, job.waitsFor, job.leasing, job.leasedNow().messages > 0]).toEqual([
    'returning',
    'network',
    undefined,
    true,
  ]);
  scene.plug.putBack();
  await job.finished;
  expect([job.state, job.leasing?.notReturned]).toEqual(['cancelled', []]);
});

test('returning can be given up without a network, and says what stays hidden', async () => {
  const scene = await setting();
  const job = copyAll(scene);
  await until(() => job.counts.done >= 4);
  scene.plug.pull();
  job.cancel();
  await until(() => job.state === 'returning');
  const { messages } = job.leasedNow();
  job.abandon();
  await job.finished;
  expect([job.state, job.leasing?.returned, job.leasing?.notReturned.length]).toEqual(['cancelled', 0, messages]);
});

test('a service of this machine is worked on while the browser is offline', async () => {
  const scene = unpluggedScene({ isLocal: true });
  const from = await scene.fill('orders', TEXTS);
  scene.network.toldOffline();
  const job = startMessageJob({ from, wanted: 'all', name: 'Delete', work: deleteMessage });
  await job.finished;
  expect([job.state, job.counts.done]).toEqual(['done', MESSAGES]);
});

test('an export goes on with its file', async () => {
  const scene = await setting();
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const file = new Response(readable).text();
  scene.plug.pullAt(2, 'before');
  const job = startExport({ from: scene.from, wanted: 'all', stream: writable, format: 'jsonl' });
  await minuteWithout(scene, job);
  expect(textsIn(await file)).toEqual(TEXTS);
  expect(job.leasing).toMatchObject({ returned: MESSAGES, notReturned: [] });
});

test.each(['receiving', 'returning'])('a browse that is %s goes on when the network is back', async (phase) => {
  const scene = await setting();
  scene.plug.pullAt(phase === 'receiving' ? 2 : 10, 'before');
  const run = browseAll(scene.from, { visibilityTimeout: 120 });
  const seen: string[] = [];
  const ended = createDeferred();
  void (async () => {
    for await (const batch of run.batches()) seen.push(...batch);
    ended.resolve();
  })();
  await until(() => scene.network.loss() !== undefined);
  await scene.pass(60);
  expect(run.report.notReturned).toEqual([]);
  scene.plug.putBack();
  await ended.promise;
  expect([seen.length, run.report.returned, run.report.notReturned, run.report.lost]).toEqual([
    MESSAGES,
    MESSAGES,
    [],
    [],
  ]);
});

test('what is under way as the network goes is told from what was not sent', async () => {
  const scene = await setting();
  scene.plug.pull();
  const { account } = scene.to;
  const error = await account.sendMessage('target', { text: 'a' }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(UnreachableError);
  expect(error).toMatchObject({ notSent: true, ambiguous: false });
});
