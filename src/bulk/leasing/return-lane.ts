import { BESIDE_WORK } from '../planning/walk-time';
import { createDeferred } from '../requests/deferred';
import type { LeaseHandle } from './lease-handle';

/** Failures in a row after which it stops, as `returnAll` does after two rounds. */
const MAX_FAILURES = 2 * BESIDE_WORK;

export type ReturnLane = {
  /** Called once nothing is received any more: what is returned from then on does not come round again. */
  start: () => void;
  /** Takes a message that nobody needs any more; also one that was deleted or returned meanwhile. */
  done: (handle: LeaseHandle) => void;
  /** Tells that a message before others is gone. */
  wake: () => void;
  /** Ends it, and waits for the returns under way. What failed is still in `handles`. */
  close: () => Promise<void>;
};

/**
 * Returns messages while others are worked on. `atATime` 1 keeps the order received: a message waits for those before it. Stops
 * after as many failures in a row as `returnAll`, which tries the rest once more at the end. `handles` is live.
 */
export function createReturnLane(
  handles: ReadonlyMap<string, LeaseHandle>,
  { isNeeded, atATime, signal }: { isNeeded: (id: string) => boolean; atATime: () => number; signal: AbortSignal },
): ReturnLane {
  let inOrder: LeaseHandle[] | undefined;
  let next = 0;
  let isOrdered = true;
  let isClosing = false;
  let failures = 0;
  let wake = createDeferred();
  let lanes: Promise<unknown> | undefined;

  function wakeAll(): void {
    wake.resolve();
    wake = createDeferred();
  }

  function take(): LeaseHandle | undefined {
    for (; inOrder && next < inOrder.length; next++) {
      const handle = inOrder[next];
      if (!handle || !handles.has(handle.id)) continue;
      if (isNeeded(handle.id)) {
        if (isOrdered) return undefined;
        // `done` brings it again.
        continue;
      }
      next++;
      return handle;
    }
    return undefined;
  }

  async function lane(): Promise<void> {
    while (!isClosing && failures < MAX_FAILURES && !signal.aborted) {
      const handle = take();
      if (!handle) await wake.promise;
      else {
        try {
          await handle.release();
          failures = 0;
        } catch {
          // A refusal for a void receipt is no failure of the account.
          failures = handle.state === 'held' || handle.state === 'unknown' ? failures + 1 : 0;
        }
      }
    }
  }

  return {
    start() {
      if (lanes || isClosing) return;
      inOrder = [...handles.values()];
      const number = Math.min(BESIDE_WORK, atATime());
      isOrdered = number === 1;
      lanes = Promise.all(Array.from({ length: number }, lane));
    },
    done(handle) {
      if (!isOrdered) inOrder?.push(handle);
      wakeAll();
    },
    wake: wakeAll,
    async close() {
      isClosing = true;
      wakeAll();
      await lanes;
    },
  };
}
