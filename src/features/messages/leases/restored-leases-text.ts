import type { LeaseDoubt, QueueRef } from '@/messages/record';
import type { StoredLease } from '@/messages/stored-leases';
import type { CutOffReceive } from '@/state/leases/running-receives';
import { count, counted, plural } from '@/words/counts';

type Doubted = Pick<StoredLease, 'doubt'>;

/** The title for restored leases, without a full stop; `until` is when the last of them ends. */
export function stillLeased(leases: readonly Doubted[], until: string): string {
  const total = leases.length;
  const unsure = leases.filter(({ doubt }) => doubt !== undefined).length;
  const are = plural(total, 'is', 'are');
  const perhaps = unsure === total ? ' perhaps' : '';
  const some = unsure > 0 && unsure < total ? `, ${count(unsure)} of them perhaps` : '';
  return `${counted(total, 'message')} ${are}${perhaps} still leased by this tab until ${until}${some}`;
}

/** A sentence on what is not certain about the leases; empty when all is. */
export function doubts(leases: readonly Doubted[]): string {
  const parts = Object.entries(DOUBTS).flatMap(([name, words]) => {
    const some = leases.filter(({ doubt }) => doubt === name).length;
    return some > 0 ? `of ${count(some)} ${words}` : [];
  });
  return parts.length === 0 ? '' : `Not certain: ${parts.join(', ')}. `;
}

const DOUBTS: Record<LeaseDoubt, string> = {
  lostAnswer: 'the answer to a change was lost',
  hiddenReceipt: 'the CORS rule hides the receipt that works now',
  delete: 'the answer to a delete was lost',
  return: 'the answer to a release was lost',
  clear: 'the answer to a clear was lost',
};

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
