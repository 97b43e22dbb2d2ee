import type { Lease } from '@/state/leases/leases';
import { counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import type { Received } from './receive-bar';

/** Leases of a receive that a person can still work with: what a job has, what waits to be deleted and what ended is not. */
export const stillHeld = (leases: readonly Lease[], { ids }: Received): Lease[] =>
  leases.filter(({ id, state, isTaken }) => ids.includes(id) && state === 'held' && !isTaken);

/** What a receive brought, until when the first of it is held, and that there was no more. */
export function receivedText({ ids, asked }: Received, held: readonly Lease[]): { title: string; detail: string } {
  const first = held.reduce((end, { endsAt }) => Math.min(end, endsAt.getTime()), Infinity);
  const still = held.length === ids.length ? 'leased' : `${held.length} still leased`;
  return {
    title: `Received ${counted(ids.length, 'message')}, ${still} until ${clockTime(first)}`,
    detail: ids.length < asked ? `Asked for ${asked}; no more were visible.` : '',
  };
}
