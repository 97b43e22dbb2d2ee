import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Claim } from '@/messages/record';
import type { LeaseHandle } from '../leasing/lease-handle';
import { type LeaseOptions, type Leasing, leaseMatching } from '../leasing/leasing';
import type { LeasingReport } from '../leasing/leasing-report';
import { each } from '../requests/each';
import type { QueueTarget } from '../requests/queue-target';

const HANDED_OVER_AT_A_TIME = 8;

export type BrowseOptions = Pick<
  LeaseOptions,
  'visibilityTimeout' | 'cap' | 'returnedAtATime' | 'signal' | 'onProgress' | 'insertedBefore'
> & {
  /** True to hand the leases to the person at the end, unless the signal aborted. `setKeep` changes it. */
  keep?: boolean;
};

export type Browse = {
  /** Yields the id of every message once, in the order received, in batches for a grid. Returns all messages when it ends, also early. */
  batches: () => AsyncGenerator<string[]>;
  readonly report: LeasingReport;
  /** Ids of the messages whose leases were handed to the person. */
  readonly kept: readonly string[];
  /** What is done with the messages at the end; once they are returned, true keeps those that are still leased. */
  setKeep: (keep: boolean) => void;
  leasedNow: Leasing['leasedNow'];
  abandon: Leasing['abandon'];
  /** Returns all held messages; `batches` calls it at its end, and a second call is harmless. */
  close: () => Promise<LeasingReport>;
};

/**
 * Browses all messages of a queue, beyond the 32 of a peek: leases them from the front, renews the leases and returns every
 * message at the end, when the iteration stops or the signal aborts. Raises every dequeue count by one; `planBrowse` predicts
 * the consequences.
 */
export function browseAll(target: QueueTarget, options: BrowseOptions): Browse {
  const claim: Claim = { kind: 'browse', name: 'Browse all' };
  const leasing = leaseMatching(target, { ...options, claim, wanted: () => true, ahead: MOST_MESSAGES });
  const handles: LeaseHandle[] = [];
  const kept: string[] = [];
  let keep = options.keep ?? false;
  let isReturning = false;

  async function handOverAll() {
    // A running renewal would void the receipt that is handed over; `ensureLeased` waits for it.
    await each(handles, HANDED_OVER_AT_A_TIME, (handle) => handle.ensureLeased(Infinity).catch(() => {}));
    for (const handle of handles) {
      if (handle.state !== 'held') continue;
      handle.take();
      kept.push(handle.id);
    }
  }

  return {
    async *batches() {
      try {
        for await (const batch of leasing.batches()) {
          handles.push(...batch);
          yield batch.map(({ id }) => id);
        }
        if (keep && !options.signal?.aborted) await handOverAll();
      } finally {
        isReturning = true;
        await leasing.close();
        const known = new Set(kept);
        // Kept while the others went back.
        for (const { id, state } of handles) if (state === 'taken' && !known.has(id)) kept.push(id);
        handles.length = 0;
      }
    },
    report: leasing.report,
    kept,
    setKeep(isKept) {
      keep = isKept;
      if (isKept && isReturning) leasing.keepRest();
    },
    leasedNow: leasing.leasedNow,
    abandon: leasing.abandon,
    close: leasing.close,
  };
}
