import { inUse, workableLease } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import type { Lease } from '@/state/leases/leases';
import { UNDO_NEEDS } from '@/state/messages/pending-deletes';
import { useNow } from '@/ui/browser/use-now';
import { count, counted, plural } from '@/words/counts';

/** The words behind the number of selected rows; `hidden` and `gone` count selected messages that are not in `rows`. */
export function selectedText(
  rows: readonly MessageRow[],
  { hidden, gone }: { hidden: number; gone: number },
): string[] {
  const leases = rows.filter((row) => workableLease(row)).length;
  return [
    leases > 0 && leases < rows.length && `${count(leases)} leased`,
    inUse(rows),
    hidden > 0 && `${count(hidden)} more hidden by the filter`,
    gone > 0 && `${count(gone)} gone`,
  ].filter((words) => typeof words === 'string');
}

/** How many of the selected messages an action is done to, and why not to all. */
export function aboutText(verb: string, able: readonly MessageRow[], all: readonly MessageRow[]): string {
  const rest = all.length - able.length;
  if (rest === 0) return `${verb} ${counted(able.length, 'message')}`;
  return `${verb} ${count(able.length)} of ${counted(all.length, 'message')}: ${rest === 1 ? 'one is' : `${count(rest)} are`} ${leftOut(verb, all)}`;
}

function leftOut(verb: string, all: readonly MessageRow[]): string {
  if (inUse(all) !== undefined) return 'in use';
  return verb === 'Release' ? 'not leased by you' : 'out of reach';
}

/** Says that a delete has no Undo because a lease ends too soon; undefined when there is Undo, or no lease. */
export function undoNote(leases: readonly Pick<Lease, 'endsAt'>[], now: number): string | undefined {
  if (!leases.some(({ endsAt }) => endsAt.getTime() - now <= UNDO_NEEDS)) return undefined;
  const which = plural(leases.length, 'the', 'a');
  return `Delete ${counted(leases.length, 'message')}, without Undo: ${which} lease ends too soon`;
}

/** The same, for components. */
export const useUndoNote = (leases: readonly Pick<Lease, 'endsAt'>[]): string | undefined => undoNote(leases, useNow());
