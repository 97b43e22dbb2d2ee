import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Claim } from '@/messages/record';
import type { LeaseHandle } from '../leasing/lease-handle';
import { type LeaseOptions, type Leasing, leaseMatching } from '../leasing/leasing';
import type { LeasingReport } from '../leasing/leasing-report';
import { each } from '../requests/each';
import type { QueueTarget } from '../requests/queue-target';

export type BrowseOptions = Pick<
  LeaseOptions,
  'visibilityTimeout' | 'cap' | 'concurrency' | 'signal' | 'onProgress' | 'insertedBefore'
> & {
  /** At the end the leases are the person's, unless the signal aborted. */
  keep?: boolean;
};

export type Browse = {
  /** The id of every message once, in the order it came, in batches for a grid. Ends with all returned, also when left early. */
  batches: () => AsyncGenerator<string[]>;
  readonly report: LeasingReport;
  /** Ids of those whose leases are kept. */
  readonly kept: readonly string[];
  leasedNow: Leasing['leasedNow'];
  abandon: Leasing['abandon'];
  /** Returns all that is held; called by `batches` when it ends, and harmless twice. */
  close: () => Promise<LeasingReport>;
};

/**
 * Looks at all messages of a queue, past the 32 that a peek shows: leases them from the front, keeps the leases alive and
 * returns every message at the end, when the iteration is left or the signal aborts. Raises every dequeue count by one:
 * `planBrowse` says beforehand what that means.
 */
export function browseAll(target: QueueTarget, options: BrowseOptions): Browse {
  const claim: Claim = { kind: 'browse', name: 'Browse all' };
  const leasing = leaseMatching(target, { ...options, claim, wanted: () => true, ahead: MOST_MESSAGES });
  const handles: LeaseHandle[] = [];
  const kept: string[] = [];

  async function keepAll() {
    // A renewal under way would void the receipt that is handed over; `keep` waits for it.
    await each(handles, options.concurrency ?? 8, (handle) => handle.ensureLeased(Infinity).catch(() => {}));
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
          if (options.keep) handles.push(...batch);
          yield batch.map(({ id }) => id);
        }
        if (!options.signal?.aborted) await keepAll();
      } finally {
        await leasing.close();
      }
    },
    report: leasing.report,
    kept,
    leasedNow: leasing.leasedNow,
    abandon: leasing.abandon,
    close: leasing.close,
  };
}
