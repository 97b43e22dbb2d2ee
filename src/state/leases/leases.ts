import { isRunning, type Lease, leaseRemaining, leaseView } from '@/messages/lease';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { records, recordsOf, useAnyRecords, useQueueRecords, useRecord } from '../messages/records';

export { type Lease, leaseRemaining };

type MessageRef = QueueRef & { id: string };

/** The leases of queues, with the version of the records that they are of: several parts of a screen ask for them. */
const known = new WeakMap<QueueRecords, { version: number; leases: readonly Lease[]; running?: readonly Lease[] }>();

/** A person's leases of a queue in this tab, ended ones too. */
function leasesIn(connectionId: string, queue: string): readonly Lease[] {
  const own = recordsOf(connectionId, queue);
  const last = known.get(own);
  if (last?.version === own.version) return last.leases;
  const leases: Lease[] = [];
  for (const record of own.leased('tab')) {
    if (record.standing.is === 'deleted') continue;
    const lease = leaseView(own.ref, record);
    if (lease) leases.push(lease);
  }
  known.set(own, { version: own.version, leases });
  return leases;
}

/** A person's running leases of a queue in this tab; the same array until a record of the queue changes. */
export function useLeases(connectionId: string, queue: string): readonly Lease[] {
  const { records: own } = useQueueRecords(connectionId, queue);
  const leases = leasesIn(connectionId, queue);
  const last = known.get(own);
  if (last?.leases !== leases) return leases.filter(isRunning);
  return (last.running ??= leases.filter(isRunning));
}

/** All leases of a person in this tab, ended ones too. */
export const allLeases = (): Lease[] =>
  [...records.queues()].flatMap(({ ref }) => leasesIn(ref.connectionId, ref.queue));

/** `allLeases` for components. */
export function useAllLeases(): Lease[] {
  useAnyRecords();
  return allLeases();
}

/** One lease, also an ended one; undefined when this tab never had it or released it. */
export const useLease = (connectionId: string, queue: string, id: string | undefined): Lease | undefined =>
  useRecord({ connectionId, queue }, id, (record) => leaseView({ connectionId, queue }, record));

/** The current state of a lease. */
export const currentLease = ({ connectionId, queue, id }: MessageRef): Lease | undefined =>
  leaseView({ connectionId, queue }, recordsOf(connectionId, queue).get(id));

/** Removes all records of a connection. */
export function dropConnectionLeases(connectionId: string): void {
  records.close(connectionId);
  records.open(connectionId);
}
