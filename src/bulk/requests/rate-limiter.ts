import { StorageError } from '@/azure/protocol/errors';
import { isBusy } from './outcome';
import { nowAt, type QueueTarget, waitAt } from './queue-target';

/** All workers wait so long when the account is busy without a Retry-After. */
const BUSY_WAIT_MS = 1000;

/** Limits a job to so many items at a time and a second, and to less while the account is busy. */
export type RateLimiter = {
  /** Workers allowed now. */
  readonly limit: number;
  /** Waits until the next item may start. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Adjusts the limit by the error of an item that ended; undefined for a success. */
  ended(error: unknown): void;
};

/**
 * `concurrency` is 1 to 128; `perSecond` limits starts a second, without limit when undefined. A 503 after the transport's own
 * repeats halves the workers and pauses all for its Retry-After; each round of successes adds one worker again.
 */
export function createRateLimiter(
  concurrency: number,
  perSecond: number | undefined,
  time: Pick<QueueTarget, 'now' | 'delay'>,
): RateLimiter {
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond;
  let limit = concurrency;
  let successes = 0;
  let nextStart = -Infinity;
  let quietUntil = -Infinity;

  return {
    get limit() {
      return limit;
    },
    async acquire(signal) {
      if (gapMs === 0 && quietUntil === -Infinity) return;
      const now = nowAt(time);
      const start = Math.max(now, nextStart, quietUntil);
      nextStart = start + gapMs;
      if (start > now) await waitAt(time, start - now, signal);
      else if (gapMs === 0) quietUntil = -Infinity;
    },
    ended(error) {
      if (error instanceof StorageError && isBusy(error)) {
        limit = Math.max(1, Math.floor(limit / 2));
        successes = 0;
        quietUntil = Math.max(
          quietUntil,
          nowAt(time) + (error.retryAfterSeconds ?? 0) * 1000,
          nowAt(time) + BUSY_WAIT_MS,
        );
      } else if (limit < concurrency && ++successes >= limit * 4) {
        limit++;
        successes = 0;
      }
    },
  };
}
