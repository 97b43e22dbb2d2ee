/** A message that could not be returned. */
export type NotReturned = {
  id: string;
  /** To return it later; undefined when the response with it was lost. */
  receipt: string | undefined;
  /** When it becomes visible by itself, by this device's clock. */
  until: Date;
  reason: string;
};

/** Effects of leasing from the front on a queue. Counts are of messages. */
export type LeasingReport = {
  /** Received, each message counted once. */
  received: number;
  wanted: number;
  /** Received and not wanted. */
  passed: number;
  /** Messages inserted at this time or later were left alone; absent where that is not known, or for chosen ids. */
  insertedBefore?: Date;
  /** Wanted ids that were not found; empty for a predicate. */
  missing: string[];
  /** Raised dequeue counts by id, of all messages that were received and not deleted. */
  raised: Map<string, number>;
  returned: number;
  /** Hidden for a time by the work. */
  hidden: number;
  /** Ids whose receipts were void before the return: other consumers received or deleted the messages. */
  lost: string[];
  /** Expired, or deleted with their queue. */
  gone: number;
  /** Still hidden by this tab. */
  notReturned: NotReturned[];
  /**
   * Receives whose response was lost or has messages without a receipt that can be read: up to `messages` each may be hidden
   * `until` then without a known receipt.
   */
  maybeHidden: { messages: number; until: Date }[];
  requests: number;
  /** Why it ended; undefined while it runs. */
  ended: 'found' | 'empty' | 'cap' | 'aborted' | 'closed' | 'failed' | undefined;
};
