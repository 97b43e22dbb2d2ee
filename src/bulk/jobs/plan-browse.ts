import { forecastJob, type JobPlan } from '../planning/forecast';
import { leaseLength, renewedBefore } from '../planning/lease-length';
import type { WalkTime } from '../planning/walk-time';

/** Seconds: a browse of a few messages is over soon. */
const SHORTEST_BROWSE_LEASE = 60;
/** Seconds of leases that are kept: a person reads, selects and changes the messages meanwhile, several times over. */
const SHORTEST_KEPT_LEASE = 1800;

const NO_TIME: WalkTime = { finding: 0, working: 0, returning: 0, all: 0 };

export type BrowseForecast = {
  /** Messages that would be leased. */
  messages: number;
  /** Dequeue counts that would be raised by one: all of them. */
  raised: number;
  /** Messages with a known count that would reach the threshold. */
  reachThreshold: number;
  /** Messages with a known count at or over the threshold already. */
  overThreshold: number;
  /** Messages whose count is not known. */
  unknown: number;
  /** Receives, one return for each message unless the leases are kept, and renewals where the leases are too short. */
  requests: number;
  renewals: number;
  /** Addresses of these at most, each of which can cost a CORS preflight. */
  addresses: number;
  /** Undefined without a measured round trip. */
  seconds: number | undefined;
  /** 60 to 3,600, as `leaseLength` plans it: up to an hour of browsing, no lease needs renewing. */
  suggestedLease: number;
};

/** Predicts the effects of a browse in numbers. */
export function planBrowse({
  count,
  cap = Infinity,
  dequeueCounts,
  threshold,
  concurrency = 8,
  connections,
  roundTrip,
  visibilityTimeout,
  keep = false,
}: {
  /** Approximate count of the queue's properties; never below the number of visible messages. */
  count: number;
  cap?: number;
  /** Dequeue counts of the messages seen so far, from the front. */
  dequeueCounts: readonly number[];
  /** The count at which a consumer treats a message as poison: 5 for Azure Functions. */
  threshold: number;
  /** Messages returned at a time. */
  concurrency?: number;
  /** As of a plan. */
  connections?: number;
  /** Measured milliseconds of one request. */
  roundTrip?: number;
  /** Seconds of the leases; `suggestedLease` by default. */
  visibilityTimeout?: number;
  /** True to keep the leases, so that nothing is returned. */
  keep?: boolean;
}): BrowseForecast {
  const messages = Math.min(count, cap);
  const counts = dequeueCounts.slice(0, messages);
  const plan: JobPlan = {
    steps: [],
    isWhole: true,
    inHand: 0,
    toFind: messages,
    reach: undefined,
    cap,
    visible: count,
    concurrency,
    connections,
    returnedAtATime: () => concurrency,
    roundTrip: roundTrip ?? 0,
  };
  const { most: looked } = forecastJob(plan);
  const { sum, addresses, time = NO_TIME } = keep ? forecastJob({ ...plan, steps: ['keep'] }).most : looked;
  // Leases that are kept last as long as a request for each message takes, and as a person needs.
  const suggestedLease = leaseLength(looked.time?.all ?? 0, keep ? SHORTEST_KEPT_LEASE : SHORTEST_BROWSE_LEASE);
  const lease = visibilityTimeout ?? suggestedLease;
  // Until the last receive a message is leased for half of that time on average; what goes back is not renewed.
  const between = lease - renewedBefore(lease) / 1000;
  const renewals = Math.round(messages * Math.max(0, time.finding / 2 / between - 0.5));
  return {
    messages,
    raised: messages,
    reachThreshold: counts.filter((dequeued) => dequeued + 1 === threshold).length,
    overThreshold: counts.filter((dequeued) => dequeued >= threshold).length,
    unknown: messages - counts.length,
    requests: sum + renewals,
    renewals,
    addresses: addresses + renewals,
    seconds: roundTrip === undefined ? undefined : time.all + (renewals * roundTrip) / concurrency / 1000,
    suggestedLease,
  };
}
