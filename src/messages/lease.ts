import type { LeasedMessage } from '@/azure/protocol/model';
import type { LeaseEnding, LeaseHolder, MessageRecord, QueueRef, RecordLease } from './record';

/** A lease with its message, as rows, details and the editor read it: a view of a record. */
export type Lease = LeasedMessage &
  QueueRef & {
    holder: LeaseHolder;
    /** By the connection's clock. */
    leasedAt: Date;
    /** Seconds the lease was asked for. */
    total: number;
    /** When it ends, by the connection's clock. */
    endsAt: Date;
    state: RecordLease['state'];
    because: RecordLease['because'];
    ending: LeaseEnding | undefined;
    /** A job has it, or its delete waits for Undo. */
    isTaken: boolean;
  };

const views = new WeakMap<MessageRecord, Lease>();

/** The lease of a record with its message; undefined without a lease of ours or without the message. */
export function leaseView(ref: QueueRef, record: MessageRecord | undefined): Lease | undefined {
  const { lease, message, pending } = record ?? {};
  if (!record || !lease || !message || lease.holder === 'elsewhere') return undefined;
  const known = views.get(record);
  if (known) return known;
  const asked =
    pending?.kind === 'update' && lease.state === 'held' && pending.endsAt !== undefined ? pending : undefined;
  const view: Lease = {
    ...message,
    ...ref,
    receipt: lease.receipt ?? '',
    visibleAt: new Date(lease.visibleAt),
    holder: lease.holder,
    leasedAt: new Date(lease.leasedAt),
    total: asked?.total ?? lease.total,
    endsAt: new Date(asked?.endsAt ?? lease.endsAt),
    state: lease.state,
    because: lease.because,
    ending: lease.ending,
    isTaken: record.claim !== undefined,
  };
  views.set(record, view);
  return view;
}

export const isRunning = ({ state }: Pick<Lease, 'state'>): boolean => state !== 'ended';

/** Milliseconds left of a lease, 0 when it is over. */
export const leaseRemaining = ({ endsAt }: Pick<Lease, 'endsAt'>, now: number): number =>
  Math.max(0, endsAt.getTime() - now);
