import { create } from 'zustand';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { createDeletesToCome, type WaitingDelete } from '@/bulk/work/delete-later';
import { beforeLettingGo } from './before-closing';

export {
  UNDO_NEEDS_MS as UNDO_NEEDS,
  UNDO_WINDOW_MS as UNDO_WINDOW,
  type WaitingDelete,
} from '@/bulk/work/delete-later';

type Send = (target: QueueTarget, ids: readonly string[]) => Promise<unknown>;

const store = create<{ waiting: readonly WaitingDelete[] }>(() => ({ waiting: [] }));
/** How each is sent, by its messages: whoever asked for it says so. */
const sends = new WeakMap<readonly string[], Send>();

const deletes = createDeletesToCome({
  send: async (target, ids) => sends.get(ids)?.(target, ids),
  onChange: () => store.setState({ waiting: deletes.waiting() }),
});

/** Deletes that wait for Undo, oldest first. */
export const useWaitingDeletes = () => store((state) => state.waiting);

/** Calls back after each change, with those that wait; returns what stops it. */
export const whenDeletesChange = (changed: (waiting: readonly WaitingDelete[]) => void) =>
  store.subscribe(({ waiting }) => changed(waiting));

/**
 * Takes messages off the screen and holds their delete back for five seconds, to be undone; `send` then deletes them.
 * Undefined when there is no time for that, or when something else of this tab has one of them: nothing is done.
 */
export function scheduleDelete(target: QueueTarget, ids: readonly string[], send: Send): WaitingDelete | undefined {
  sends.set(ids, send);
  // Sent when their time is over, they would be refused for want of a secret.
  beforeLettingGo(deletes.flushConnection);
  return deletes.hold(target, ids);
}

/** Puts the messages of the newest delete back, or of the one with this number; false when it is too late. */
export const undoDelete = (number?: number): boolean => deletes.undo(number);

/** Sends what waits, of one queue or of all: the page is leaving, or the queue is to be cleared. Settles when it is answered. */
export const flushDeletes = (records?: QueueTarget['records']): Promise<void> => deletes.flush(records);
