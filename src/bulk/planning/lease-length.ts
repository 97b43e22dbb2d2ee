/** Seconds that leases last at least, unless somebody says otherwise: they end so soon after a tab closes. */
export const SHORTEST_LEASE_SECONDS = 120;

/**
 * Seconds that planned leases last. Few, since the time is in the address of a receive and each address may cost a preflight; at most
 * an hour, since messages are hidden no longer than that whatever a plan is wrong about.
 */
const LENGTHS = [60, 90, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600] as const;

/** A background tab is woken once a minute, so that a lease is renewed no later than this before its end. */
const RENEWED_BEFORE_MS = 75_000;

/**
 * Seconds of a lease, `shortest` to 3,600, for work that takes about `seconds`: half as much and two minutes to spare, or three times
 * as much where that is less, since messages stay hidden so long after a tab is killed.
 */
export function leaseLength(seconds: number, shortest = SHORTEST_LEASE_SECONDS): number {
  const needed = Math.max(shortest, Math.min(seconds * 3, seconds * 1.5 + 120));
  return LENGTHS.find((length) => length >= needed) ?? 3600;
}

/**
 * Ms before its end at which a lease of `leaseSeconds` is renewed. `renewalMs` is the time that renewing all leases takes; at most
 * half of the lease.
 */
export const renewedBefore = (leaseSeconds: number, renewalMs = 0): number =>
  Math.min(leaseSeconds * 500, Math.max(RENEWED_BEFORE_MS, renewalMs * 2));
