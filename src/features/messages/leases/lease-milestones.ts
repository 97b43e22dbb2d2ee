import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { counted } from '@/words/counts';
import { shortId } from '../shared/short-id';

const FIRST_MARK_SECONDS = 30;

/** Leases by the mark that they passed. */
export type LeaseNews = { thirty: Lease[]; ten: Lease[]; over: Lease[] };

/**
 * Leases that passed 30 s, 10 s or their end after `before` and not after `now` (epoch milliseconds), each once. A lease
 * that never was longer than a mark does not pass it.
 */
export function leaseNews(leases: readonly Lease[], before: number, now: number): LeaseNews {
  // Most of what may be hundreds of thousands is far from each of the marks.
  const near = leases.filter((lease) => leaseRemaining(lease, now) <= FIRST_MARK_SECONDS * 1000);
  const passed = (seconds: number) =>
    near.filter(
      (lease) =>
        lease.total > seconds &&
        leaseRemaining(lease, before) > seconds * 1000 &&
        leaseRemaining(lease, now) <= seconds * 1000,
    );
  const over = passed(0);
  const told = new Set(over);
  const ten = passed(10).filter((lease) => !told.has(lease));
  for (const lease of ten) told.add(lease);
  return { over, ten, thirty: passed(FIRST_MARK_SECONDS).filter((lease) => !told.has(lease)) };
}

/** Leases as announcements name them. */
export function leaseName(leases: readonly Pick<Lease, 'id'>[]): string {
  const [first] = leases;
  return leases.length === 1 && first
    ? `Lease on ${shortId(first.id)}`
    : `Leases on ${counted(leases.length, 'message')}`;
}

/** One lease of each queue of each connection. */
export const onePerQueue = (leases: readonly Lease[]): Lease[] => [
  ...new Map(leases.map((lease) => [`${lease.connectionId}/${lease.queue}`, lease])).values(),
];
