import type { Account } from '@/azure/protocol/model';
import type { Random } from '@/sandbox/random';
import { startExport } from '../jobs/export-job';
import type { Job } from '../jobs/job';
import { type Foreseen, startMessageJob } from '../jobs/message-job';
import type { Judge } from '../leasing/leasing';
import { returnedAtATime } from '../leasing/return-all';
import { each } from '../requests/each';
import type { QueueTarget } from '../requests/queue-target';
import { createRequestMeter } from '../requests/request-meter';
import { changeText } from '../work/change-text';
import { copyMessage } from '../work/copy-message';
import { deleteMessage } from '../work/delete-message';
import { moveMessage } from '../work/move-message';
import type { JobPlan } from './forecast';
import { countedTarget, noRequests, type RequestCounts, type Simulation, sumOfRequests } from './simulation.fixture';
import type { Steps } from './steps';

/** What is done to the chosen messages of a queue. */
export type Doing = 'delete' | 'move' | 'change' | 'changeAndMove' | 'copy' | 'export';

export type Situation = {
  doing: Doing;
  /** Messages in the queue. */
  messages: number;
  /** Every so many from the front one is chosen, `chosen` in all; undefined for the whole queue. */
  chosen: number | undefined;
  /** True when a filter takes the chosen ones, so that the whole queue is walked. */
  isFiltered?: boolean;
  /** Messages worked on at a time, 1 to 128. */
  concurrency?: number;
  /** Messages begun a second at most. */
  perSecond?: number;
  /** Messages returned at a time, 1 to 128; as `returnedAtATime` finds right by default. */
  returnedAtATime?: number;
  /** Messages at the front that a person has leased before. */
  held?: number;
};

export type Measured = {
  counts: RequestCounts;
  requests: number;
  fewest: number;
  seconds: number;
  /** What is wrong with the queues afterwards, as sentences. */
  violations: string[];
};

const TARGET = 'target';
const SOURCE = 'source';
const textOf = (index: number) => `message ${String(index).padStart(5, '0')}`;
const changedText = (text: string) => text.replace('message', 'changed');

/** Numbers of the chosen messages from the front, 0 is the first. */
function chosenAt({ messages, chosen }: Situation): number[] {
  const number = chosen ?? messages;
  return Array.from({ length: number }, (_, index) => Math.floor(((index + 0.5) * messages) / number));
}

/** Requests for one chosen message at the fewest, with its return where it stays. */
const EACH: Record<Doing, number> = { delete: 1, move: 2, change: 1, changeAndMove: 2, copy: 2, export: 1 };
/** So many messages go back one by one in their order, each after those before it and so apart from its change. */
const CHANGED_IN_ORDER = 2;

/**
 * The fewest requests that the protocol allows: receives of 32 to the last chosen message, or to the empty answer that ends a
 * whole queue; one return for each message that is only passed, and what the chosen ones need.
 */
export function fewestRequests(situation: Situation): number {
  const { messages, chosen, doing, held = 0, isFiltered = false } = situation;
  const at = chosenAt(situation);
  const toFind = at.filter((index) => index >= held);
  const isWhole = chosen === undefined || isFiltered;
  const reach = isWhole ? messages - held : Math.max(0, (toFind.at(-1) ?? held - 1) + 1 - held);
  const receives = Math.ceil(reach / 32) + (isWhole ? 1 : 0);
  const received = Math.min(messages - held, receives * 32);
  // A person's messages that stay need no return.
  const stays = doing === 'copy' || doing === 'export' ? at.length - toFind.length : 0;
  const isInOrder = (situation.returnedAtATime ?? returnedAtATime(received)) === 1;
  const requests = doing === 'change' && isInOrder ? CHANGED_IN_ORDER : EACH[doing];
  return receives + (received - toFind.length) + at.length * requests - stays;
}

const STEPS: Record<Doing, Steps> = {
  delete: ['delete'],
  move: ['send', 'delete'],
  change: ['change'],
  changeAndMove: ['change', 'send', 'delete'],
  copy: ['send'],
  export: ['write'],
};

