import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type Lease, leaseRemaining } from './leases';

/** Milliseconds a delete waits for Undo. */
export const UNDO_WINDOW = 5000;
/** Milliseconds a lease must still run for its delete to wait: the window and time enough to send. */
export const UNDO_NEEDS = 8000;

type PendingDelete = {
  id: number;
  leases: readonly Lease[];
  /** False once the request is on its way and cannot be undone. */
  waiting: boolean;
  /** Sends the request and settles when it is answered. */
  send: () => Promise<unknown>;
};

const store = create<{ deletes: readonly PendingDelete[] }>(() => ({ deletes: [] }));
const put = (deletes: readonly PendingDelete[]) => store.setState({ deletes });
let lastId = 0;

/** Ids of messages of a queue that have left the screen because they are being deleted. */
export const usePendingDeletes = (connectionId: string, queue: string) =>
  store(
    useShallow((state) =>
      state.deletes
        .flatMap((pending) => pending.leases)
        .filter((lease) => lease.connectionId === connectionId && lease.queue === queue)
        .map((lease) => lease.id),
    ),
  );

/** True when every lease runs long enough for its delete to wait for Undo. */
export const canUndo = (leases: readonly Lease[], now: number) =>
  leases.every((lease) => leaseRemaining(lease, now) > UNDO_NEEDS);

/** Takes messages off the screen and holds their delete back until `sendDelete`, `undoDelete` or `flushDeletes`. */
export function holdDelete(leases: readonly Lease[], send: () => Promise<unknown>): number {
  const id = ++lastId;
  put([...store.getState().deletes, { id, leases, waiting: true, send }]);
  return id;
}

/** Sends a held delete now; the messages come back to the screen only if it fails. Does nothing the second time. */
export async function sendDelete(id: number) {
  const pending = store.getState().deletes.find((one) => one.id === id);
  if (!pending?.waiting) return;
  const sent = { ...pending, waiting: false };
  put(store.getState().deletes.map((one) => (one.id === id ? sent : one)));
  try {
    await pending.send();
  } finally {
    remove(id);
  }
}

/** Puts the messages back; false when it is too late. */
export function undoDelete(id: number): boolean {
  const pending = store.getState().deletes.find((one) => one.id === id);
  if (!pending?.waiting) return false;
  remove(id);
  return true;
}

/** The newest delete that can still be undone. */
export const lastPendingDelete = () => store.getState().deletes.findLast((pending) => pending.waiting)?.id;
export const useCanUndoDelete = () => store((state) => state.deletes.some((pending) => pending.waiting));

/** Sends every held delete at once: the page is leaving, or the connection is. */
export const flushDeletes = () => Promise.all(store.getState().deletes.map((pending) => sendDelete(pending.id)));

const remove = (id: number) => put(store.getState().deletes.filter((pending) => pending.id !== id));
