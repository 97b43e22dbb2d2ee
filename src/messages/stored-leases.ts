import type { QueueRecords } from './queue-records';
import type { LeaseDoubt, MessageRecord, QueueRef, RecordLease } from './record';
import type { Records } from './records';

/** A lease as stored over a reload, without the text of its message. */
export type StoredLease = QueueRef & {
  id: string;
  receipt: string;
  /** Epoch ms by the connection's clock. */
  endsAt: number;
  /** Absent for a certain lease. */
  doubt?: LeaseDoubt;
};

/** The stored form of a record's lease; undefined without a running lease of this tab. */
export function toStoredLease(ref: QueueRef, record: MessageRecord | undefined): StoredLease | undefined {
  if (!record?.lease) return undefined;
  const { lease, id } = record;
  if (lease.receipt === undefined || lease.holder === 'elsewhere') return undefined;
  if (lease.state === 'ended') return undefined;
  const doubt = doubtOf(record);
  return { ...ref, id, receipt: lease.receipt, endsAt: lease.endsAt, ...(doubt && { doubt }) };
}

/** Why a running lease is not certain; undefined for a certain one. */
function doubtOf({ lease, standing }: MessageRecord): LeaseDoubt | undefined {
  if (lease?.state === 'unknown') return lease.because;
  return standing.is === 'unknown' && standing.since !== 'refused' ? standing.since : undefined;
}

/** Yields all leases of this tab in their stored form, also uncertain ones, whose receipts may still work. */
export function* storedLeases(records: Records): Generator<StoredLease> {
  for (const queue of records.queues()) {
    for (const record of queue.leased()) {
      const stored = toStoredLease(queue.ref, record);
      if (stored) yield stored;
    }
  }
}

/**
 * Restores leases that were stored over a reload, except those that have ended by `now` (epoch ms by the connection's clock) and
 * those that this page has leased again.
 */
export function restoreLeases(
  records: Records,
  stored: Iterable<StoredLease>,
  now: (connectionId: string) => number,
): void {
  for (const lease of stored) {
    if (lease.endsAt > now(lease.connectionId) && records.isOpen(lease.connectionId))
      restoreLease(records.of(lease), lease, now(lease.connectionId));
  }
}

/** Restores one lease, which a person can release and a job use; `now` in epoch ms by the connection's clock. */
export function restoreLease(
  queue: QueueRecords,
  { id, receipt, endsAt, doubt }: Omit<StoredLease, keyof QueueRef>,
  now: number,
): void {
  const tick = queue.tick();
  queue.applyTo(id, {
    kind: 'restored',
    doubt,
    lease: {
      holder: 'left',
      receipt,
      total: Math.max(1, Math.ceil((endsAt - now) / 1000)),
      leasedAt: endsAt,
      endsAt,
      visibleAt: endsAt,
      clockEvidence: 0,
      evidence: { asked: tick, answered: tick, at: now, date: undefined },
      ...stateBy(doubt),
    },
  });
}

const stateBy = (doubt: LeaseDoubt | undefined): Pick<RecordLease, 'state' | 'because'> =>
  doubt === 'hiddenReceipt' || doubt === 'lostAnswer' ? { state: 'unknown', because: doubt } : { state: 'held' };
