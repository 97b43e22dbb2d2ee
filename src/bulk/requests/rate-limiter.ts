import { StorageError } from '@/azure/protocol/errors';
import { nowAt, type QueueTarget, waitAt } from './queue-target';
import { isBusy } from './uncertain-outcome';

/** Ms that all wait when the account is busy and does not say for how long. */
const BUSY_WAIT_MS = 1000;

/** How fast a job may go: so many at a time, so many a second, and less of both while the account is busy. */
export type RateLimiter = {
  /** Workers that may work now. */
  readonly limit: number;
  /** Waits for this one's turn to start. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Takes in how one ended. */
  ended(error: unknown): void;
};

/**
 * `concurrency` 1 to 64; `perSecond` starts a second at most, none when left out. A 503 that outlasted the transport's own
 * repeats halves the workers and lets all wait as long as the account asks; each round of successes adds one again.
 */
export function createRateLimiter(
  concurrency: number,
  perSecond: number | undefined,
  time: Pick<QueueTarget, 'now' | 'delay'>,
): RateLimiter {
  const gap = perSecond === undefined ? 0 : 1000 / perSecond;
  let limit = concurrency;
  let successes = 0;
  let nextStart = -Infinity;
  let quietUntil = -Infinity;

  return {
    get limit() {
      return limit;
    },
    async acquire(signal) {
      if (gap === 0 && quietUntil === -Infinity) return;
      const now = nowAt(time);
      const start = Math.max(now, nextStart, quietUntil);
      nextStart = start + gap;
      if (start > now) await waitAt(time, start - now, signal);
      else if (gap === 0) quietUntil = -Infinity;
    },
    ended(error) {
      if (error instanceof StorageError && isBusy(error)) {
        limit = Math.max(1, Math.floor(limit / 2));
        successes = 0;
        quietUntil = Math.max(quietUntil, nowAt(time) + (error.retryAfterSeconds ?? 0) * 1000, nowAt(time) + BUSY_WAIT_MS);
      } else if (limit < concurrency && ++successes >= limit * 4) {
        limit++;
        successes = 0;
      }
    },
  };
}
