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
import { moveMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { browseAll } from './browse';
import { startExport } from './export-job';
import { startImport } from './import-messages';
import type { Job } from './job';
import { startMessageJob } from './message-job';
import { startJob } from './start-job';

/** What is done while everything goes wrong. */
export const FAULTED = [
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
export type Faulted = (typeof FAULTED)[number];

/** What begins with an empty queue. */
export const beginsEmpty = (operation: Faulted): boolean => operation === 'import' || operation === 'addAgain';

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

/** Does it, and tells what was reported of each text. */
export async function carryOut(operation: Faulted, scene: FaultedScene): Promise<FaultedResult> {
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
      return work(
        scene,
        'Move',
        moveMessage(scene.to, (text) => ({ text: changed(text) })),
      );
    case 'copy':
      return work(scene, 'Copy', copyMessage(scene.to));
    case 'delete':
      return work(scene, 'Delete', deleteMessage);
    case 'visibility':
      return work(scene, 'Set visibility', setVisibility(HIDDEN_FOR));
    case 'change':
      return work(
        scene,
        'Change text',
        changeText((text) => ({ text: changed(text) })),
      );
  }
}

/** What `change` and `changeAndMove` make of a text. */
export const changed = (text: string) => text.replace('message', 'changed');

async function work<Value>(
  { from, textOf, concurrency, reported, disturb }: FaultedScene,
  name: string,
  doWork: Work<LeaseHandle, Value> & Planned,
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
