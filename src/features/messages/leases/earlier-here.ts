import type { QueueRef } from '@/messages/record';
import type { StoredLease } from '@/messages/stored-leases';
import type { CutOffReceive } from '@/state/leases/restored-leases';

type RestoredView = QueueRef & {
  /** Epoch ms by the connection's clock. */
  now: number;
  /** Ids in this queue that the result of a browse lists. */
  told: ReadonlySet<string>;
};

/** Restored leases of a connection: in all its queues, and those of this queue. */
export function earlierHere(leases: readonly StoredLease[], { connectionId, queue, now, told }: RestoredView) {
  const all = leases.filter(
    (lease) =>
      lease.connectionId === connectionId && lease.endsAt > now && !(lease.queue === queue && told.has(lease.id)),
  );
  return { all, own: all.filter((lease) => lease.queue === queue) };
}

/** Receives in one queue that were cut off, and what they may still hide. */
export const cutOffHere = (
  receives: readonly CutOffReceive[],
  { connectionId, queue, now }: Omit<RestoredView, 'told'>,
) => receives.filter((one) => one.connectionId === connectionId && one.queue === queue && one.until > now);

/** When the last of them ends, epoch ms. */
export const lastEnd = (leases: readonly Pick<StoredLease, 'endsAt'>[]): number =>
  leases.reduce((last, { endsAt }) => Math.max(last, endsAt), 0);
