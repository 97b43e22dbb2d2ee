import { browseAll } from './browse';
import { changeText } from './change-text';
import { copyMessage } from './copy-message';
import { deleteMessage } from './delete-message';
import { startImport } from './import-messages';
import type { Job } from './job';
import type { LeasingReport } from './leasing-report';
import type { Loan } from './loan';
import { startMessageJob } from './message-job';
import { moveMessage } from './move-message';
import type { OutcomeKind, Work } from './outcome';
import type { Place } from './place';

/** What is done while everything goes wrong. */
export const FAULTED = ['browse', 'move', 'redrive', 'copy', 'delete', 'change', 'import'] as const;
export type Faulted = (typeof FAULTED)[number];

/** Seconds. */
export const LEASE = 30;

export type FaultedScene = {
  from: Place;
  to: Place;
  texts: readonly string[];
  /** By id, before the operation. */
  textOf: ReadonlyMap<string, string>;
  /** By text. */
  reported: Map<string, OutcomeKind>;
  disturb: () => Promise<void>;
  concurrency: number;
};
export type FaultedResult = { state: string; leasing: LeasingReport | undefined };

/** Does it, and tells what was reported of each text. */
export async function carryOut(operation: Faulted, scene: FaultedScene): Promise<FaultedResult> {
  switch (operation) {
    case 'browse':
      return browse(scene);
    case 'import':
      return importAll(scene);
    case 'move':
    case 'redrive':
      return work(scene, moveMessage(scene.to));
    case 'copy':
      return work(scene, copyMessage(scene.to));
    case 'delete':
      return work(scene, deleteMessage);
    case 'change':
      return work(
        scene,
        changeText((text) => ({ text: changed(text) })),
      );
  }
}

/** What `change` makes of a text. */
export const changed = (text: string) => text.replace('message', 'changed');

async function work<Value>(scene: FaultedScene, doWork: Work<Loan, Value>): Promise<FaultedResult> {
  const { from, to, textOf, concurrency, reported, disturb } = scene;
  const job = startMessageJob<Value>({
    from,
    to,
    concurrency,
    wanted: ({ text }) => text.startsWith('message'),
    visibilityTimeout: LEASE,
    work: async (loan, previous) => {
      const outcome = await doWork(loan, previous);
      await disturb();
      return outcome;
    },
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

async function browse({ from, reported, disturb, concurrency }: FaultedScene): Promise<FaultedResult> {
  const run = browseAll(from, { visibilityTimeout: LEASE, concurrency });
  let state = 'done';
  try {
    for await (const batch of run.batches()) {
      for (const message of batch) reported.set(message.text, 'done');
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
