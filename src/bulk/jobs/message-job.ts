import type { Claim, MessageRecord } from '@/messages/record';
import { LeaseHandle } from '../leasing/lease-handle';
import { type LeaseOptions, leaseMatching } from '../leasing/leasing';
import type { Work } from '../requests/outcome';
import { nowAt, type QueueTarget } from '../requests/queue-target';
import { serviceTime, surelyAfter } from '../requests/service-time';
import type { Job, JobOptions, Source } from './job';
import { startJob } from './start-job';

/** Seconds that a job leases messages for; renewed while it lasts, and over so soon if the tab is gone. */
export const JOB_LEASE_SECONDS = 120;

/** One batch in reserve, so that no worker waits for a receive. */
const AHEAD = 32;

/** These messages, by id, or all that the queue has when the job begins. */
export type Wanted = ReadonlySet<string> | 'all';

export type SourceOptions = {
  /** What the job is called to others who find its messages claimed: `Move`. */
  name: string;
  /** Messages received from the front at most, to find those wanted. */
  cap?: number | undefined;
  /** Messages inserted then or later are left alone, as with `LeaseOptions`. */
  insertedBefore?: LeaseOptions['insertedBefore'];
  /** Messages returned at a time, 1 to 64. */
  concurrency?: number | undefined;
  /** Seconds, 1 to 604,800; `JOB_LEASE_SECONDS` when left out. */
  visibilityTimeout?: number | undefined;
};

export type MessageJobOptions<Value> = {
  from: QueueTarget;
  wanted: Wanted;
  work: Work<LeaseHandle, Value>;
} & Omit<SourceOptions, 'insertedBefore'> &
  Pick<JobOptions<LeaseHandle, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'>;

/**
 * Works on messages: those that a person leased in this tab with their own leases, the others leased from the front. What is
 * passed, copied, failed or never begun is held until the end, so that it is not received twice, and then returned; what a
 * person had leased stays leased, unless the work has used it up. A pause keeps all leases alive.
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
 * From when on a message is too new for a job: a poison queue that is fed while it is redriven would otherwise never
 * end. Where the account's clock is hidden, this device's may be hours away: then it is the moment of the first receive,
 * which tells the time itself.
 */
export const beginningOf = (from: QueueTarget): Date | 'firstReceive' =>
  from.account.clockSkew() === undefined ? 'firstReceive' : surelyAfter(serviceTime(from));

/** Leased messages to work on. What others of us work on is handed out too, as not held, so that it is reported. */
export function messageSource(from: QueueTarget, wanted: Wanted, options: SourceOptions): Source<LeaseHandle> {
  const { name, cap, insertedBefore, concurrency, visibilityTimeout = JOB_LEASE_SECONDS } = options;
  const { records } = from;
  const claim: Claim = { kind: 'job', name };
  const { lent, others: taken } = knownHere(from, wanted);
  const claimed = records.claim(lent, claim);
  const known = new Set([...lent, ...taken]);
  const context = { target: from, claim, canRenew: true };
  const others = wanted === 'all' ? () => true : new Set([...wanted].filter((id) => !known.has(id)));
  const leasing =
    typeof others !== 'function' && others.size === 0
      ? undefined
      : leaseMatching(from, {
          claim,
          wanted: others,
          except: known,
          visibilityTimeout,
          cap,
          insertedBefore,
          concurrency,
          // On the way to chosen ids every message too many is a dequeue count raised for nothing.
          ahead: typeof others === 'function' ? AHEAD : 0,
        });
  return {
    async *[Symbol.asyncIterator]() {
      for (const id of known) yield new LeaseHandle(context, id);
      if (leasing) yield* leasing;
    },
    async close() {
      // What was shown and then leased anew on the way is the leasing's to return.
      const isTheirs = (id: string) => records.get(id)?.lease?.holder !== 'work';
      records.unclaim([...claimed].filter(isTheirs), claim);
      return leasing?.close();
    },
    leasedNow: () => leasing?.leasedNow() ?? { messages: 0, until: 0 },
    abandon: () => leasing?.abandon(),
  };
}

/**
 * Of those wanted: what a person leased in this tab, to be lent, and what a search would look for in vain, to be reported:
 * what somebody else of us works on, and what is known not to be there or to be hidden.
 */
function knownHere(from: QueueTarget, wanted: Wanted): { lent: string[]; others: string[] } {
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

/** Leased by a person in this tab; or left to be released, where it was chosen. One without a receipt only says so. */
export const isLent = ({ lease }: Pick<MessageRecord, 'lease'>, wanted: Wanted): boolean =>
  lease !== undefined &&
  lease.state !== 'ended' &&
  (lease.holder === 'tab' || (lease.holder === 'left' && wanted !== 'all'));

const isOutOfReach = (from: QueueTarget, { standing, lease }: MessageRecord): boolean =>
  standing.is === 'deleted' ||
  (standing.is === 'hidden' && standing.until > nowAt(from)) ||
  (lease?.holder === 'elsewhere' && lease.endsAt > nowAt(from));
