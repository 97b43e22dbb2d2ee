import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { type Claim, certainMessage, type MessageRecord } from '@/messages/record';
import type { JournaledLease } from '../journal/journal';
import { LeaseHandle } from '../leasing/lease-handle';
import { type Candidate, type Judge, type LeaseOptions, type LeasePlan, leaseMatching } from '../leasing/leasing';
import { returnedAtATime } from '../leasing/return-all';
import { type JobPlan, planLease } from '../planning/forecast';
import { isWrittenFirst, type Planned, requestsEach, type Steps, stays } from '../planning/steps';
import { troubled, type Work } from '../requests/outcome';
import { nowAt, type QueueTarget, serviceTime, surelyAfter } from '../requests/queue-target';
import { createRequestMeter, type RequestMeter } from '../requests/request-meter';
import { whyUncertain } from '../work/change-text';
import type { Job, JobOptions, Source } from './job';
import { createScopeTest } from './scope-test';
import { startJob } from './start-job';
import { type FirstFile, writtenFirst } from './write-first';

/** One batch received ahead, so that no worker waits for a receive. */
const AHEAD_MESSAGES = MOST_MESSAGES;

/** Messages by id; or all that the queue has when the job starts, or those of them that a filter takes. */
export type Wanted = ReadonlySet<string> | 'all' | Judge;

/** The chosen ids; undefined for the whole queue, and for what a filter takes of it. */
export const chosenIds = (wanted: Wanted): ReadonlySet<string> | undefined =>
  wanted === 'all' || typeof wanted === 'function' ? undefined : wanted;

/** A part of a scope: its first messages, or those that another job left. */
export type ScopePart = {
  /** Messages worked on at most; Infinity by default. For a scope without ids. */
  most?: number | undefined;
  /** Ids of messages that are left alone. */
  except?: ReadonlySet<string> | undefined;
  /** Messages inserted at this time or later are left alone; by default, at the beginning of the job or later. */
  insertedBefore?: LeaseOptions['insertedBefore'];
  /** Called with the id of each message that the job takes, before anything is done with it. */
  onTaken?: ((id: string) => void) | undefined;
};

export type SourceOptions = ScopePart & {
  /** Name of the job in its claims: `Move`. */
  name: string;
  /** Messages received from the front at most. */
  cap?: number | undefined;
  /** Messages renewed at a time, 1 to 128. */
  concurrency?: number | undefined;
  /** Messages returned at a time, as in `LeaseOptions`. */
  returnedAtATime?: LeaseOptions['returnedAtATime'];
  /** Seconds, 1 to 604,800; by default as long as the job is likely to take, see `leaseLength`. */
  visibilityTimeout?: number | undefined;
  /** What the work does to each message, which leases are planned by. */
  steps?: Steps | undefined;
  /** Messages worked on a second at most. */
  perSecond?: number | undefined;
  /** Messages of the whole queue, about, also where a filter chooses; undefined when its count is hidden, and for chosen messages. */
  total?: number | undefined;
  /** Tests chosen ids once more. */
  judge?: Judge | undefined;
  /** Told why a message in hand cannot be tested. */
  onUntested?: ((id: string, reason: string) => void) | undefined;
};

export type MessageJobOptions<Value> = {
  from: QueueTarget;
  wanted: Wanted;
  work: Work<LeaseHandle, Value> & Planned;
  /** A file that all messages are written to, before the first of them is worked on. */
  file?: FirstFile | undefined;
  /** What is known of the messages beforehand; otherwise what `wanted`, `cap` and `total` tell. */
  foreseen?: Foreseen | undefined;
  /** Counts the requests of the job; what `work` sends to another queue has to be counted by it, too. */
  meter?: RequestMeter | undefined;
} & Omit<SourceOptions, 'steps' | 'judge' | 'onUntested'> &
  Pick<JobOptions<LeaseHandle, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome' | 'networks'>;

/**
 * Works on messages: with a person's own leases of this tab, and for the others with leases from the front. Messages that are
 * skipped, copied, failed or never started stay leased until the end, so that none is received twice, and are then returned.
 * A person's leases remain, unless the work deleted or released the message. A pause renews all leases.
 */
