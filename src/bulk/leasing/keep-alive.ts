import { renewedBefore } from '../planning/lease-length';
import { each } from '../requests/each';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';

type RenewalOptions = {
  target: QueueTarget;
  /** Seconds that each lease lasts now; the next ones may last longer. */
  visibilityTimeout: () => number;
  /** Ms of one request, as measured; 0 before the first. */
  roundTrip: () => number;
  /** Renewals at a time. */
  concurrency: number;
  /** False for a message whose lease may end by itself. */
  isNeeded: (id: string) => boolean;
  signal: AbortSignal;
};

/** Renews leases that are needed before they end, until the signal aborts. `handles` is live. */
export async function keepAlive(handles: ReadonlyMap<string, LeaseHandle>, options: RenewalOptions): Promise<void> {
  const { target, signal } = options;
  while (!signal.aborted) {
    try {
      await waitAt(target, timeBefore(handles, options) / 2, signal);
      await target.network?.back(signal);
    } catch {
      return;
    }
    await renewDue(handles, options);
  }
}

/** Renews what is needed and ends soon, or has ended. */
export async function renewDue(handles: ReadonlyMap<string, LeaseHandle>, options: RenewalOptions): Promise<void> {
  const { target, concurrency, isNeeded } = options;
  const before = timeBefore(handles, options);
  const due = [...handles.values()].filter(
    ({ id, state, endsAt }) => state === 'held' && isNeeded(id) && endsAt - nowAt(target) <= before,
  );
  // A failed renewal shows when the lease is used or returned.
  await each(due, concurrency, async (handle) => isNeeded(handle.id) && handle.renew().catch(() => {}));
}

/** Ms before the end of a lease at which it is renewed. */
const timeBefore = (
  { size }: ReadonlyMap<string, LeaseHandle>,
  { visibilityTimeout, roundTrip, concurrency }: RenewalOptions,
): number => renewedBefore(visibilityTimeout(), (size * roundTrip()) / concurrency);
