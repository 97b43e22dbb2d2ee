import type { Faults } from '@/sandbox/faults';
import { createRandom } from '@/sandbox/random';
import { browseAll } from './browse';
import { type BulkScene, bulkScene, numbered } from './bulk.fixture';
import { changeText } from './change-text';
import { copyMessage } from './copy-message';
import { deleteMessage } from './delete-message';
import { startImport } from './import-messages';
import type { Job } from './job';
import type { LeasingReport } from './leasing-report';
import type { Loan } from './loan';
import { startMessageJob } from './message-job';
import { moveMessage } from './move-message';
import type { Outcome, OutcomeKind, Work } from './outcome';
import type { Place } from './place';
import { poisonParent } from './poison-queue';

export const FAULTED = ['browse', 'move', 'redrive', 'copy', 'delete', 'change', 'import'] as const;
export type Faulted = (typeof FAULTED)[number];

/** What goes wrong: shares as in `Faults`, and what happens besides. */
export type Trouble = Partial<Faults> & {
  /** Share of outcomes after which the device sleeps until all leases are over. */
  sleeps?: number;
  /** Share of outcomes after which, the device having slept, another receiver is handed some messages. */
  stolen?: number;
};

export type Verdict = {
  operation: Faulted;
  messages: number;
  counts: Partial<Record<OutcomeKind, number>>;
  /** Copies more than there should be; each of them was reported. */
  duplicates: number;
  state: string;
  /** What was lost, duplicated or deleted without being reported, as sentences. Empty when all is well. */
  violations: string[];
};

/** Seconds. */
const LEASE = 30;
const STOLEN_LEASE = 5;

/** Does one operation with everything going wrong, then holds what is in the queues against what was reported. */
export async function runFaultScenario({
  operation,
  trouble,
  messages,
  seed,
  concurrency = 8,
}: {
  operation: Faulted;
  trouble: Trouble;
  messages: number;
  seed: number;
  concurrency?: number;
}): Promise<Verdict> {
  const scene = bulkScene(seed);
  const texts = numbered(messages);
  const from = await scene.fill('orders-poison', operation === 'import' ? [] : texts);
  // A redrive goes to another account, whose answers get lost as well.
  const far = operation === 'redrive' ? bulkScene(seed + 1) : scene;
  const to = await far.fill(poisonParent(from.queue) ?? '', 0);
  for (const { sandbox } of [scene, far]) sandbox.setFaults(trouble);
  const disturb = disturber(scene, from, trouble, seed);

  const reported = new Map<string, Outcome>();
  const textOf = new Map(scene.sandbox.snapshot([from.queue]).queues[0]?.messages.map(({ id, text }) => [id, text]));
  const result = await carryOut(operation, { from, to, texts, textOf, reported, disturb, concurrency });
  for (const { sandbox } of [scene, far])
    sandbox.setFaults({ lostBefore: 0, lostAfter: 0, busy: 0, serverErrors: 0, truncated: 0, latency: 0 });

  const check = CHECKS[operation];
  const [left, arrived] = [scene.countsIn(from.queue), far.countsIn(to.queue)];
  const violations = texts.flatMap((text) => {
    const kind = reported.get(text)?.kind;
    const found = {
      source: left.get(text) ?? 0,
      target: arrived.get(text) ?? 0,
      changed: left.get(changed(text)) ?? 0,
    };
    return check(kind, found) ? [] : [`${text}: ${kind ?? 'not reported'}, found ${JSON.stringify(found)}`];
  });
  const known = new Set(texts.flatMap((text) => [text, changed(text)]));
  for (const text of [...left.keys(), ...arrived.keys()])
    if (!known.has(text)) violations.push(`${text} was never there`);
  // What another receiver was handed is its own business.
  scene.clock.advance((STOLEN_LEASE + 1) * 1000);
  if (result.leasing) violations.push(...hiddenUnreported(scene, from, result.leasing));

  const counts: Verdict['counts'] = {};
  for (const { kind } of reported.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  const expected = operation === 'copy' ? messages + (counts.done ?? 0) : messages;
  return {
    operation,
    messages,
    counts,
    duplicates: Math.max(0, sum(left) + sum(arrived) - expected),
    state: result.state,
    violations,
  };
}

const sum = (all: Map<string, number>) => [...all.values()].reduce((one, other) => one + other, 0);

type Found = { source: number; target: number; changed: number };

/** Whether what is found agrees with what was reported. Nothing reported means that the message was not reached. */
const CHECKS: Record<Faulted, (kind: OutcomeKind | undefined, found: Found) => boolean> = {
  browse: (_, { source, target }) => source === 1 && target === 0,
  move: moved,
  redrive: moved,
  copy(kind, { source, target }) {
    if (source !== 1) return false;
    if (kind === 'done') return target === 1;
    return kind === 'maybeTwice' ? target <= 1 : target === 0;
  },
  delete(kind, { source }) {
    if (kind === 'done') return source === 0;
    return kind === 'maybeDone' ? source <= 1 : source === 1;
  },
  change(kind, { source, changed: after }) {
    if (source + after !== 1) return false;
    if (kind === 'done') return after === 1;
    return kind === 'maybeDone' || source === 1;
  },
  import(kind, { target }) {
    if (kind === 'done') return target === 1;
    return kind === 'maybeDone' ? target <= 1 : target === 0;
  },
};

function moved(kind: OutcomeKind | undefined, { source, target }: Found): boolean {
  if (kind === 'done') return source === 0 && target === 1;
  if (kind === 'inBoth') return source === 1 && target === 1;
  if (kind === 'maybeTwice') return source <= 1 && target <= 1 && source + target >= 1;
  return source === 1 && target === 0;
}

type Scene = {
  from: Place;
  to: Place;
  texts: readonly string[];
  /** By id, before the operation. */
  textOf: ReadonlyMap<string, string>;
  reported: Map<string, Outcome>;
  disturb: () => Promise<void>;
  concurrency: number;
};
type Result = { state: string; leasing: LeasingReport | undefined };

async function carryOut(operation: Faulted, scene: Scene): Promise<Result> {
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

const changed = (text: string) => text.replace('message', 'changed');

async function work<Value>(scene: Scene, doWork: Work<Loan, Value>): Promise<Result> {
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
    onOutcome: (outcome) => reported.set(textOf.get(outcome.item.id) ?? '', outcome),
  });
  return ended(job);
}