export function startMessageJob<Value>(options: MessageJobOptions<Value>): Job<LeaseHandle, Value> {
  const { wanted, work, file, name, cap, visibilityTimeout, returnedAtATime: atATime, foreseen, ...rest } = options;
  const { meter = createRequestMeter(), from: queue, ...others } = rest;
  const from = meter.target(queue);
  const { most, except, insertedBefore = chosenIds(wanted) ? undefined : beginningOf(from), onTaken, ...pace } = others;
  const { now, delay } = from;
  const { concurrency, perSecond, total } = pace;
  noteBeginning(from, insertedBefore);
  const steps: Steps = [...(file ? (['write'] as const) : []), ...(work.steps ?? [])];
  const leases = { name, cap, concurrency, visibilityTimeout, returnedAtATime: atATime, steps, perSecond };
  const test = typeof wanted === 'function' ? createScopeTest(wanted) : undefined;
  const first =
    file &&
    writtenFirst(file, {
      isMeant: (id) => test?.untested(id) === undefined,
      needsTexts: steps.includes('send') || steps.includes('change'),
    });
  return startJob<LeaseHandle, Value>({
    ...pace,
    meter,
    plan: planOf(from, wanted, { ...leases, total, most, except, foreseen }),
    // Of a filter, it is what it chooses from.
    ...(test && { total: undefined }),
    source: (first?.source ?? unchanged)(
      messageSource(from, test?.judge ?? wanted, {
        ...leases,
        total,
        most,
        except,
        insertedBefore,
        onUntested: test?.fail,
      }),
    ),
    work: async (handle, previous, signal) => {
      onTaken?.(handle.id);
      const reason = test?.untested(handle.id);
      if (reason !== undefined) return troubled(handle, 'failed', `${UNTESTED} ${reason}`);
      return first?.leftOut(handle) ?? work(handle, previous, signal);
    },
    again: (outcomes) => {
      const ids = new Set(outcomes.map(({ item }) => item.id));
      return messageSource(from, ids, { ...leases, judge: test?.again, onUntested: test?.fail });
    },
    key: ({ id }) => id,
    name: ({ id }) => id,
    now,
    delay,
  });
}

/** In place of the number of a receive, for leases that a person had before. */
const IN_HAND = 0;

/** Notes for the journal by which leases of a person a job works: the next visit has no other receipts of them. */
function noteInHand({ journal, records }: QueueTarget, ids: Iterable<string>): void {
  if (!journal) return;
  const leases = [...ids].flatMap((id): JournaledLease[] => {
    const lease = records.get(id)?.lease;
    return lease?.state === 'held' && lease.receipt !== undefined ? [[id, lease.receipt, lease.endsAt]] : [];
  });
  if (leases.length > 0) journal.note(['received', IN_HAND, leases]);
}

/** Notes for the journal from when on messages are too new, where that is known. */
export function noteBeginning({ journal }: QueueTarget, insertedBefore: LeaseOptions['insertedBefore']): void {
  if (insertedBefore instanceof Date) journal?.note(['insertedBefore', insertedBefore.getTime()]);
}

const unchanged = (source: Source<LeaseHandle>): Source<LeaseHandle> => source;

/** Before the reason why a message could not be tested. */
export const UNTESTED = 'It could not be tested against the filter, so that nothing was done with it:';

/**
 * The time from which on a message is too new for a job: redriving a poison queue that still receives messages would never
 * end. Where CORS hides the account's clock, this device's may be hours off, so it is the time of the first receive, whose
 * response has it.
 */
export const beginningOf = (from: QueueTarget): Date | 'firstReceive' =>
  from.account.clockSkew() === undefined ? 'firstReceive' : surelyAfter(serviceTime(from));

