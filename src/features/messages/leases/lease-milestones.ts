import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { counted } from '@/words/counts';
import { shortId } from '../shared/short-id';

/** Leases by the mark that they passed. */
export type LeaseNews = { thirty: Lease[]; ten: Lease[]; over: Lease[] };

/**
 * Leases that passed 30 s, 10 s or their end after `before` and not after `now` (epoch milliseconds), each once. A lease
 * that never was longer than a mark does not pass it.
 */
export function leaseNews(leases: readonly Lease[], before: number, now: number): LeaseNews {
  const passed = (seconds: number) =>
    leases.filter(
      (lease) =>
        lease.total > seconds &&
        leaseRemaining(lease, before) > seconds * 1000 &&
        leaseRemaining(lease, now) <= seconds * 1000,
    );
  const over = passed(0);
  const ten = passed(10).filter((lease) => !over.includes(lease));
  return { over, ten, thirty: passed(30).filter((lease) => !over.includes(lease) && !ten.includes(lease)) };
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
