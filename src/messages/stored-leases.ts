import type { QueueRecords } from './queue-records';
import type { LeaseDoubt, MessageRecord, QueueRef, RecordLease } from './record';
import type { Records } from './records';

/** What is kept of a lease over a reload: its receipt, when it ends and what is not certain about it, never a text. */
export type StoredLease = QueueRef & {
  id: string;
  receipt: string;
  /** Epoch ms by the connection's clock. */
  endsAt: number;
  /** Left out where nothing is in doubt. */
  doubt?: LeaseDoubt;
};

/** What a reload must know of a record: undefined where there is nothing to give back. */
export function toStoredLease(ref: QueueRef, record: MessageRecord | undefined): StoredLease | undefined {
  if (!record?.lease) return undefined;
  const { lease, id } = record;
  if (lease.receipt === undefined || lease.holder === 'elsewhere') return undefined;
  // A receipt that is not known to work may work all the same, and nothing else gives the message back.
  if (lease.state === 'ended') return undefined;
  const doubt = doubtOf(record);
  return { ...ref, id, receipt: lease.receipt, endsAt: lease.endsAt, ...(doubt && { doubt }) };
}

/** Why a lease that has not ended may not be what its receipt says; undefined for one that is certain. */
function doubtOf({ lease, standing }: MessageRecord): LeaseDoubt | undefined {
  if (lease?.state === 'unknown') return lease.because;
  return standing.is === 'unknown' && standing.since !== 'refused' ? standing.since : undefined;
}

/** All that a reload must know of this tab's leases. */
export function* storedLeases(records: Records): Generator<StoredLease> {
  for (const queue of records.queues()) {
    for (const record of queue.leased()) {
      const kept = toStoredLease(queue.ref, record);
      if (kept) yield kept;
    }
  }
}

/**
 * Takes in leases that were kept over a reload. What this page has leased anew meanwhile stays as it is, and what has ended
 * by `now` (epoch ms by the connection's clock) is left out.
 */
export function restoreLeases(
  records: Records,
  kept: Iterable<StoredLease>,
  now: (connectionId: string) => number,
): void {
  for (const lease of kept) {
    if (lease.endsAt <= now(lease.connectionId) || !records.isOpen(lease.connectionId)) continue;
    const queue: QueueRecords = records.of(lease);
    const tick = queue.tick();
    queue.applyTo(lease.id, {
      kind: 'restored',
      doubt: lease.doubt,
      lease: {
        holder: 'left',
        receipt: lease.receipt,
        total: Math.max(1, Math.ceil((lease.endsAt - now(lease.connectionId)) / 1000)),
        leasedAt: lease.endsAt,
        endsAt: lease.endsAt,
        visibleAt: lease.endsAt,
        clockEvidence: 0,
        evidence: { asked: tick, answered: tick, at: now(lease.connectionId), date: undefined },
        ...stateBy(lease.doubt),
      },
    });
  }
}

const stateBy = (doubt: LeaseDoubt | undefined): Pick<RecordLease, 'state' | 'because'> =>
  doubt === 'hiddenReceipt' || doubt === 'lostAnswer' ? { state: 'unknown', because: doubt } : { state: 'held' };
