import { each } from '../requests/each';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';

type RenewalOptions = {
  target: QueueTarget;
  /** Seconds that each lease lasts. */
  visibilityTimeout: number;
  /** Renewals at a time. */
  concurrency: number;
  signal: AbortSignal;
};

/** Renews leases before they end, until the signal aborts. `handles` is live. */
export async function keepAlive(
  handles: ReadonlyMap<string, LeaseHandle>,
  { target, visibilityTimeout, concurrency, signal }: RenewalOptions,
): Promise<void> {
  const leaseMs = visibilityTimeout * 1000;
  while (!signal.aborted) {
    try {
      await waitAt(target, leaseMs / 4, signal);
    } catch {
      return;
    }
    const due = [...handles.values()].filter(
      ({ state, endsAt }) => state === 'held' && endsAt - nowAt(target) <= leaseMs / 2,
    );
    // A failed renewal shows when the lease is used or returned.
    await each(due, concurrency, (handle) => handle.renew().catch(() => {}));
  }
}
