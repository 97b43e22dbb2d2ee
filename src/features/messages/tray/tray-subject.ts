import type { QueryClient } from '@tanstack/react-query';
import { availability, runAction } from '@/actions/action';
import { leaseActions, type MessageSubject, messageActions } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { accountFor } from '@/queries/use-account';
import { openLeases } from '@/state/leases/lease-tray';
import { goTo } from '@/state/navigation/route';
import { isMedia } from '@/ui/browser/use-media';

const nothing = () => {};

/** Leased messages as what actions are done to, without the screen of their queue; undefined for a locked connection. */
export function traySubject(
  { connectionId, queue }: QueueRef,
  rows: readonly MessageRow[],
  { client, deselect }: { client: QueryClient; deselect: (ids: ReadonlySet<string>) => void },
): MessageSubject | undefined {
  const account = accountFor(connectionId);
  if (!account) return undefined;
  return {
    connectionId,
    queue,
    account,
    client,
    rows,
    open: rows.length === 1 ? rows[0] : undefined,
    showNewRows: nothing,
    screen: {
      leave: deselect,
      deselect,
      show(id) {
        // Where there is no room for both, the message takes its place.
        if (isMedia('(width < 1600px)')) openLeases(false);
        goTo({ screen: 'explorer', connectionId, queue, mode: 'peek', filter: '', message: id });
      },
      selectAll: nothing,
      toggleLeasing: nothing,
      compare: nothing,
      step: nothing,
      toggleDetails: nothing,
      focusFilter: nothing,
      openTool: nothing,
      escape: undefined,
    },
  };
}

/** What is done to the leases that are checked, in all of their queues. */
export const TRAY_ACTIONS = {
  extend: leaseActions.extend,
  release: leaseActions.release,
  delete: messageActions.delete,
} as const;
export type TrayAction = keyof typeof TRAY_ACTIONS;

/** Does it in each of the queues. */
export function runInAll(action: TrayAction, subjects: readonly MessageSubject[]): void {
  for (const subject of subjects) runAction(TRAY_ACTIONS[action], subject);
}

/** Why it can be done in none of the queues: the reason in the first; undefined when it can be in one. */
export function reasonInAll(action: TrayAction, subjects: readonly MessageSubject[]): string | undefined {
  const reasons = subjects.map((subject) => availability(TRAY_ACTIONS[action], subject).reason);
  return reasons.includes(undefined) ? undefined : reasons[0];
}
