import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { SentMessage } from '@/azure/protocol/model';
import type { LeaseHandle } from '../leasing/lease-handle';
import type { LeasingReport } from '../leasing/leasing-report';
import { type Planned, planned } from '../planning/steps';
import type { OutcomeKind, Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { addAgain } from '../work/add-message';
import { changeText } from '../work/change-text';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { receive } from '../work/lease-actions';
import { moveMessage, requeueMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { type MovedMessage, undoMove } from '../work/undo-move';
import { browseAll } from './browse';
import { startExport } from './export-job';
import { startImport } from './import-messages';
import type { Job } from './job';
import { type MessageJobOptions, startMessageJob } from './message-job';
import { startJob } from './start-job';
import type { FirstFile } from './write-first';

/** Work of one step, and the one that most people do. */
export const WORKS = [
  'browse',
  'move',
  'redrive',
  'changeAndMove',
  'copy',
  'delete',
  'change',
  'visibility',
  'import',
  'export',
  'addAgain',
] as const;
/** Work of several steps, and the undo of steps. */
export const PIPELINES = [
  'requeue',
  'copyChanged',
  'changeAndHide',
  'exportAndDelete',
  'exportChangeAndMove',
  'undoMove',
  'undoChangedMove',
  'undoChange',
] as const;
/** What is done while everything goes wrong. */
export const FAULTED = [...WORKS, ...PIPELINES] as const;
export type Faulted = (typeof FAULTED)[number];

/** What begins with an empty queue. */
export const beginsEmpty = (operation: Faulted): boolean => operation === 'import' || operation === 'addAgain';

/** What works on the messages of the queue that it writes to: others take from that one. */
export const takesFromTarget = (operation: Faulted): boolean =>
  operation === 'undoMove' || operation === 'undoChangedMove';

/** Seconds. */
export const LEASE = 30;
/** Seconds that `visibility` hides messages for: longer than all else that happens. */
export const HIDDEN_FOR = 400_000;

export type FaultedScene = {
  from: QueueTarget;
  to: QueueTarget;
  texts: readonly string[];
  /** By id, before the operation; of messages that were there. */
  textOf: ReadonlyMap<string, string>;
  /** By text. */
  reported: Map<string, OutcomeKind>;
  disturb: () => Promise<void>;
  concurrency: number;
};
/** `written` is the text of the file that was exported. */
export type FaultedResult = { state: string; leasing: LeasingReport | undefined; written?: string };

/** Does it, and tells what was reported of each text. What it needs to be done before is done without faults, where there are any. */
export const carryOut = async (operation: Faulted, scene: FaultedScene): Promise<FaultedResult> =>
  (await prepare(operation, scene))();

/** Does what has to be done before, and gives what is to be done while everything goes wrong. */
export async function prepare(operation: Faulted, scene: FaultedScene): Promise<() => Promise<FaultedResult>> {
  if (operation === 'undoMove') return undoing(scene, await moved(scene, moveMessage(scene.to)));
  if (operation === 'undoChangedMove') return undoing(scene, await moved(scene, moveMessage(scene.to, toChanged)));
  if (operation === 'undoChange') return unchanging(scene);
  return () => begin(operation, scene);
}

const PRELUDES = ['undoMove', 'undoChangedMove', 'undoChange'] as const satisfies readonly Faulted[];
type WithoutPrelude = Exclude<Faulted, (typeof PRELUDES)[number]>;

/** What undoes other work, which is done before without faults. */
export const hasPrelude = (operation: Faulted): boolean => PRELUDES.some((one) => one === operation);

async function begin(operation: WithoutPrelude, scene: FaultedScene): Promise<FaultedResult> {
  switch (operation) {
    case 'browse':
      return browse(scene);
    case 'import':
      return importAll(scene);
    case 'export':
      return exportAll(scene);
    case 'addAgain':
      return addAllAgain(scene);
    case 'move':
    case 'redrive':
      return work(scene, 'Move', moveMessage(scene.to));
    case 'changeAndMove':
      return work(scene, 'Move', moveMessage(scene.to, toChanged));
    case 'copy':
      return work(scene, 'Copy', copyMessage(scene.to));
    case 'delete':
      return work(scene, 'Delete', deleteMessage);
    case 'visibility':
      return work(scene, 'Set visibility', setVisibility(HIDDEN_FOR));
    case 'change':
      return work(scene, 'Change text', changeText(toChanged));
    case 'requeue':
      return work(scene, 'Requeue', requeueMessage(scene.from, { isWhole: true }));
    case 'copyChanged':
      return work(scene, 'Copy', copyMessage(scene.to, toChanged));
    case 'changeAndHide':
      return work(scene, 'Change and hide', setVisibility(HIDDEN_FOR, toChanged));
    case 'exportAndDelete':
      return withFile((file) => work(scene, 'Delete', deleteMessage, { file }));
    case 'exportChangeAndMove':
      return withFile((file) => work(scene, 'Move', moveMessage(scene.to, toChanged), { file }));
  }
}

/** What a change makes of a text. */
export const changed = (text: string) => text.replace('message', 'changed');
const toChanged = (text: string) => ({ text: changed(text) });
const toUnchanged = (text: string) => ({ text: text.replace('changed', 'message') });

/** A job that writes a file before it does anything else, and the file. */
async function withFile(run: (file: FirstFile) => Promise<FaultedResult>): Promise<FaultedResult> {
  const utf8 = new TextDecoder();
  let written = '';
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (piece) => void (written += utf8.decode(piece, { stream: true })),
  });
  const result = await run({ format: 'jsonl', stream });
  return { ...result, written };
}

