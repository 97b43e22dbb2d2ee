import type { Account } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { recordsOf } from '@/state/messages/records';
import { LONGEST_TIMER_MS, nowOf, realDelay, whenClocksChange } from '@/state/time/connection-clocks';

/** Ms; shorter waits are for the network, which knows no other time than ours. */
const SHORTEST_ON_CONNECTION_CLOCK_MS = 5000;

/** A queue to do bulk work in, by the clock of its connection: leases are renewed in its time. */
export const queueTarget = (account: Account, queue: string): QueueTarget => ({
  account,
  queue,
  records: recordsOf(account.id, queue),
  now: () => nowOf(account.id),
  delay: (milliseconds, signal) =>
    milliseconds < SHORTEST_ON_CONNECTION_CLOCK_MS
      ? delay(milliseconds, signal)
      : delayOn(account.id, milliseconds, signal),
});

/** Waits until the connection's clock has gone on so far, however it gets there. */
function delayOn(connectionId: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
  const until = nowOf(connectionId) + milliseconds;
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function look() {
      clearTimeout(timer);
      const wait = realDelay(connectionId, until);
      if (wait === 0) return end(resolve);
      if (Number.isFinite(wait)) timer = setTimeout(look, Math.min(wait, LONGEST_TIMER_MS));
    }
    function end(settle: () => void) {
      clearTimeout(timer);
      stop();
      signal?.removeEventListener('abort', abort);
      settle();
    }
    const abort = () => end(() => reject(signal?.reason as Error));
    const stop = whenClocksChange(look);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    look();
  });
}
