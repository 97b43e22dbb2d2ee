import { type Claim, isDeleted } from '@/messages/record';
import type { Job, JobOptions, Source } from './job';
import { LeaseHandle } from './lease-handle';
import { leaseMatching } from './leasing';
import type { Work } from './outcome';
import type { Place } from './place';
import { serviceTime } from './service-time';
import { startJob } from './start-job';

/** Seconds that a job leases messages for; renewed while it lasts, and over so soon if the tab is gone. */
export const JOB_LEASE = 120;

/** One batch in reserve, so that no worker waits for a receive. */
const AHEAD = 32;

/** These messages, by id, or all that the queue has when the job begins. */
export type Wanted = ReadonlySet<string> | 'all';

export type SourceOptions = {
  /** What the job is called to others who find its messages claimed: `Move`. */
  name: string;
  /** Messages received from the front at most, to find those wanted. */
  cap?: number | undefined;
  /** Messages inserted then or later are left alone. */
  insertedBefore?: Date | undefined;
  /** Messages returned at a time, 1 to 64. */
  concurrency?: number | undefined;
  /** Seconds, 1 to 604,800; `JOB_LEASE` when left out. */
  visibilityTimeout?: number | undefined;
};

export type MessageJobOptions<Value> = {
  from: Place;
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
    ...(now && { now }),
    ...(delay && { delay }),
  });
}

/**
 * From when on a message is too new for a job: a poison queue that is fed while it is redriven would otherwise never
 * end. Undefined where the account's clock is hidden, since this device's may be hours away.
 */
export function beginningOf(from: Place): Date | undefined {
  if (from.account.clockSkew() === undefined) return undefined;
  // Insertion times have whole seconds, and the skew is known no better.
  return new Date((Math.floor(serviceTime(from) / 1000) + 2) * 1000);
}

/** Leased messages to work on. What others of us work on is handed out too, as not held, so that it is reported. */
export function messageSource(from: Place, wanted: Wanted, options: SourceOptions): Source<LeaseHandle> {
  const { name, cap, insertedBefore, concurrency, visibilityTimeout = JOB_LEASE } = options;
  const { records } = from;
  const claim: Claim = { kind: 'job', name };
  const { lent, taken } = knownHere(from, wanted);
  const claimed = records.claim(lent, claim);
  const known = new Set([...lent, ...taken]);
  const context = { place: from, claim, canRenew: true };
  // What was lent and shows again, as its lease ran out, is not worked on twice.
  const others =
    wanted === 'all' ? ({ id }: { id: string }) => !known.has(id) : new Set([...wanted].filter((id) => !known.has(id)));
  const leasing =
    typeof others !== 'function' && others.size === 0
      ? undefined
      : leaseMatching(from, {
          claim,
          wanted: others,
          visibilityTimeout,
          ...(cap !== undefined && { cap }),
          ...(insertedBefore && { insertedBefore }),
          ...(concurrency !== undefined && { concurrency }),
          // On the way to chosen ids every message too many is a dequeue count raised for nothing.
          ahead: typeof others === 'function' ? AHEAD : 0,
        });
  return {
    async *[Symbol.asyncIterator]() {
      for (const id of known) yield new LeaseHandle(context, id);
      if (leasing) yield* leasing;
    },
    async close() {
      records.unclaim(claimed, claim);
      return leasing?.close();
    },
    holding: () => leasing?.holding() ?? { messages: 0, until: 0 },
    letGo: () => leasing?.letGo(),
  };
}

/** Of those wanted: what a person leased in this tab, to be lent, and what somebody else of us works on, to be left out. */
function knownHere({ records }: Place, wanted: Wanted): { lent: string[]; taken: string[] } {
  const lent: string[] = [];
  const taken: string[] = [];
  for (const record of records.leased()) {
    const { id, lease, claim } = record;
    if ((wanted !== 'all' && !wanted.has(id)) || isDeleted(record)) continue;
    if (claim) taken.push(id);
    else if (lease?.holder === 'tab' && lease.state === 'held') lent.push(id);
  }
  return { lent, taken };
}
