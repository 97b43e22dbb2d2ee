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
  /** Their lease ended before they were returned, and somebody else was handed them. */
  lost: string[];
  /** Deleted by somebody else, or expired. */
  gone: number;
  /** Still hidden by us. */
  notReturned: NotReturned[];
  /** Receives whose answer was lost: up to so many messages each may be hidden until then, and nobody has their receipts. */
  maybeHidden: { messages: number; until: Date }[];
  requests: number;
  /** Why it ended; undefined while it goes on. */
  ended: 'found' | 'empty' | 'cap' | 'aborted' | 'closed' | 'failed' | undefined;
};

/** What could not be returned and still can be, by its receipts. */
export const returnableOf = ({ notReturned }: LeasingReport) =>
  notReturned.flatMap(({ id, receipt, until }) => (receipt === undefined ? [] : { id, receipt, endsAt: until }));
