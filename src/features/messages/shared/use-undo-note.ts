import type { Lease } from '@/state/leases/leases';
import { UNDO_NEEDS } from '@/state/messages/pending-deletes';
import { useNow } from '@/ui/browser/use-now';
import { counted } from '@/ui/format/counts';

/** Said before a delete of leased messages that could wait for Undo if all leases ran on for long enough; else undefined. */
export function undoNote(leases: readonly Pick<Lease, 'endsAt'>[], now: number): string | undefined {
  if (!leases.some(({ endsAt }) => endsAt.getTime() - now <= UNDO_NEEDS)) return undefined;
  const which = leases.length === 1 ? 'the' : 'a';
  return `Delete ${counted(leases.length, 'message')}, without Undo: ${which} lease ends too soon`;
}

/** `undoNote` for components. */
export const useUndoNote = (leases: readonly Pick<Lease, 'endsAt'>[]): string | undefined => undoNote(leases, useNow());
