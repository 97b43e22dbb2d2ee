import type { QueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { createElement } from 'react';
import type { Account } from '@/azure/account';
import { deleteMessages, extendLeases, releaseLeases, updateMessage } from '@/queries/messages';
import { nowOf, realDelay } from '@/state/clocks';
import type { Lease } from '@/state/leases';
import {
  canUndo,
  flushDeletes,
  holdDelete,
  sendDelete,
  UNDO_NEEDS,
  UNDO_WINDOW,
  undoDelete,
} from '@/state/pending-deletes';
import { counted } from '@/ui/counts';
import { announce } from '@/ui/live-region';
import { dismissToast, toast } from '@/ui/toast-store';
import { failureToast, outcomesToast } from './failure-toast';
import { runMutation } from './run-mutation';

/** `setTimeout` counts in 32 bits. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Where leases are worked on. */
export type LeaseDesk = { client: QueryClient; account: Account; queue: string };

/**
 * Deletes leased messages: their rows leave at once, and the request waits five seconds for Undo. A lease with 8 s or
 * less to run cannot wait, so then the request goes at once and there is no Undo.
 */
export function deleteLeased(desk: LeaseDesk, leases: readonly Lease[]) {
  const title = `Deleting ${counted(leases.length, 'message')}`;
  if (!canUndo(leases, nowOf(desk.account.id))) {
    toast({ title, detail: 'The lease is about to end, so there is no undo.' });
    void sendDelete(holdDelete(leases, () => sendDeletes(desk, leases)));
    return;
  }
  const id = holdDelete(leases, () => {
    clearTimeout(latest);
    dismissToast(notice);
    return sendDeletes(desk, leases);
  });
  // A toast stops its clock while it is pointed at; the lease does not.
  const soonest = Math.min(...leases.map((lease) => lease.endsAt.getTime()));
  const wait = realDelay(desk.account.id, soonest - UNDO_NEEDS / 2);
  const latest = setTimeout(() => void sendDelete(id), Math.min(wait, LONGEST_TIMER));
  const notice = toast({
    title,
    icon: createElement(Trash2, { className: 'text-text-3' }),
    countdown: true,
    duration: UNDO_WINDOW,
    action: {
      label: 'Undo',
      kbd: 'Z',
      onClick: () => {
        clearTimeout(latest);
        undoDelete(id);
        announce(`Kept ${counted(leases.length, 'message')}`);
      },
    },
    onTimeout: () => void sendDelete(id),
  });
}

/** Makes leased messages visible to everybody again. */
export async function releaseLeased({ client, account, queue }: LeaseDesk, leases: readonly Lease[]) {
  const outcomes = await runMutation(client, releaseLeases(account, queue), leases);
  outcomesToast(outcomes, { done: 'released', failed: 'Not released' });
  if (outcomes.every((outcome) => outcome.error === undefined))
    toast({ title: leases.length === 1 ? 'Lease released' : `Released ${leases.length} leases`, tone: 'success' });
}

/** Leases messages for `seconds` (1–604,800) from now. */
export async function extendLeased({ client, account, queue }: LeaseDesk, leases: readonly Lease[], seconds: number) {
  const [only, ...others] = leases;
  if (only && others.length === 0) {
    try {
      await runMutation(client, updateMessage(account, queue), { lease: only, visibilityTimeout: seconds });
    } catch (error) {
      failureToast('Lease not extended', error);
    }
    return;
  }
  const outcomes = await runMutation(client, extendLeases(account, queue), { leases, visibilityTimeout: seconds });
  outcomesToast(outcomes, { done: 'extended', failed: 'Leases not extended' });
}

async function sendDeletes({ client, account, queue }: LeaseDesk, leases: readonly Lease[]) {
  const outcomes = await runMutation(client, deleteMessages(account, queue), leases);
  outcomesToast(outcomes, { done: 'deleted', failed: 'Message not deleted' });
}

/**
 * Sends held deletes when the page goes away. This is a best effort: signing is asynchronous, so a closing tab may
 * be gone before the request is made. Then the lease runs out and the message is back, which loses nothing. Hiding the
 * tab is the last moment a browser promises to tell, so it counts as leaving.
 */
export function flushDeletesOnLeave() {
  document.addEventListener('visibilitychange', flushIfHidden);
  addEventListener('pagehide', flush);
  return () => {
    document.removeEventListener('visibilitychange', flushIfHidden);
    removeEventListener('pagehide', flush);
    flush();
  };
}
const flush = () => void flushDeletes();
const flushIfHidden = () => {
  if (document.visibilityState === 'hidden') flush();
};