/** Moves all messages, without faults; gives what an undo needs. */
async function moved({ from }: FaultedScene, doWork: Work<LeaseHandle, SentMessage>): Promise<MovedMessage[]> {
  const all: MovedMessage[] = [];
  await startMessageJob<SentMessage>({
    from,
    name: 'Move',
    wanted: 'all',
    work: doWork,
    onOutcome: ({ item, copied, value }) => {
      if (copied && value) all.push({ id: item.id, ...copied, copy: value });
    },
  }).finished;
  return all;
}

/** Undoes a move, as its report offers. */
const undoing = (
  { from, to, textOf, concurrency, reported, disturb }: FaultedScene,
  items: readonly MovedMessage[],
): (() => Promise<FaultedResult>) => {
  const undo = undoMove({ from, to });
  return () =>
    ended(
      startJob<MovedMessage, SentMessage>({
        source: items,
        work: async (item, previous) => {
          const outcome = await undo(item, previous);
          await disturb();
          return outcome;
        },
        concurrency,
        total: items.length,
        key: ({ id }) => id,
        name: ({ id }) => id,
        onOutcome: ({ item, kind }) => reported.set(textOf.get(item.id) ?? '', kind),
        ...(from.now && { now: from.now }),
        ...(from.delay && { delay: from.delay }),
      }),
    );
};

/** Leases all messages as a person does and changes their texts; the undo writes the old ones again, as its report offers. */
async function unchanging(scene: FaultedScene): Promise<() => Promise<FaultedResult>> {
  const { from } = scene;
  let received = 0;
  do received = (await receive(from, { count: MOST_MESSAGES, visibilityTimeout: LEASE })).length;
  while (received > 0);
  const held = { wanted: new Set([...from.records.leased()].map(({ id }) => id)), cap: 0 };
  await startMessageJob({ from, name: 'Change text', work: changeText(toChanged), ...held }).finished;
  return () => work(scene, 'Undo', changeText(toUnchanged), held);
}

async function work<Value>(
  { from, textOf, concurrency, reported, disturb }: FaultedScene,
  name: string,
  doWork: Work<LeaseHandle, Value> & Planned,
  options: Partial<Pick<MessageJobOptions<Value>, 'file' | 'wanted' | 'cap'>> = {},
): Promise<FaultedResult> {
  const disturbed: Work<LeaseHandle, Value> = async (handle, previous) => {
    const outcome = await doWork(handle, previous);
    await disturb();
    return outcome;
  };
  const job = startMessageJob<Value>({
    from,
    name,
    concurrency,
    wanted: 'all',
    visibilityTimeout: LEASE,
    // In their order they are returned one by one, and otherwise also by the change of their text.
    ...(name === 'Move' ? {} : { returnedAtATime: concurrency }),
    work: planned(doWork.steps ?? [], disturbed),
    ...options,
    onOutcome: (outcome) => reported.set(textOf.get(outcome.item.id) ?? '', outcome.kind),
  });
  return ended(job);
}

async function importAll({ to, texts, reported, disturb, concurrency }: FaultedScene): Promise<FaultedResult> {
  const file = new Blob(texts.map((text) => `${JSON.stringify({ text })}\n`));
  const job = startImport(file, to, {
    concurrency,
    onOutcome: (outcome) => {
      reported.set('draft' in outcome.item ? outcome.item.draft.text : '', outcome.kind);
      void disturb();
    },
  });
  return ended(job);
}

async function exportAll({ from, textOf, reported, disturb }: FaultedScene): Promise<FaultedResult> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const file = new Response(readable).text();
  const job = startExport({ from, wanted: 'all', stream: writable, format: 'jsonl' });
  job.subscribe(() => void disturb());
  const result = await ended(job);
  const written = await file;
  const texts = textsIn(written);
  if (texts.length !== job.counts.done) throw new Error(`${job.counts.done} done, and ${texts.length} in the file`);
  for (const text of texts) reported.set(text, 'done');
  for (const { item, kind } of job.outcomes) reported.set(textOf.get(item.id) ?? '', kind);
  return { ...result, written };
}

/** Of messages that were deleted here, as their records tell. */
async function addAllAgain({ from, texts, reported, disturb, concurrency }: FaultedScene): Promise<FaultedResult> {
  const { records } = from;
  const evidence = records.answeredNow(records.tick(), 0, undefined);
  const deleted = records.answeredNow(records.tick(), 0, undefined);
  records.pin('deleted', { has: () => true });
  for (const text of texts) {
    const message = { id: text, text, insertedAt: new Date(0), expiresAt: null, dequeueCount: 0 };
    records.applyTo(text, { kind: 'peeked', message, evidence });
    records.applyTo(text, { kind: 'deleted', evidence: deleted });
  }
  const job = startJob<{ id: string }, SentMessage>({
    source: texts.map((text) => ({ id: text })),
    work: addAgain(from),
    concurrency,
    onOutcome: (outcome) => {
      reported.set(outcome.item.id, outcome.kind);
      void disturb();
    },
    ...(from.now && { now: from.now }),
    ...(from.delay && { delay: from.delay }),
  });
  return ended(job);
}

async function browse({ from, textOf, reported, disturb, concurrency }: FaultedScene): Promise<FaultedResult> {
  const run = browseAll(from, { visibilityTimeout: LEASE, returnedAtATime: concurrency });
  let state = 'done';
  try {
    for await (const batch of run.batches()) {
      for (const id of batch) reported.set(textOf.get(id) ?? '', 'done');
      await disturb();
    }
  } catch {
    state = 'failed';
  }
  return { state, leasing: run.report };
}

async function ended<Item, Value>(job: Job<Item, Value>): Promise<FaultedResult> {
  await job.finished;
  return { state: job.state, leasing: job.leasing };
}

/** Texts in an exported file, in its order. */
export const textsIn = (written: string): string[] =>
  written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);

/** How often each text is among these. */
export function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
