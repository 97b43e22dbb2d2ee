import { StorageError } from '@/azure/protocol/errors';
import { delay } from '@/azure/wire/retry';

/** Seconds between attempts, and in all: Azure keeps a deleted name busy for 30 s, longer for a large queue. */
const EVERY_SECONDS = 5;
const AT_MOST_SECONDS = 120;

type Waiting = {
  signal: AbortSignal;
  /** Told once a second how many seconds are left to the next attempt. */
  onWait: (secondsLeft: number) => void;
  /** Waits so many ms; real time when left out. */
  wait?: typeof delay;
};

/**
 * Creates a queue, and while Azure says that the name is still being deleted tries again every 5 s for 2 minutes.
 * Throws what the last attempt threw, or the signal's reason.
 */
export async function createWhenFree<Result>(
  create: () => Promise<Result>,
  { signal, onWait, wait = delay }: Waiting,
): Promise<Result> {
  for (let waited = 0; ; waited += EVERY_SECONDS) {
    try {
      return await create();
    } catch (error) {
      if (!isBeingDeleted(error) || waited >= AT_MOST_SECONDS) throw error;
    }
    for (let left = EVERY_SECONDS; left > 0; left--) {
      onWait(left);
      await wait(1000, signal);
    }
  }
}

const isBeingDeleted = (error: unknown) => error instanceof StorageError && error.code === 'QueueBeingDeleted';
