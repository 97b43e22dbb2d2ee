import { isRunning, type Lease, leaseRemaining, leaseView } from '@/messages/lease';
import type { QueueRef } from '@/messages/record';
import { records, recordsOf, useAnyRecords, useQueueRecords, useRecord } from '../messages/records';

export { type Lease, leaseRemaining };

type LeasePlace = QueueRef & { id: string };

/** Leases of a queue that a person has in this tab. */
function leasesIn(connectionId: string, queue: string): Lease[] {
  const own = recordsOf(connectionId, queue);
  const leases: Lease[] = [];
  for (const record of own.leased('tab')) {
    if (record.standing.is === 'deleted') continue;
    const lease = leaseView(own.ref, record);
    if (lease) leases.push(lease);
  }
  return leases;
}

/** Messages of one queue that a person holds in this tab, by receipts that work or that are not known. */
export function useLeases(connectionId: string, queue: string): Lease[] {
  useQueueRecords(connectionId, queue);
  return leasesIn(connectionId, queue).filter(isRunning);
}

/** Every lease of a person in this tab, ended ones too. */
export const allLeases = (): Lease[] =>
  [...records.queues()].flatMap(({ ref }) => leasesIn(ref.connectionId, ref.queue));

/** The same, for components. */
export function useAllLeases(): Lease[] {
  useAnyRecords();
  return allLeases();
}

/** One lease, ended ones too; undefined when this tab never held it or gave it back. */
export const useLease = (connectionId: string, queue: string, id: string | undefined): Lease | undefined =>
  useRecord({ connectionId, queue }, id, (record) => leaseView({ connectionId, queue }, record));

/** The newest facts of a lease, with the receipt that works now. */
export const currentLease = ({ connectionId, queue, id }: LeasePlace): Lease | undefined =>
  leaseView({ connectionId, queue }, recordsOf(connectionId, queue).get(id));

/** Forgets everything that is known of an account's messages. */
export function dropConnectionLeases(connectionId: string): void {
  records.close(connectionId);
  records.open(connectionId);
}
