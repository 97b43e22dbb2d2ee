/**
 * When a request was sent and answered. A tick is a number of this tab: each request and each response takes the next one, so
 * that ticks order responses where clocks cannot.
 */
export type Evidence = {
  /** Tick of the request. */
  asked: number;
  /** Tick of the response; `asked` and `answered` of two requests tell whether these overlapped. */
  answered: number;
  /** Epoch ms of the response by the connection's clock. */
  at: number;
  /** Epoch ms of the service's own `Date`, whole seconds; undefined where the CORS rule hides it. */
  date: number | undefined;
};

/** A response that shows a message, with its dequeue count. */
export type Sighting = Evidence & { dequeueCount: number };

export type Order = 'newer' | 'older' | 'undecided';

/**
 * Orders two responses about a message. A request after the other's response is newer; of overlapping requests the one with
 * the higher dequeue count, which never falls, else the later `Date` of the service.
 */
export function orderOf(one: Sighting, other: Sighting): Order {
  const byTicks = orderByTicks(one, other);
  if (byTicks !== 'undecided') return byTicks;
  // Neither where one of them could not be read.
  if (one.dequeueCount > other.dequeueCount) return 'newer';
  if (one.dequeueCount < other.dequeueCount) return 'older';
  if (one.date === undefined || other.date === undefined || one.date === other.date) return 'undecided';
  return one.date > other.date ? 'newer' : 'older';
}

/** As `orderOf`, by ticks alone, for responses without a dequeue count. */
export function orderByTicks(one: Evidence, other: Evidence): Order {
  if (one.asked > other.answered) return 'newer';
  if (other.asked > one.answered) return 'older';
  return 'undecided';
}
