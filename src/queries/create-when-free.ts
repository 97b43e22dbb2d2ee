import { StorageError } from '@/azure/protocol/errors';
import { delay } from '@/azure/wire/retry';

/** Between attempts, and in all: the name of a deleted queue is not free for 30 s, or longer for a large queue. */
const EVERY_SECONDS = 5;
const AT_MOST_SECONDS = 120;

type Waiting = {
  signal: AbortSignal;
  /** Called once a second with the seconds until the next attempt. */
  onWait: (secondsLeft: number) => void;
  /** Waits so many ms; tests replace it. */
  wait?: typeof delay;
};

/**
 * Creates a queue; while Azure still deletes one of that name, retries every 5 s for 2 minutes.
 * @throws what the last attempt threw, or the signal's reason.
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
    for (let secondsLeft = EVERY_SECONDS; secondsLeft > 0; secondsLeft--) {
      onWait(secondsLeft);
      await wait(1000, signal);
    }
  }
}

const isBeingDeleted = (error: unknown) => error instanceof StorageError && error.code === 'QueueBeingDeleted';