/** The plan of a situation, as the page knows it before the job begins. */
export function planOf(situation: Situation, latency: number): JobPlan {
  const { doing, messages, chosen, held = 0, concurrency = 8, perSecond, isFiltered = false } = situation;
  const toFind = chosenAt(situation).filter((index) => index >= held);
  return {
    steps: STEPS[doing],
    isWhole: chosen === undefined || isFiltered,
    inHand: (chosen ?? messages) - toFind.length,
    toFind: isFiltered ? messages - held : toFind.length,
    ...(isFiltered && { matching: { least: 0, most: messages - held, likely: toFind.length } }),
    reach: (toFind.at(-1) ?? held - 1) + 1 - held,
    visible: messages - held,
    concurrency: doing === 'export' ? 1 : concurrency,
    perSecond,
    returnedAtATime: (received) => situation.returnedAtATime ?? returnedAtATime(received),
    roundTrip: latency,
  };
}

// Even, since the clock shows whole milliseconds and a half of each is before the answer.
const LATENCIES = [10, 20, 50, 100, 300];

/** A situation of up to `most` messages, and ms of a request. */
export function randomSituation(random: Random, most: number): { situation: Situation; latency: number } {
  const drawn = <Item>(all: readonly Item[]): Item => all[Math.floor(random.share() * all.length)] as Item;
  const doing = drawn(Object.keys(STEPS) as Doing[]);
  const messages = 1 + Math.floor(random.share() * most);
  const isWhole = doing === 'export' || random.share() < 0.3;
  const chosen = isWhole ? undefined : 1 + Math.floor(random.share() * messages);
  const held = random.share() < 0.3 ? Math.floor(random.share() * messages) : 0;
  const perSecond = random.share() < 0.2 ? 1 + Math.floor(random.share() * 20) : undefined;
  return {
    situation: {
      doing,
      messages,
      chosen,
      held,
      concurrency: drawn([1, 4, 8, 16]),
      ...(chosen !== undefined && random.share() < 0.3 && { isFiltered: true }),
      ...(perSecond !== undefined && doing !== 'export' && { perSecond }),
      ...(random.share() < 0.5 && { returnedAtATime: 24 }),
    },
    latency: drawn(LATENCIES),
  };
}

/** Fills the queues of a situation, and tells the ids from the front. */
export async function fill(
  account: Account,
  { messages }: Situation,
  [source, target] = [SOURCE, TARGET],
): Promise<string[]> {
  for (const queue of [source, target]) await account.createQueue(queue);
  const ids: string[] = [];
  await each(
    Array.from({ length: messages }, (_, index) => index),
    1,
    async (index) => ids.push((await account.sendMessage(source, { text: textOf(index) })).id),
  );
  return ids;
}

type Carried = {
  from: QueueTarget;
  to: QueueTarget;
  ids: readonly string[];
  /** What the page knows of the messages; nothing by default. */
  foreseen?: Foreseen | undefined;
  /** True for a job that is cancelled on its way. */
  isCancelled?: boolean;
  /** Called with the job once it has begun. */
  begun?: (job: Job) => void;
};

/** Does what a situation says as the page does it, one job after the other. */
export async function carryOut(
  situation: Situation,
  { from, to, ids, foreseen, isCancelled = false, begun = () => {} }: Carried,
): Promise<void> {
  const {
    doing,
    chosen,
    messages,
    concurrency = 8,
    perSecond,
    returnedAtATime: atATime,
    isFiltered = false,
  } = situation;
  const ofChosen = new Set(chosenAt(situation).map((index) => ids[index] ?? ''));
  const judge: Judge = async (candidates) => ({
    wanted: new Set(candidates.map(({ message }) => message.id).filter((id) => ofChosen.has(id))),
    untested: new Map(),
  });
  const wanted = chosen === undefined ? 'all' : isFiltered ? judge : ofChosen;
  const reach = (chosenAt(situation).at(-1) ?? 0) + 1;
  const meter = createRequestMeter();
  const target = meter.target(to);
  const pace = {
    from,
    meter,
    foreseen,
    wanted,
    concurrency,
    total: isFiltered ? messages : (chosen ?? messages),
    // As a dialog limits a search.
    ...(chosen !== undefined &&
      !isFiltered && { cap: Math.max(320, 2 * chosen, Math.ceil(reach * 1.1), Math.min(messages, 1000)) }),
    ...(perSecond !== undefined && { perSecond }),
    ...(atATime !== undefined && { returnedAtATime: atATime }),
  } as const;
  const change = changeText((text) => ({ text: changedText(text) }));
  const toEnd = <Item, Value>(job: Job<Item, Value>): Promise<void> => {
    begun(job);
    return isCancelled ? job.finished : ended(job);
  };
  switch (doing) {
    case 'delete':
      return toEnd(startMessageJob({ ...pace, name: 'Delete', work: deleteMessage }));
    case 'move':
      return toEnd(startMessageJob({ ...pace, name: 'Move', work: moveMessage(target) }));
    case 'copy':
      return toEnd(startMessageJob({ ...pace, name: 'Copy', work: copyMessage(target) }));
    case 'change':
      return toEnd(startMessageJob({ ...pace, name: 'Change text', work: change }));
    case 'changeAndMove':
      return toEnd(
        startMessageJob({
          ...pace,
          name: 'Redrive',
          work: moveMessage(target, (text) => ({ text: changedText(text) })),
        }),
      );
    case 'export':
      return toEnd(
        startExport({
          from,
          wanted: 'all',
          stream: new WritableStream(),
          format: 'jsonl',
          total: messages,
          returnedAtATime: atATime,
          foreseen,
        }),
      );
  }
}

