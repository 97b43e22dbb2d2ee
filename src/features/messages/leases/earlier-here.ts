import type { KeptLease } from '@/messages/kept-leases';
import type { QueueRef } from '@/messages/record';
import type { CutOffReceive } from '@/state/leases/restored-leases';

type Looked = QueueRef & {
  /** Epoch ms by the connection's clock. */
  now: number;
  /** Ids in this queue of which a browse that is shown tells itself. */
  told: ReadonlySet<string>;
};

/** What this tab holds of one connection and no longer shows: in all its queues, and of that in this one. */
export function earlierHere(leases: readonly KeptLease[], { connectionId, queue, now, told }: Looked) {
  const all = leases.filter(
    (lease) =>
      lease.connectionId === connectionId && lease.endsAt > now && !(lease.queue === queue && told.has(lease.id)),
  );
  return { all, own: all.filter((lease) => lease.queue === queue) };
}

/** Receives in one queue that were cut off, and what they may still hide. */
export const cutOffHere = (receives: readonly CutOffReceive[], { connectionId, queue, now }: Omit<Looked, 'told'>) =>
  receives.filter((one) => one.connectionId === connectionId && one.queue === queue && one.until > now);

/** When the last of them ends, epoch ms. */
export const lastEnd = (leases: readonly Pick<KeptLease, 'endsAt'>[]): number =>
  leases.reduce((last, { endsAt }) => Math.max(last, endsAt), 0);
