import type { Claim, MessageRecord } from '@/messages/record';
import { LeaseHandle } from '../leasing/lease-handle';
import { type LeaseOptions, leaseMatching } from '../leasing/leasing';
import type { Work } from '../requests/outcome';
import { nowAt, type QueueTarget, serviceTime, surelyAfter } from '../requests/queue-target';
import type { Job, JobOptions, Source } from './job';
import { startJob } from './start-job';

/** Leases of a job last so long and are renewed while it runs; they end so soon after the tab closes. */
export const JOB_LEASE_SECONDS = 120;

/** One batch received ahead, so that no worker waits for a receive. */
const AHEAD_MESSAGES = 32;

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
  /** Seconds, 1 to 604,800; `JOB_LEASE_SECONDS` by default. */
  visibilityTimeout?: number | undefined;
};

export type MessageJobOptions<Value> = {
  from: QueueTarget;
  wanted: Wanted;
  work: Work<LeaseHandle, Value>;
} & Omit<SourceOptions, 'insertedBefore' | 'returnedAtATime'> &
  Pick<JobOptions<LeaseHandle, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'>;

/**
 * Works on messages: with a person's own leases of this tab, and for the others with leases from the front. Messages that are
 * skipped, copied, failed or never started stay leased until the end, so that none is received twice, and are then returned.
 * A person's leases remain, unless the work deleted or released the message. A pause renews all leases.
 */
export function startMessageJob<Value>(options: MessageJobOptions<Value>): Job<LeaseHandle, Value> {
  const { from, wanted, work, name, cap, visibilityTimeout, ...pace } = options;
  const { now, delay } = from;
  const { concurrency } = pace;
  const insertedBefore = wanted === 'all' ? beginningOf(from) : undefined;
  return startJob<LeaseHandle, Value>({
    ...pace,
    source: messageSource(from, wanted, { name, cap, insertedBefore, concurrency, visibilityTimeout }),
    work,
    again: (outcomes) =>
      messageSource(from, new Set(outcomes.map(({ item }) => item.id)), { name, cap, concurrency, visibilityTimeout }),
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
  const { name, cap, insertedBefore, concurrency, returnedAtATime, visibilityTimeout = JOB_LEASE_SECONDS } = options;
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
          visibilityTimeout,
          cap,
          insertedBefore,
          concurrency,
          returnedAtATime,
          // For chosen ids, each message received in excess is a dequeue count raised for nothing.
          ahead: typeof others === 'function' ? AHEAD_MESSAGES : 0,
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
    abandon: () => leasing?.abandon(),
  };
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
