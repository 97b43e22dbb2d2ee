import type { LeasedMessage } from '@/azure/protocol/model';
import type { LeaseEnding, LeaseHolder, MessageRecord, QueueRef, RecordLease } from './record';

/** A view of a record with its lease and message, for rows, details and the editor. */
export type Lease = LeasedMessage &
  QueueRef & {
    holder: LeaseHolder;
    /** By the connection's clock. */
    leasedAt: Date;
    /** Seconds of the request. */
    total: number;
    /** By the connection's clock. */
    endsAt: Date;
    state: RecordLease['state'];
    because: RecordLease['because'];
    ending: LeaseEnding | undefined;
    /** True when a job or a waiting delete has claimed it. */
    isTaken: boolean;
  };

const views = new WeakMap<MessageRecord, Lease>();

/** The view of a record; undefined without a lease of this tab or without the message. */
export function leaseView(ref: QueueRef, record: MessageRecord | undefined): Lease | undefined {
  const { lease, message, pending } = record ?? {};
  if (!record || !lease || !message || lease.holder === 'elsewhere') return undefined;
  const cached = views.get(record);
  if (cached) return cached;
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

/** Milliseconds until the lease ends; 0 afterwards. */
export const leaseRemaining = ({ endsAt }: Pick<Lease, 'endsAt'>, now: number): number =>
  Math.max(0, endsAt.getTime() - now);
