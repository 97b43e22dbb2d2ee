import type { SentMessage } from '@/azure/protocol/model';
import { nextTask } from '@/bulk/requests/next-task';
import { recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';
import { createClock } from '@/sandbox/clock';
import { connectTo, START } from '@/sandbox/open-sandbox.fixture';
import { createSandbox } from '@/sandbox/service';
import { decodeJournal } from '../journal/codec';
import type { Journal, JournalEvent, JournalHead, JournalKind, JournalStorage } from '../journal/journal';
import { createJournalWriter, type JournalWriter } from '../journal/journal-writer';
import { journaledTarget } from '../journal/journaled-target';
import type { LeaseHandle } from '../leasing/lease-handle';
import type { Planned } from '../planning/steps';
import type { Outcome, OutcomeKind, Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { addAgain } from '../work/add-message';
import { changeText } from '../work/change-text';
import { clearQueue } from '../work/clear-queue';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { moveMessage, requeueMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { undoMove } from '../work/undo-move';
import { continuationOf, continueMessageJob } from './continue-job';
import { startExport } from './export-job';
import { startImport } from './import-messages';
import type { Job } from './job';
import { startMessageJob } from './message-job';
import { startJob } from './start-job';

export const SOURCE = 'orders-poison';
export const TARGET = 'orders';
/** Seconds that `visibility` hides messages for. */
export const HIDDEN_FOR = 400_000;
const AT_A_TIME = 2;

/** A request or a write of a journal at which everything stops: before it is carried out, or before its answer. */
export type Stop = { at: number; isCarriedOut: boolean };

/** One visit of the page: what it sends and writes passes here, until it is stopped. */
class Visit {
  steps = 0;
  #stop: Stop | undefined;
  #isDead = false;
  readonly stopped: Promise<void>;
  #die = () => {};

  constructor(stop?: Stop) {
    this.#stop = stop;
    this.stopped = new Promise((resolve) => (this.#die = resolve));
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Carries out one step, unless everything stops at it. */
  async step<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#isDead) return never();
    const isLast = ++this.steps === this.#stop?.at;
    if (isLast) this.#isDead = true;
    const isDone = !isLast || this.#stop?.isCarriedOut;
    const result = isDone ? await call().then(...settledAs<Result>()) : undefined;
    if (this.#isDead) this.#die();
    if (this.#isDead || !result) return never();
    return result.get();
  }

  /** Nothing of a page goes on that is gone. */
  async wait(call: () => void): Promise<void> {
    await nextTask();
    if (this.#isDead) return never();
    call();
  }
}

const never = () => new Promise<never>(() => {});
type Settled<Result> = { get: () => Result };
const settledAs = <Result>(): [(result: Result) => Settled<Result>, (error: unknown) => Settled<Result>] => [
  (result) => ({ get: () => result }),
  (error) => ({
    get: () => {
      throw error;
    },
  }),
];

/** The bytes of one journal, as a device keeps them. */
export type StoredJournal = { head: string | undefined; parts: string[] };

/** A sandbox and a device with one journal, which several visits use. */
export function createWorld(seed = 1) {
  const clock = createClock({ startsAt: START, paused: true });
  const sandbox = createSandbox({ clock, seed });
  const stored: StoredJournal = { head: undefined, parts: [] };

  /** A new page, which knows nothing. */
  function visit(stop?: Stop) {
    const page = new Visit(stop);
    const records = createRecords();
    // A timer of the page moves the clock: short waits are over at once, and renewals never are.
    const delay = (milliseconds: number) =>
      milliseconds > 10_000 ? never() : page.wait(() => clock.advance(milliseconds));
    const wire = {
      ...sandbox,
      fetch: (...args: Parameters<typeof sandbox.fetch>) => page.step(() => sandbox.fetch(...args)),
    };
    const account = recordedAccount(connectTo(wire, { now: clock.now, delay }), records, clock.now);
    const storage: JournalStorage = {
      begin: (_id, head) => page.step(async () => void (stored.head = head)),
      append: (_id, part, text) => page.step(async () => void (stored.parts[part - 1] = text)),
      forget: async () => void ((stored.head = undefined), (stored.parts = [])),
    };
    const targetOf = (queue: string): QueueTarget => ({
      account,
      queue,
      records: records.of({ connectionId: account.id, queue }),
      now: clock.now,
      delay,
    });
    return { page, storage, targetOf, connectionId: account.id };
  }

  const messagesIn = (queue: string) => sandbox.snapshot([queue]).queues[0]?.messages ?? [];
  return { clock, sandbox, stored, visit, messagesIn };
}
export type World = ReturnType<typeof createWorld>;
export type Opened = ReturnType<World['visit']>;

/** A fingerprint that a test can read. */
const fingerprint = async (text: string): Promise<string> => `${text.length}:${hashOf(text)}`;
function hashOf(text: string): string {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}

export const changed = (text: string): string => `changed ${text}`;

/** What one kind of job does, and how it is noted. */
export type Doing = {
  kind: JournalKind;
  isWhole: boolean;
  work: (targets: Targets) => AnyWork;
};
type AnyWork = Work<LeaseHandle> & Planned;
const any = <Value>(work: Work<LeaseHandle, Value> & Planned) => work as unknown as AnyWork;
type Targets = { from: QueueTarget; to: QueueTarget };

const change = (text: string) => ({ text: text.startsWith('changed') ? text : changed(text) });

/** The kinds of work on messages, each with a chosen part of a queue and all of it where both can be. */
export const ON_MESSAGES: Record<string, Doing> = {
  'move all': { kind: 'move', isWhole: true, work: ({ to }) => any(moveMessage(to)) },
  'redrive chosen': { kind: 'redrive', isWhole: false, work: ({ to }) => any(moveMessage(to)) },
  'change and redrive all': { kind: 'redrive', isWhole: true, work: ({ to }) => any(moveMessage(to, change)) },
  'requeue all': { kind: 'requeue', isWhole: true, work: ({ from }) => any(requeueMessage(from, { isWhole: true })) },
  'requeue chosen': {
    kind: 'requeue',
    isWhole: false,
    work: ({ from }) => any(requeueMessage(from, { isWhole: false })),
  },
  'copy all': { kind: 'copy', isWhole: true, work: ({ to }) => any(copyMessage(to)) },
  'copy chosen': { kind: 'copy', isWhole: false, work: ({ to }) => any(copyMessage(to)) },
  'delete chosen': { kind: 'delete', isWhole: false, work: () => any(deleteMessage) },
  'change text of all': { kind: 'text', isWhole: true, work: () => any(changeText(change)) },
  'change text of chosen': { kind: 'text', isWhole: false, work: () => any(changeText(change)) },
  'hide all': { kind: 'visibility', isWhole: true, work: () => any(setVisibility(HIDDEN_FOR)) },
  'change and hide chosen': { kind: 'visibility', isWhole: false, work: () => any(setVisibility(HIDDEN_FOR, change)) },
};

export type Run = {
  job: Job;
  /** By key: what was reported. */
  outcomes: Map<string, OutcomeKind>;
};

type HeadParts = Pick<JournalHead, 'kind' | 'steps'> & Partial<JournalHead>;

/** A journal of this visit, and the queues as a job has them. */
function journaled(world: World, opened: Opened, parts: HeadParts) {
  const { connectionId, storage, targetOf } = opened;
  const isGoingOn = world.stored.head !== undefined;
  const head: JournalHead = {
    version: 1,
    id: 'a-job',
    noun: 'message',
    where: SOURCE,
    from: { connectionId, queue: SOURCE },
    startedAt: world.clock.now(),
    ...parts,
  };
  const journal = createJournalWriter(head, {
    storage,
    now: world.clock.now,
    fingerprint,
    ...(isGoingOn && { parts: world.stored.parts.length }),
  });
  if (isGoingOn) journal.note(['continued', world.clock.now()]);
  const copies = new Map<string, string>();
  const of = (queue: string) => journaledTarget(targetOf(queue), journal, copies);
  return { journal, from: of(SOURCE), to: of(TARGET) };
}

/** Notes the outcomes of a job, and forgets its journal at the end. */
function noteOutcomes(journal: JournalWriter, outcomes: Map<string, OutcomeKind>) {
  return <Item>(keyOf: (item: Item) => string) =>
    ({ item, kind }: Outcome<Item>) => {
      outcomes.set(keyOf(item), kind);
      journal.note(endedEvent(keyOf(item), kind));
    };
}
const endedEvent = (key: string, kind: OutcomeKind): JournalEvent => ['ended', key, kind, ''];

/** Begins work on messages. */
export function beginOnMessages(world: World, opened: Opened, doing: Doing, ids: readonly string[]): Run {
  const { kind, isWhole, work } = doing;
  const steps = work({ from: opened.targetOf(SOURCE), to: opened.targetOf(TARGET) }).steps ?? [];
  const { journal, from, to } = journaled(world, opened, {
    kind,
    steps,
    ...(isWhole ? { total: ids.length } : { ids }),
  });
  const outcomes = new Map<string, OutcomeKind>();
  const job = startMessageJob({
    name: 'Work',
    from,
    wanted: isWhole ? 'all' : new Set(ids),
    work: work({ from, to }),
    concurrency: AT_A_TIME,
    onOutcome: noteOutcomes(journal, outcomes)<LeaseHandle>(({ id }) => id),
  });
  return { job, outcomes };
}

/** Goes on with work on messages in another visit, from the journal alone. */
export function goOn(world: World, opened: Opened, doing: Doing): Run {
  const read = readJournal(world);
  const { head } = read;
  const { journal, from, to } = journaled(world, opened, head);
  const outcomes = new Map<string, OutcomeKind>();
  const job = continueMessageJob({
    name: 'Work',
    from,
    to: doing.kind === 'requeue' ? from : to,
    work: doing.work({ from, to }),
    continuation: continuationOf(read, world.clock.now()),
    concurrency: AT_A_TIME,
    fingerprint,
    onOutcome: noteOutcomes(journal, outcomes)<LeaseHandle>(({ id }) => id),
  });
  return { job, outcomes };
}

export const readJournal = ({ stored }: World): Journal => decodeJournal(stored.head, stored.parts);

/** The other kinds of jobs: what they work on has no lease, or no text that stays. */
export const OTHERS = ['undoMove', 'import', 'addAgain', 'clear', 'export'] as const;
export type Other = (typeof OTHERS)[number];

/** Begins one of the other kinds over these texts. */
export async function beginOther(
  world: World,
  opened: Opened,
  kind: Other,
  { texts, moved }: { texts: readonly string[]; moved: readonly { id: string; text: string; copy: SentMessage }[] },
): Promise<Run> {
  const outcomes = new Map<string, OutcomeKind>();
  if (kind === 'undoMove') {
    const ids = moved.map(({ copy }) => copy.id);
    const { journal, from, to } = journaled(world, opened, {
      kind,
      steps: ['send', 'delete'],
      ids,
      from: { connectionId: opened.connectionId, queue: TARGET },
    });
    const note = noteOutcomes(journal, outcomes);
    const job = startJob({
      source: moved,
      work: undoMove({ from, to }),
      concurrency: AT_A_TIME,
      onOutcome: note<{ copy: SentMessage }>(({ copy }) => copy.id),
    });
    return { job, outcomes };
  }
  if (kind === 'import') {
    const { journal, to } = journaled(world, opened, { kind, steps: ['send'], total: texts.length });
    const file = new Blob(texts.map((text) => `${JSON.stringify({ text })}\n`));
    const note = noteOutcomes(journal, outcomes);
    const job = startImport(file, to, { concurrency: AT_A_TIME, onOutcome: note(({ row }) => String(row)) });
    return { job, outcomes };
  }
  if (kind === 'addAgain') {
    const { journal, to } = journaled(world, opened, { kind, steps: ['send'], ids: texts });
    to.records.pin('deleted', { has: () => true });
    for (const text of texts) {
      const message = { id: text, text, insertedAt: new Date(0), expiresAt: null, dequeueCount: 0 };
      const evidence = () => to.records.answeredNow(to.records.tick(), 0, undefined);
      to.records.applyTo(text, { kind: 'peeked', message, evidence: evidence() });
      to.records.applyTo(text, { kind: 'deleted', evidence: evidence() });
    }
    const note = noteOutcomes(journal, outcomes);
    const job = startJob<{ id: string }, SentMessage>({
      source: texts.map((id) => ({ id })),
      work: addAgain(to),
      concurrency: AT_A_TIME,
      onOutcome: note(({ id }) => id),
    });
    return { job, outcomes };
  }
  if (kind === 'clear') {
    const ids = [SOURCE, TARGET];
    const { journal, from } = journaled(world, opened, { kind, noun: 'queue', steps: ['delete'], ids });
    const note = noteOutcomes(journal, outcomes);
    const job = startJob<string, never>({
      source: ids,
      work: clearQueue(from.account),
      concurrency: AT_A_TIME,
      onOutcome: note((queue) => queue),
    });
    return { job, outcomes };
  }
  const { journal, from } = journaled(world, opened, { kind, steps: ['write'], total: texts.length });
  const note = noteOutcomes(journal, outcomes);
  const job = startExport({
    from,
    wanted: 'all',
    stream: new WritableStream(),
    format: 'jsonl',
    onOutcome: note<{ id: string }>(({ id }) => id),
  });
  return { job, outcomes };
}
