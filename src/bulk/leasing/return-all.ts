import { errorMessage } from '@/azure/protocol/errors';
import { returnedFast } from '../planning/walk-time';
import { each } from '../requests/each';
import type { LeaseHandle } from './lease-handle';

/**
 * Rounds of failures, without a success in between, after which the remaining messages are not tried: an account that refuses
 * a few, each tried for a while, refuses all of 100,000.
 */
const MAX_FAILED_ROUNDS = 2;

const CANCELLED_REASON = 'It was cancelled before it was returned.';
const NOT_TRIED_REASON = 'Stopped after several failures.';

/** Most messages that are returned one by one. One by one, 1,000 take about a minute at 30 ms a request with its preflight. */
export const MOST_IN_ORDER = 1000;

/**
 * How many of so many messages are returned at a time: 1, which keeps their order, up to `MOST_IN_ORDER`, and as many as there are connections, at least 24, beyond. The
 * emulator and the sandbox order messages by the millisecond in which they became visible, then of insertion, so that two
 * returns under way at once may overtake each other; Azure promises no order.
 */
export const returnedAtATime = (messages: number, connections?: number): number =>
  messages <= MOST_IN_ORDER ? 1 : returnedFast(connections);

type ReturnOptions = {
  /** Requests at a time, 1 to 128; `returnedAtATime` of the messages by default. */
  concurrency?: number | undefined;
  /** Stops it: messages not yet returned stay hidden until their lease ends. */
  signal?: AbortSignal;
  onReturned?: (handle: LeaseHandle) => void;
};

/**
 * Releases leased messages in their order; returns the reason of each that is still hidden, by id. After several consecutive
 * failures the others are not tried and keep their receipts, so that a person can release them when the account responds.
 */
export async function returnAll(
  handles: readonly LeaseHandle[],
  { concurrency = returnedAtATime(handles.length), signal, onReturned }: ReturnOptions = {},
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let failures = 0;
  const isCancelled = () => signal?.aborted === true;
  await each(handles, concurrency, async (handle) => {
    if (isCancelled()) return reasons.set(handle.id, CANCELLED_REASON);
    if (failures >= concurrency * MAX_FAILED_ROUNDS) return reasons.set(handle.id, NOT_TRIED_REASON);
    try {
      const isReturned = await handle.release();
      if (!isReturned) return reasons.set(handle.id, handle.notHeldReason ?? '');
      failures = 0;
      onReturned?.(handle);
    } catch (error) {
      reasons.set(handle.id, isCancelled() ? CANCELLED_REASON : errorMessage(error));
      // A refusal for a void receipt is no failure of the account.
      failures = handle.state === 'held' || handle.state === 'unknown' ? failures + 1 : 0;
    }
    return undefined;
  });
  return reasons;
}
