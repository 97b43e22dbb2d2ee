import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Claim, MessageRecord } from '@/messages/record';
import { LeaseHandle } from '../leasing/lease-handle';
import { type LeaseOptions, type LeasePlan, leaseMatching } from '../leasing/leasing';
import { returnedAtATime } from '../leasing/return-all';
import { type JobPlan, planLease } from '../planning/forecast';
import { type Planned, requestsEach, type Steps, stays } from '../planning/steps';
import type { Work } from '../requests/outcome';
import { nowAt, type QueueTarget, serviceTime, surelyAfter } from '../requests/queue-target';
import type { Job, JobOptions, Source } from './job';
import { startJob } from './start-job';

/** One batch received ahead, so that no worker waits for a receive. */
const AHEAD_MESSAGES = MOST_MESSAGES;

/** Messages by id, or all that the queue has when the job starts. */
export type Wanted = ReadonlySet<string> | 'all';

export type SourceOptions = {
  /** Name of the job in its claims: `Move`. */
  name: string;
  /** Messages received from the front at most. */
  cap?: number | undefined;
  /** Messages inserted at this time or later are skipped, as in `LeaseOptions`. */
  insertedBefore?: LeaseOptions['insertedBefore'];
  /** Messages renewed at a time, 1 to 64. */
  concurrency?: number | undefined;
  /** Messages returned at a time, as in `LeaseOptions`. */
  returnedAtATime?: LeaseOptions['returnedAtATime'];
  /** Seconds, 1 to 604,800; by default as long as the job is likely to take, see `leaseLength`. */
  visibilityTimeout?: number | undefined;
  /** What the work does to each message, which leases are planned by. */
  steps?: Steps | undefined;
  /** Messages worked on a second at most. */
  perSecond?: number | undefined;
  /** Messages of the whole queue, about; undefined when its count is hidden, and for chosen messages. */
  total?: number | undefined;
};

export type MessageJobOptions<Value> = {
  from: QueueTarget;
  wanted: Wanted;
  work: Work<LeaseHandle, Value> & Planned;
} & Omit<SourceOptions, 'insertedBefore' | 'steps'> &
  Pick<JobOptions<LeaseHandle, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'>;

/**
 * Works on messages: with a person's own leases of this tab, and for the others with leases from the front. Messages that are
 * skipped, copied, failed or never started stay leased until the end, so that none is received twice, and are then returned.
 * A person's leases remain, unless the work deleted or released the message. A pause renews all leases.
 */
export function startMessageJob<Value>(options: MessageJobOptions<Value>): Job<LeaseHandle, Value> {
  const { from, wanted, work, name, cap, visibilityTimeout, returnedAtATime: atATime, ...pace } = options;
  const { now, delay } = from;
  const { concurrency, perSecond, total } = pace;
  const insertedBefore = wanted === 'all' ? beginningOf(from) : undefined;
  const leases = { name, cap, concurrency, visibilityTimeout, returnedAtATime: atATime, steps: work.steps, perSecond };
  return startJob<LeaseHandle, Value>({
    ...pace,
    source: messageSource(from, wanted, { ...leases, insertedBefore, total }),
    work,
    again: (outcomes) => messageSource(from, new Set(outcomes.map(({ item }) => item.id)), leases),
    key: ({ id }) => id,
    name: ({ id }) => id,
    now,
    delay,
  });
}

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
  const { records } = from;
  const claim: Claim = { kind: 'job', name };
  const { lent, others: unavailable } = leasedOrUnreachable(from, wanted);
  const claimed = records.claim(lent, claim);
  const listed = new Set([...lent, ...unavailable]);
  const context = { target: from, claim, canRenew: true };
  const others = wanted === 'all' ? () => true : new Set([...wanted].filter((id) => !listed.has(id)));
  const leasing =
    typeof others !== 'function' && others.size === 0
      ? undefined
      : leaseMatching(from, {
          claim,
          wanted: others,
          except: listed,
          visibilityTimeout: options.visibilityTimeout ?? leasePlan(others, options),
          cap,
          insertedBefore,
          concurrency,
          returnedAtATime: atATime,
          yieldsAtEnd: stays(steps) && steps.includes('change'),
          ahead: isFoundFirst(others, steps) ? Infinity : AHEAD_MESSAGES,
        });
  return {
    async *[Symbol.asyncIterator]() {
      for (const id of listed) yield new LeaseHandle(context, id);
      if (leasing) yield* leasing;
    },
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
    stop: () => leasing?.stop(),
  };
}

/** Ms of a request before one was measured. */
const USUAL_ROUND_TRIP = 100;

/**
 * True for a job that receives as fast as it can: chosen messages are searched among others, and what stays is worked on with
 * requests; both can only go back once nothing is received any more.
 */
const isFoundFirst = (wanted: LeaseOptions['wanted'], steps: Steps): boolean =>
  typeof wanted !== 'function' || (stays(steps) && requestsEach(steps) > 0);

/**
 * How long leases have to last: while everything is found, worked on and returned, or for what is received ahead of the work. Chosen
 * messages are taken to be `cap` from the front; where nothing is known, leases are short and are renewed.
 */
function leasePlan(
  wanted: LeaseOptions['wanted'],
  { cap = Infinity, steps = [], concurrency = 8, perSecond, returnedAtATime: atATime, total }: SourceOptions,
): LeasePlan {
  const isWhole = typeof wanted === 'function';
  const toFind = isWhole ? Math.min(cap, total ?? 0) : wanted.size;
  const plan: JobPlan = {
    steps,
    isWhole,
    inHand: 0,
    toFind,
    reach: isWhole || cap === Infinity ? undefined : cap,
    visible: undefined,
    concurrency,
    perSecond,
    returnedAtATime: (received) => atATime ?? returnedAtATime(received),
    roundTrip: undefined,
  };
  return (roundTrip) => planLease({ ...plan, roundTrip: roundTrip || USUAL_ROUND_TRIP });
}

/**
 * Splits the wanted messages with records: `lent` has those that a person leased in this tab; `others` has those that a
 * search cannot find: claimed by other work of this tab, deleted or hidden.
 */
function leasedOrUnreachable(from: QueueTarget, wanted: Wanted): { lent: string[]; others: string[] } {
  const lent: string[] = [];
  const others: string[] = [];
  for (const record of wanted === 'all' ? from.records.leased() : recordsOf(from, wanted)) {
    if (record.claim) others.push(record.id);
    else if (isLent(record, wanted)) lent.push(record.id);
    else if (wanted !== 'all' && isOutOfReach(from, record)) others.push(record.id);
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
  (lease.holder === 'tab' || (lease.holder === 'left' && wanted !== 'all'));

const isOutOfReach = (from: QueueTarget, { standing, lease }: MessageRecord): boolean =>
  standing.is === 'deleted' ||
  (standing.is === 'hidden' && standing.until > nowAt(from)) ||
  (lease?.holder === 'elsewhere' && lease.endsAt > nowAt(from));
