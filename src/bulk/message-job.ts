import type { Job, JobOptions } from './job';
import { type LeaseOptions, type Leasing, leaseMatching } from './leasing';
import type { Loan } from './loan';
import type { Work } from './outcome';
import { isSamePlace, type Place, waitAt } from './place';
import { serviceTime } from './service-time';
import { startJob } from './start-job';

/** One batch in reserve, so that no worker waits for a receive. */
const AHEAD = 32;

export type MessageJobOptions<Value> = {
  from: Place;
  work: Work<Loan, Value>;
  /** Where `work` adds messages: when that is the queue itself, what is added from now on is left alone. */
  to?: Place;
} & Pick<LeaseOptions, 'wanted' | 'visibilityTimeout' | 'cap' | 'insertedBefore'> &
  Pick<JobOptions<Loan, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'>;

/**
 * Leases messages and works on them as they come. What is passed, copied, failed or never begun is held until the end,
 * so that it is not received twice, and then returned. A pause keeps all leases alive; if the device slept, whatever
 * lost its lease fails before anything is sent.
 */
export function startMessageJob<Value>(options: MessageJobOptions<Value>): Job<Loan, Value> {
  const { from, to, work, wanted, visibilityTimeout, cap, onOutcome } = options;
  const { now, delay } = from;

  function lease(which: LeaseOptions['wanted'], insertedBefore: Date | undefined): Leasing {
    return leaseMatching(from, {
      wanted: which,
      visibilityTimeout,
      ...(cap !== undefined && { cap }),
      ...(insertedBefore && { insertedBefore }),
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
      // On the way to chosen ids every message too many is a dequeue count raised for nothing.
      ahead: typeof which === 'function' ? AHEAD : 0,
    });
  }

  const isOwnTarget = to !== undefined && isSamePlace(from, to) && typeof wanted === 'function';
  return startJob<Loan, Value>({
    source: isOwnTarget ? afterNow(from, lease, wanted) : lease(wanted, options.insertedBefore),
    work,
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.perSecond !== undefined && { perSecond: options.perSecond }),
    ...(options.total !== undefined && { total: options.total }),
    ...(onOutcome && { onOutcome }),
    ...(now && { now }),
    ...(delay && { delay }),
    again: (outcomes) => lease(new Set(outcomes.map(({ item }) => item.id)), undefined),
    key: ({ id }) => id,
    name: ({ id }) => id,
  });
}

/**
 * Insertion times have whole seconds, so a copy made in this very second could not be told from what was there before:
 * begins when the second is over, with a second to spare for the skew, which is only known that well.
 */
function afterNow(
  from: Place,
  lease: (wanted: LeaseOptions['wanted'], insertedBefore: Date) => Leasing,
  wanted: LeaseOptions['wanted'],
) {
  let leasing: Leasing | undefined;
  return {
    async *[Symbol.asyncIterator]() {
      const boundary = (Math.floor(serviceTime(from) / 1000) + 2) * 1000;
      for (let left = 1; left > 0; ) {
        left = boundary + 1000 - serviceTime(from);
        if (left > 0) await waitAt(from, left);
      }
      leasing = lease(wanted, new Date(boundary));
      yield* leasing;
    },
    close: async () => leasing?.close(),
  };
}
