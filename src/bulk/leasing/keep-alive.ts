import { each } from '../requests/each';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';

type Beat = {
  target: QueueTarget;
  /** Seconds that each lease lasts. */
  visibilityTimeout: number;
  /** Renewals at a time. */
  concurrency: number;
  signal: AbortSignal;
};

/** Renews what is held before it ends, until the signal aborts. `handles` is live. */
export async function keepAlive(
  handles: ReadonlyMap<string, LeaseHandle>,
  { target, visibilityTimeout, concurrency, signal }: Beat,
): Promise<void> {
  const length = visibilityTimeout * 1000;
  while (!signal.aborted) {
    try {
      await waitAt(target, length / 4, signal);
    } catch {
      return;
    }
    const due = [...handles.values()].filter(
      ({ state, endsAt }) => state === 'held' && endsAt - nowAt(target) <= length / 2,
    );
    // What cannot be renewed says so when it is used or returned.
    await each(due, concurrency, (handle) => handle.renew().catch(() => {}));
  }
}
