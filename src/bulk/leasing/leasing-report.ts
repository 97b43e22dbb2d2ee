/** A message that could not be returned. */
export type NotReturned = {
  id: string;
  /** Returns it later, unless its answer was lost: then undefined. */
  receipt: string | undefined;
  /** It shows again by itself then, by this device's clock. */
  until: Date;
  reason: string;
};

/** What leasing from the front did to a queue. Counts are of messages. */
export type LeasingReport = {
  /** Received, each message counted once. */
  received: number;
  wanted: number;
  /** Received and not wanted. */
  passed: number;
  /** Ids that were wanted and not found; empty for a predicate. */
  missing: string[];
  /** Dequeue counts as raised, by id, of all that were received and not deleted. */
  raised: Map<string, number>;
  returned: number;
  /** Hidden for a time, as was asked for. */
  hidden: number;
  /** Their receipts were void before they were returned: other consumers received them, or they were deleted. */
  lost: string[];
  /** Expired, or gone with their queue. */
  gone: number;
  /** Still hidden by us. */
  notReturned: NotReturned[];
  /** Receives whose answer was lost: up to so many messages each may be hidden until then, and nobody has their receipts. */
  maybeHidden: { messages: number; until: Date }[];
  requests: number;
  /** Why it ended; undefined while it goes on. */
  ended: 'found' | 'empty' | 'cap' | 'aborted' | 'closed' | 'failed' | undefined;
};
