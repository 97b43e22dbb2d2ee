/**
 * When an answer was asked for and given. Ticks are counted in this tab: each request and each answer takes the next one,
 * so that they order answers where clocks cannot.
 */
export type Evidence = {
  /** Tick at which the request was made. */
  asked: number;
  /** Tick at which its answer came; `asked` and `answered` of two requests tell whether these overlapped. */
  answered: number;
  /** Epoch ms of the answer by the connection's clock. */
  at: number;
  /** Epoch ms of the service's own `Date`, whole seconds; undefined where the CORS rule hides it. */
  date: number | undefined;
};

/** An answer that shows a message, with the dequeue count that it showed. */
export type Sighting = Evidence & { dequeueCount: number };

export type Order = 'newer' | 'older' | 'undecided';

/**
 * How one answer about a message stands to another. What was asked after the other was answered is newer; of requests that
 * overlapped, the one that shows the higher dequeue count, which never falls, and else the later `Date` of the service.
 */
export function orderOf(one: Sighting, other: Sighting): Order {
  const byTicks = orderByTicks(one, other);
  if (byTicks !== 'undecided') return byTicks;
  if (one.dequeueCount !== other.dequeueCount) return one.dequeueCount > other.dequeueCount ? 'newer' : 'older';
  if (one.date === undefined || other.date === undefined || one.date === other.date) return 'undecided';
  return one.date > other.date ? 'newer' : 'older';
}

/** The same by the order of requests alone, for answers that show no dequeue count. */
export function orderByTicks(one: Evidence, other: Evidence): Order {
  if (one.asked > other.answered) return 'newer';
  if (other.asked > one.answered) return 'older';
  return 'undecided';
}