async function importAll({ to, texts, reported, disturb, concurrency }: Scene): Promise<Result> {
  const file = new Blob(texts.map((text) => `${JSON.stringify({ text })}\n`));
  const job = startImport(file, to, {
    concurrency,
    onOutcome: (outcome) => {
      reported.set('draft' in outcome.item ? outcome.item.draft.text : '', outcome);
      void disturb();
    },
  });
  return ended(job);
}

async function browse({ from, reported, disturb, concurrency }: Scene): Promise<Result> {
  const run = browseAll(from, { visibilityTimeout: LEASE, concurrency });
  let state = 'done';
  try {
    for await (const batch of run.batches()) {
      for (const message of batch) reported.set(message.text, { item: message, kind: 'done' });
      await disturb();
    }
  } catch {
    state = 'failed';
  }
  return { state, leasing: run.report };
}

async function ended<Item, Value>(job: Job<Item, Value>): Promise<Result> {
  await job.finished;
  return { state: job.state, leasing: job.leasing };
}

/** Now and then the device sleeps over the end of all leases, and then another receiver may be first. */
function disturber(
  { clock }: BulkScene,
  { account, queue }: Place,
  { sleeps = 0, stolen = 0 }: Trouble,
  seed: number,
): () => Promise<void> {
  const random = createRandom(seed + 3);
  return async () => {
    const share = random.share();
    if (share >= sleeps + stolen) return;
    clock.advance((LEASE + 1) * 1000);
    if (share < stolen)
      await account.receiveMessages(queue, { count: 3, visibilityTimeout: STOLEN_LEASE }).catch(() => []);
  };
}

/** Messages that are hidden although nothing was said of them. */
function hiddenUnreported({ sandbox, clock }: BulkScene, { queue }: Place, report: LeasingReport): string[] {
  const said = new Set([...report.notReturned.map(({ id }) => id), ...report.lost]);
  const hidden = (sandbox.snapshot([queue]).queues[0]?.messages ?? []).filter(
    ({ visibleAt, id }) => visibleAt > clock.now() && !said.has(id),
  );
  const maybe = report.maybeHidden.reduce((all, { messages }) => all + messages, 0);
  return hidden.length <= maybe ? [] : [`${hidden.length} hidden, and at most ${maybe} were said to be`];
}

const kinds = ['lostBefore', 'lostAfter', 'busy', 'serverErrors', 'truncated'] as const;

/** Each kind of trouble alone, and all together, with shares that add up to `share`. */
export const troublesAt = (share: number): [name: string, trouble: Trouble][] => [
  ...kinds.map((kind): [string, Trouble] => [kind, { [kind]: share }]),
  ['sleeps', { sleeps: share / 10 }],
  ['stolen', { stolen: share / 10 }],
  [
    'everything',
    {
      ...Object.fromEntries(kinds.map((kind) => [kind, share / kinds.length])),
      sleeps: share / 20,
      stolen: share / 20,
    },
  ],
];
