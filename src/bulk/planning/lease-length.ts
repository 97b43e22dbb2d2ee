/** Seconds that leases last at least, unless somebody says otherwise: they end so soon after a tab closes. */
export const SHORTEST_LEASE_SECONDS = 120;

/** Seconds that planned leases last at most: whatever a plan is wrong about, messages are hidden no longer than that. */
const LONGEST_LEASE_SECONDS = 3600;

/** A background tab is woken once a minute, so that a lease is renewed no later than this before its end. */
const RENEWED_BEFORE_MS = 75_000;

/**
 * Seconds of a lease, `shortest` to 3,600, for work that takes about `seconds`: half as much and two minutes to spare, and no more than
 * three times as much, since messages stay hidden so long after a tab is killed.
 */
export const leaseLength = (seconds: number, shortest = SHORTEST_LEASE_SECONDS): number =>
  Math.min(LONGEST_LEASE_SECONDS, Math.max(shortest, Math.ceil(Math.min(seconds * 3, seconds * 1.5 + 120))));

/**
 * Ms before its end at which a lease of `leaseSeconds` is renewed. `renewalMs` is the time that renewing all leases takes; at most
 * half of the lease.
 */
export const renewedBefore = (leaseSeconds: number, renewalMs = 0): number =>
  Math.min(leaseSeconds * 500, Math.max(RENEWED_BEFORE_MS, renewalMs * 2));
