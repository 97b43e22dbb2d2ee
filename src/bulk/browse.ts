import type { LeasedMessage } from '@/azure/account';
import { type LeaseOptions, type Leasing, leaseMatching } from './leasing';
import type { LeasingReport } from './leasing-report';
import type { Place } from './place';

export type BrowseOptions = Pick<
  LeaseOptions,
  'visibilityTimeout' | 'cap' | 'concurrency' | 'signal' | 'onProgress' | 'insertedBefore'
>;

export type Browse = {
  /** Every message once, in the order it came, in batches for a grid. Ends with all returned, also when left early. */
  batches: () => AsyncGenerator<LeasedMessage[]>;
  readonly report: LeasingReport;
  /** What is held now, with receipts, so that it can be returned after a reload. */
  held: Leasing['held'];
  /** Returns all that is held; called by `batches` when it ends, and harmless twice. */
  close: () => Promise<LeasingReport>;
};

/**
 * Looks at all messages of a queue, past the 32 that a peek shows: leases them from the front, keeps the leases alive and
 * returns every message at the end, when the iteration is left or the signal aborts. Raises every dequeue count by one:
 * `planBrowse` says beforehand what that means.
 */
export function browseAll(place: Place, options: BrowseOptions): Browse {
  const leasing = leaseMatching(place, { ...options, wanted: () => true, ahead: 32 });
  return {
    async *batches() {
      try {
        for await (const loans of leasing.batches()) yield loans.map(({ message }) => message);
      } finally {
        await leasing.close();
      }
    },
    report: leasing.report,
    held: leasing.held,
    close: leasing.close,
  };
}
