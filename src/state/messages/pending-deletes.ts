import { create } from 'zustand';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { createWaitingDeletes, type WaitingDelete } from '@/bulk/work/delete-later';
import { beforeClosing } from './before-closing';

export {
  UNDO_NEEDS_MS as UNDO_NEEDS,
  UNDO_WINDOW_MS as UNDO_WINDOW,
  type WaitingDelete,
} from '@/bulk/work/delete-later';

type Send = (target: QueueTarget, ids: readonly string[]) => Promise<unknown>;

const store = create<{ waiting: readonly WaitingDelete[] }>(() => ({ waiting: [] }));
/** The `send` of each waiting delete, by its ids. */
const sends = new WeakMap<readonly string[], Send>();

const deletes = createWaitingDeletes({
  send: async (target, ids) => sends.get(ids)?.(target, ids),
  onChange: () => store.setState({ waiting: deletes.waiting() }),
});

/** Deletes in their undo window, oldest first. */
export const useWaitingDeletes = () => store((state) => state.waiting);

/** Calls `changed` with the waiting deletes after each change; returns a function that ends that. */
export const whenDeletesChange = (changed: (waiting: readonly WaitingDelete[]) => void) =>
  store.subscribe(({ waiting }) => changed(waiting));

/**
 * Hides messages and starts the undo window of their delete, after which `send` deletes them. Undefined, and nothing is done, when
 * a lease ends too soon or other work of this tab has claimed one of them.
 */
export function scheduleDelete(target: QueueTarget, ids: readonly string[], send: Send): WaitingDelete | undefined {
  sends.set(ids, send);
  // Without the secret, the delete could not be sent.
  beforeClosing(deletes.flushConnection);
  return deletes.hold(target, ids);
}

/** Tells that the page is hidden or shown: while it is hidden, the undo windows stand still as long as their leases allow. */
export const setDeletesHidden = (isHidden: boolean): void => deletes.setHidden(isHidden);

/** Cancels the newest delete, or the one with this number; false when it was sent. */
export const undoDelete = (number?: number): boolean => deletes.undo(number);

/** Sends the waiting deletes of one queue or of all, and resolves when they are answered. */
export const flushDeletes = (records?: QueueTarget['records']): Promise<void> => deletes.flush(records);
