import type { MessageRow } from '@/messages/message-rows';
import { count, counted } from '@/ui/format/counts';
import { inUse, workableLease } from '../rows/taken';

/** What there is to say of selected rows besides how many they are; `hidden` and `gone` are selected and not among them. */
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

/** How many of the selected a button is about, and why not all of them. */
export function aboutText(verb: string, able: readonly MessageRow[], all: readonly MessageRow[]): string {
  const rest = all.length - able.length;
  if (rest === 0) return `${verb} ${counted(able.length, 'message')}`;
  return `${verb} ${count(able.length)} of ${counted(all.length, 'message')}: ${rest === 1 ? 'one is' : `${count(rest)} are`} ${leftOut(verb, all)}`;
}

function leftOut(verb: string, all: readonly MessageRow[]): string {
  if (inUse(all) !== undefined) return 'in use';
  return verb === 'Release' ? 'not leased by you' : 'out of reach';
}