/** Yields leased messages to work on. Also yields messages that other work of this tab has claimed, as not held, so that they are reported. */
export function messageSource(from: QueueTarget, wanted: Wanted, options: SourceOptions): Source<LeaseHandle> {
  const { name, cap, insertedBefore, concurrency, returnedAtATime: atATime, steps = [] } = options;
  const { most = Infinity, except = NO_IDS } = options;
  const { records } = from;
  const claim: Claim = { kind: 'job', name };
  const ids = chosenIds(wanted);
  const judge = typeof wanted === 'function' ? wanted : options.judge;
  const { lent, others: unavailable } = leasedOrUnreachable(from, wanted, except);
  const inHand = judge ? [] : lent.slice(0, most);
  const claimed = records.claim(inHand, claim);
  noteInHand(from, claimed);
  const stopping = new AbortController();
  const listed = new Set([...lent, ...unavailable]);
  const context = { target: from, claim, canRenew: true, stopped: stopping.signal };
  const others = ids ? new Set([...ids].filter((id) => !listed.has(id))) : () => true;
  /** Messages that it may still take. */
  let left = most - inHand.length;
  const leasing =
    (typeof others !== 'function' && others.size === 0) || left <= 0
      ? undefined
      : leaseMatching(from, {
          claim,
          wanted: others,
          judge,
          most: () => left,
          first: judge ? MOST_MESSAGES : Math.min(MOST_MESSAGES, left),
          except: new Set([...listed, ...except]),
          visibilityTimeout: options.visibilityTimeout ?? leasePlan(from, others, options, judge !== undefined),
          cap,
          insertedBefore,
          concurrency,
          returnedAtATime: atATime,
          yieldsAtEnd: stays(steps) && steps.includes('change'),
          ahead: judge || isFoundFirst(others, steps) ? Infinity : AHEAD_MESSAGES,
        });

  /** Tests leased messages, and claims those that belong to the scope; also yields those that other work has, as not held. */
  async function* judgedInHand(test: Judge): AsyncGenerator<string> {
    for (let at = 0; at < listed.size; at += JUDGED_AT_A_TIME) {
      const slice = [...listed].slice(at, at + JUDGED_AT_A_TIME);
      const certain: Candidate[] = [];
      const uncertain = new Set<string>();
      for (const id of slice) {
        const record = records.get(id);
        const message = record && certainMessage(record);
        if (message) certain.push({ message, isReceived: false });
        else {
          uncertain.add(id);
          options.onUntested?.(id, whyUncertain(record));
        }
      }
      const { wanted: taken, untested } = await test(certain);
      for (const id of slice) {
        if (!taken.has(id) && !untested.has(id) && !uncertain.has(id)) continue;
        if (left <= 0) return;
        left--;
        for (const own of records.claim([id], claim)) {
          noteInHand(from, [own]);
          claimed.add(own);
        }
        yield id;
      }
    }
  }

  async function* handles(): AsyncGenerator<LeaseHandle> {
    const have = judge ? judgedInHand(judge) : most === Infinity ? listed : inHand;
    for await (const id of have) yield new LeaseHandle(context, id);
    if (leasing && left > 0) yield* leasing;
  }

  return {
    [Symbol.asyncIterator]: handles,
    async close() {
      // A person's message that was leased anew by this job is returned by the leasing.
      const isReturnedToPerson = (id: string) => records.get(id)?.lease?.holder !== 'work';
      records.unclaim([...claimed].filter(isReturnedToPerson), claim);
      return leasing?.close();
    },
    leasedNow: () => leasing?.leasedNow() ?? { messages: 0, until: 0 },
    standing() {
      if (!leasing) return undefined;
      const { needed, ...standing } = leasing.standing();
      return { ...standing, toReturn: standing.toReturn + (stays(steps) ? needed : 0) };
    },
    abandon: () => leasing?.abandon(),
    done(handle) {
      // What stays of a whole queue goes back at the end, in one go: a job that is cut off has all of it, and can return it.
      if (wanted !== 'all') leasing?.done(handle);
    },
    hold: (isHeld) => leasing?.hold(isHeld),
    stop() {
      stopping.abort();
      leasing?.stop();
    },
    network: from.network,
    checkLeases: async () => leasing?.checkLeases(),
  };
}

const NO_IDS: ReadonlySet<string> = new Set();
/** Messages in hand that are tested at a time. */
const JUDGED_AT_A_TIME = 500;

/** What is known of the messages of a job before it begins. */
export type Foreseen = Pick<JobPlan, 'inHand' | 'toFind' | 'matching' | 'reach' | 'visible'> &
  Partial<Pick<JobPlan, 'roundTrip'>>;

/** The plan of a job on messages; undefined for a whole queue that cannot be counted. */
export function planOf(
  from: QueueTarget,
  wanted: Wanted,
  {
    steps = [],
    cap = Infinity,
    concurrency = 8,
    perSecond,
    returnedAtATime: atATime,
    most = Infinity,
    except = NO_IDS,
    total,
    foreseen = foreseenOf(from, wanted, { except, total }),
  }: Omit<SourceOptions, 'name'> & { foreseen?: Foreseen | undefined },
): JobPlan | undefined {
  if (!foreseen) return undefined;
  const { connections } = from;
  const isFiltered = typeof wanted === 'function';
  const isWhole = isFiltered || wanted === 'all';
  const inHand = Math.min(foreseen.inHand, most);
  const left = most - inHand;
  const atMost = isWhole && !isFiltered ? Math.min(cap, left) : cap;
  return {
    roundTrip: undefined,
    ...foreseen,
    steps,
    isWhole,
    inHand,
    toFind: left === 0 ? 0 : isWhole ? Math.min(foreseen.toFind, atMost) : foreseen.toFind,
    cap: left === 0 ? 0 : atMost,
    ...(isFiltered && { stopAt: left }),
    concurrency,
    perSecond,
    connections,
    returnedAtATime: (received) => atATime ?? returnedAtATime(received, connections),
  };
}

