import type { LeasedMessage } from '@/azure/account';
import { each } from './each';
import { type LeaseOptions, type Leasing, leaseMatching } from './leasing';
import type { LeasingReport } from './leasing-report';
import type { Loan } from './loan';
import type { Place } from './place';

export type BrowseOptions = Pick<
  LeaseOptions,
  'visibilityTimeout' | 'cap' | 'concurrency' | 'signal' | 'onProgress' | 'onLeased' | 'insertedBefore'
> & {
  /** At the end the leases are the caller's, in `kept`, unless the signal aborted. */
  keep?: boolean;
};

/** `endsAt` by the place's clock. */
export type KeptLease = { message: LeasedMessage; endsAt: Date };

export type Browse = {
  /** Every message once, in the order it came, in batches for a grid. Ends with all returned, also when left early. */
  batches: () => AsyncGenerator<LeasedMessage[]>;
  readonly report: LeasingReport;
  readonly kept: readonly KeptLease[];
  /** What is held now, with receipts, so that it can be returned after a reload. */
  held: Leasing['held'];
  holding: Leasing['holding'];
  letGo: Leasing['letGo'];
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
  const loans: Loan[] = [];
  const kept: KeptLease[] = [];

  async function keepAll() {
    // A renewal under way would void the receipt that is handed over; `keep` waits for it.
    await each(loans, options.concurrency ?? 8, (loan) => loan.keep(Infinity).catch(() => {}));
    for (const loan of loans) {
      if (loan.state === 'held') kept.push({ message: loan.take(), endsAt: new Date(loan.endsAt) });
    }
  }

  return {
    async *batches() {
      try {
        for await (const batch of leasing.batches()) {
          if (options.keep) loans.push(...batch);
          yield batch.map(({ message }) => message);
        }
        if (!options.signal?.aborted) await keepAll();
      } finally {
        await leasing.close();
      }
    },
    report: leasing.report,
    kept,
    held: leasing.held,
    holding: leasing.holding,
    letGo: leasing.letGo,
    close: leasing.close,
  };
}