async function ended<Item, Value>(job: Job<Item, Value>): Promise<void> {
  await job.finished;
  if (job.state !== 'done' || job.outcomes.length > 0) throw new Error(JSON.stringify(job.report()));
}

/** Carries a situation out in simulated time, and holds what is in the queues against what should be. */
export async function simulate(
  simulation: Simulation,
  situation: Situation,
  {
    foreseen,
    told = () => {},
    isCancelled = false,
  }: { foreseen?: Foreseen; told?: (job: Job) => void; isCancelled?: boolean } = {},
): Promise<Measured> {
  const { account, targetOf, now, run, sandbox } = simulation;
  const { latency } = sandbox.faults;
  sandbox.setFaults({ latency: 0 });
  const ids = await run(fill(account, situation));
  const { held = 0 } = situation;
  const source = targetOf(SOURCE);
  for (let left = held; left > 0; left -= 32) {
    await run(source.account.receiveMessages(SOURCE, { count: Math.min(32, left), visibilityTimeout: 86_400 }));
  }
  sandbox.setFaults({ latency });
  const counts = noRequests();
  let job: Job | undefined;
  const tell = () => job && told(job);
  const from = countedTarget(source, counts, tell);
  const to = countedTarget(targetOf(TARGET), counts, tell);
  const began = now();
  await run(carryOut(situation, { from, to, ids, foreseen, isCancelled, begun: (begun) => void (job = begun) }));
  const seconds = (now() - began) / 1000;
  return {
    counts,
    requests: sumOfRequests(counts),
    fewest: fewestRequests(situation),
    seconds,
    violations: violationsIn(simulation, situation),
  };
}

function violationsIn({ sandbox, now }: Simulation, situation: Situation): string[] {
  const { doing, messages, held = 0 } = situation;
  const [source, target] = sandbox.snapshot([SOURCE, TARGET]).queues.map((queue) => queue.messages);
  const chosen = new Set(chosenAt(situation).map(textOf));
  const all = Array.from({ length: messages }, (_, index) => textOf(index));
  const changes = doing === 'change' || doing === 'changeAndMove';
  const moves = doing === 'move' || doing === 'changeAndMove';
  const outOf = moves || doing === 'delete';
  const changed = (text: string) => (changes && chosen.has(text) ? changedText(text) : text);
  const stays = all.filter((text) => !(outOf && chosen.has(text))).map(changed);
  const arrives = moves || doing === 'copy' ? [...chosen].map(changed) : [];
  const violations: string[] = [];
  for (const [name, found, expected] of [
    ['source', source, stays],
    ['target', target, arrives],
  ] as const) {
    const texts = (found ?? []).map(({ text }) => text).toSorted();
    if (texts.join('\n') !== expected.toSorted().join('\n'))
      violations.push(`${name}: ${texts.length} messages, and ${expected.length} or other texts expected`);
  }
  for (const { text, visibleAt, dequeueCount, sequence } of source ?? []) {
    const isHeld = sequence <= held;
    if (!isHeld && visibleAt > now()) violations.push(`${text} is hidden`);
    if (dequeueCount > 1) violations.push(`${text} was received ${dequeueCount} times`);
  }
  return violations;
}