function foreseenOf(
  from: QueueTarget,
  wanted: Wanted,
  { except, total }: { except: ReadonlySet<string>; total: number | undefined },
): Foreseen | undefined {
  const { lent, others } = leasedOrUnreachable(from, wanted, except);
  const ids = chosenIds(wanted);
  if (ids) {
    const toFind = ids.size - lent.length - others.length;
    return { inHand: lent.length, toFind, reach: undefined, visible: undefined };
  }
  if (total === undefined) return undefined;
  const toFind = Math.max(0, total - lent.length);
  const known = { inHand: lent.length, toFind, reach: undefined, visible: toFind };
  // What is in hand is tested as well.
  return wanted === 'all' ? known : { ...known, inHand: 0, matching: { least: 0, most: toFind } };
}

/** Ms of a request before one was measured. */
const USUAL_ROUND_TRIP = 100;

/**
 * True for a job that receives as fast as it can: chosen messages are searched among others, and what stays is worked on with
 * requests; both can only go back once nothing is received any more.
 */
const isFoundFirst = (wanted: LeaseOptions['wanted'], steps: Steps): boolean =>
  typeof wanted !== 'function' || isWrittenFirst(steps) || (stays(steps) && requestsEach(steps) > 0);

/**
 * How long leases have to last: while everything is found, worked on and returned, or for what is received ahead of the work. Chosen
 * messages are taken to be `cap` from the front; where nothing is known, leases are short and are renewed.
 */
function leasePlan(
  { connections }: QueueTarget,
  wanted: LeaseOptions['wanted'],
  { cap = Infinity, steps = [], concurrency = 8, perSecond, returnedAtATime: atATime, total }: SourceOptions,
  isFiltered: boolean,
): LeasePlan {
  const isWhole = typeof wanted === 'function';
  const toFind = isWhole ? Math.min(cap, total ?? 0) : wanted.size;
  const plan: JobPlan = {
    steps,
    isWhole,
    ...(isWhole && isFiltered && { matching: { least: 0, most: toFind } }),
    inHand: 0,
    toFind,
    reach: isWhole || cap === Infinity ? undefined : cap,
    visible: undefined,
    concurrency,
    perSecond,
    connections,
    returnedAtATime: (received) => atATime ?? returnedAtATime(received, connections),
    roundTrip: undefined,
  };
  return (roundTrip) => planLease({ ...plan, roundTrip: roundTrip || USUAL_ROUND_TRIP });
}

/**
 * Splits the wanted messages with records: `lent` has those that a person leased in this tab; `others` has those that a
 * search cannot find: claimed by other work of this tab, deleted or hidden.
 */
function leasedOrUnreachable(
  from: QueueTarget,
  wanted: Wanted,
  except: ReadonlySet<string>,
): { lent: string[]; others: string[] } {
  const lent: string[] = [];
  const others: string[] = [];
  const ids = chosenIds(wanted);
  for (const record of ids ? recordsOf(from, ids) : from.records.leased()) {
    if (except.has(record.id)) continue;
    if (record.claim) others.push(record.id);
    else if (isLent(record, wanted)) lent.push(record.id);
    else if (ids && isOutOfReach(from, record)) others.push(record.id);
  }
  return { lent, others };
}

function* recordsOf({ records }: QueueTarget, wanted: ReadonlySet<string>): Generator<MessageRecord> {
  for (const id of wanted) {
    const record = records.get(id);
    if (record) yield record;
  }
}

/** True for a person's lease in this tab, and for chosen messages also for one that was left to be released. */
export const isLent = ({ lease }: Pick<MessageRecord, 'lease'>, wanted: Wanted): boolean =>
  lease !== undefined &&
  lease.state !== 'ended' &&
  (lease.holder === 'tab' || (lease.holder === 'left' && chosenIds(wanted) !== undefined));

const isOutOfReach = (from: QueueTarget, { standing, lease }: MessageRecord): boolean =>
  standing.is === 'deleted' ||
  (standing.is === 'hidden' && standing.until > nowAt(from)) ||
  (lease?.holder === 'elsewhere' && lease.endsAt > nowAt(from));
