import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { useNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { countdown } from '@/words/times';
import { spokenLeft } from './spoken-left';

/** Several leases of one queue as one: what they name, the first end, and the longest time that one of them was taken for. */
export type InHand = {
  ids: string[];
  /** The lease that ends first; undefined when there is none. */
  first: Lease | undefined;
  /** In seconds. */
  longest: number;
};

/** Those of the leases that this tab holds and no job has taken. */
export function inHand(leases: readonly Lease[]): InHand {
  const held = leases.filter(({ state, isTaken }) => state === 'held' && !isTaken);
  let first: Lease | undefined;
  for (const lease of held) if (!first || lease.endsAt < first.endsAt) first = lease;
  return {
    ids: held.map(({ id }) => id),
    first,
    longest: held.reduce((most, { total }) => Math.max(most, total), 1),
  };
}

/** The time until the first of several leases ends. */
export function LeasesTimer({ first, className }: { first: Lease; className: string }) {
  const left = leaseRemaining(first, useNow());
  return (
    <span
      role="timer"
      aria-label={`Leases, ${spokenLeft(Math.ceil(left / 1000))} left`}
      className={cx('font-semibold text-leased tabular-nums', className)}
    >
      {countdown(left)}
    </span>
  );
}
