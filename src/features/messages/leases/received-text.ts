import type { Lease } from '@/state/leases/leases';
import { counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import type { Received } from './receive-bar';

/** Leases of a receive that still run and that no job, browse or waiting delete has. */
export const stillHeld = (leases: readonly Lease[], { ids }: Received): Lease[] =>
  leases.filter(({ id, state, isTaken }) => ids.includes(id) && state === 'held' && !isTaken);

/** The words for a receive: how many messages, when the first lease ends, and whether there were no more. */
export function receivedText(
  { ids, asked, hidden = 0 }: Received,
  held: readonly Lease[],
): { title: string; detail: string } {
  const first = held.reduce((end, { endsAt }) => Math.min(end, endsAt.getTime()), Infinity);
  const still = held.length === ids.length ? 'leased' : `${held.length} still leased`;
  return {
    title: `Received ${counted(ids.length, 'message')}, ${still} until ${clockTime(first)}`,
    detail: [
      ids.length + hidden < asked ? `Asked for ${asked}; no more were visible.` : '',
      hidden > 0
        ? `${counted(hidden, 'more message')} came without a receipt that can be read, and stay hidden as long.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}
