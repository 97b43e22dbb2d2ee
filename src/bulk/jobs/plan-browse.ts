import { LONGEST_VISIBILITY_TIMEOUT_SECONDS, MOST_MESSAGES } from '@/azure/protocol/limits';

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
  /** Receives, one return for each message, and renewals where the leases are too short. */
  requests: number;
  renewals: number;
  /** Undefined without a measured round trip. */
  seconds: number | undefined;
  /** 60 to 604,800: long enough that no lease needs renewing, with half as much to spare. */
  suggestedLease: number;
};

/** Predicts the effects of a browse in numbers. */
export function planBrowse({
  count,
  cap = Infinity,
  dequeueCounts,
  threshold,
  concurrency = 8,
  roundTrip,
  visibilityTimeout,
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
  /** Measured milliseconds of one request. */
  roundTrip?: number;
  /** Seconds of the leases; `suggestedLease` by default. */
  visibilityTimeout?: number;
}): BrowseForecast {
  const messages = Math.min(count, cap);
  const counts = dequeueCounts.slice(0, messages);
  const receives = Math.ceil(messages / MOST_MESSAGES) + (messages < cap ? 1 : 0);
  const seconds = ((roundTrip ?? 0) * (receives + messages / concurrency)) / 1000;
  const suggestedLease = Math.min(LONGEST_VISIBILITY_TIMEOUT_SECONDS, Math.max(60, Math.ceil(seconds * 3)));
  const lease = visibilityTimeout ?? suggestedLease;
  // A message is leased for half of the time on average, and renewed each time half of its lease is over.
  const renewals = Math.round(messages * Math.max(0, seconds / lease - 1));
  return {
    messages,
    raised: messages,
    reachThreshold: counts.filter((dequeued) => dequeued + 1 === threshold).length,
    overThreshold: counts.filter((dequeued) => dequeued >= threshold).length,
    unknown: messages - counts.length,
    requests: receives + messages + renewals,
    renewals,
    seconds: roundTrip === undefined ? undefined : seconds + (renewals * roundTrip) / concurrency / 1000,
    suggestedLease,
  };
}
