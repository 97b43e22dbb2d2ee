import { LONGEST_VISIBILITY_TIMEOUT_SECONDS, MOST_MESSAGES } from '@/azure/protocol/limits';

export type BrowseForecast = {
  /** Messages that would be leased. */
  messages: number;
  /** Dequeue counts that would go up by one: all of them. */
  raised: number;
  /** Of the messages whose count is known: how many would come to the threshold … */
  reachThreshold: number;
  /** … and how many are there or beyond already. */
  overThreshold: number;
  /** Messages that were not seen yet, of which nobody can say. */
  unknown: number;
  /** Receives, and one return for each message, and renewals where the leases are too short. */
  requests: number;
  renewals: number;
  /** Undefined without a measured round trip. */
  seconds: number | undefined;
  /** Seconds, 60 to 604,800: long enough for no lease to need renewing, with half as much to spare. */
  suggestedLease: number;
};

/** The blast radius of a browse in numbers, before it starts. */
export function planBrowse({
  count,
  cap = Infinity,
  dequeueCounts,
  threshold,
  concurrency = 8,
  roundTrip,
  visibilityTimeout,
}: {
  /** Approximate, as the queue's properties tell; never below the true number of visible messages. */
  count: number;
  cap?: number;
  /** Of the messages seen so far, from the front. */
  dequeueCounts: readonly number[];
  /** The count from which a consumer gives a message up: 5 for Azure Functions. */
  threshold: number;
  /** Messages returned at a time. */
  concurrency?: number;
  /** Milliseconds of one request, measured. */
  roundTrip?: number;
  /** Seconds of the leases; the suggested ones when left out. */
  visibilityTimeout?: number;
}): BrowseForecast {
  const messages = Math.min(count, cap);
  const known = dequeueCounts.slice(0, messages);
  const receives = Math.ceil(messages / MOST_MESSAGES) + (messages < cap ? 1 : 0);
  const seconds = ((roundTrip ?? 0) * (receives + messages / concurrency)) / 1000;
  const suggestedLease = Math.min(LONGEST_VISIBILITY_TIMEOUT_SECONDS, Math.max(60, Math.ceil(seconds * 3)));
  const lease = visibilityTimeout ?? suggestedLease;
  // A message is held for half of the time on average, and renewed each time that half of its lease is over.
  const renewals = Math.round(messages * Math.max(0, seconds / lease - 1));
  return {
    messages,
    raised: messages,
    reachThreshold: known.filter((dequeued) => dequeued + 1 === threshold).length,
    overThreshold: known.filter((dequeued) => dequeued >= threshold).length,
    unknown: messages - known.length,
    requests: receives + messages + renewals,
    renewals,
    seconds: roundTrip === undefined ? undefined : seconds + (renewals * roundTrip) / concurrency / 1000,
    suggestedLease,
  };
}
