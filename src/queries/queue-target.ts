import type { Account } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { networkOf } from '@/state/activity/network';
import { requestsAtOnce } from '@/state/connections/requests-at-once';
import { recordsOf } from '@/state/messages/records';
import { LONGEST_TIMER_MS, nowOf, realDelay, whenClocksChange } from '@/state/time/connection-clocks';

/** Shorter waits are for the network and use real time. */
const SHORTEST_ON_CONNECTION_CLOCK_MS = 5000;

/** A queue for bulk work, with the clock of its connection, by which leases are renewed. */
export const queueTarget = (account: Account, queue: string): QueueTarget => ({
  account,
  queue,
  records: recordsOf(account.id, queue),
  now: () => nowOf(account.id),
  network: networkOf(account.id),
  connections: requestsAtOnce(account.id),
  delay: (milliseconds, signal) =>
    milliseconds < SHORTEST_ON_CONNECTION_CLOCK_MS
      ? delay(milliseconds, signal)
      : delayOn(account.id, milliseconds, signal),
});

/** Waits until the connection's clock has advanced by `milliseconds`, also by being moved. */
function delayOn(connectionId: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
  const until = nowOf(connectionId) + milliseconds;
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function check() {
      clearTimeout(timer);
      const wait = realDelay(connectionId, until);
      if (wait === 0) return end(resolve);
      if (Number.isFinite(wait)) timer = setTimeout(check, Math.min(wait, LONGEST_TIMER_MS));
    }
    function end(settle: () => void) {
      clearTimeout(timer);
      stop();
      signal?.removeEventListener('abort', abort);
      settle();
    }
    const abort = () => end(() => reject(signal?.reason as Error));
    const stop = whenClocksChange(check);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    check();
  });
}
