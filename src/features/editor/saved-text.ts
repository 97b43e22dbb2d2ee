import type { Lease } from '@/state/leases/leases';
import { clockTime } from '@/ui/format/relative-time';

/** What became of the lease of a message that was saved. */
export function savedText(lease: Pick<Lease, 'state' | 'endsAt'> | undefined): string {
  if (!lease) return 'Lease released';
  return lease.state === 'held'
    ? `Leased by you until ${clockTime(lease.endsAt)}`
    : `Hidden until ${clockTime(lease.endsAt)}, by a receipt that this page was not told`;
}
