import { type Listener, QueueRecords } from './queue-records';
import type { QueueRef } from './record';

/** The records of all queues of this tab. */
export type Records = {
  /** The same object for the same queue, for as long as the records are. */
  of(ref: QueueRef): QueueRecords;
  queues(): Iterable<QueueRecords>;
  /** Called after each change in any queue. */
  subscribe(listener: (queue: QueueRecords, ...told: Parameters<Listener>) => void): () => void;
  /** Forgets a connection's messages; what is answered later about them is not taken in until it is opened again. */
  close(connectionId: string): void;
  open(connectionId: string): void;
  isOpen(connectionId: string): boolean;
};

export function createRecords(): Records {
  const queues = new Map<string, QueueRecords>();
  const listeners = new Set<(queue: QueueRecords, ...told: Parameters<Listener>) => void>();
  const closed = new Set<string>();
  let ticks = 0;
  const tick = () => ++ticks;

  return {
    of({ connectionId, queue }) {
      const key = `${connectionId}/${queue}`;
      let records = queues.get(key);
      if (!records) {
        const made = new QueueRecords({ connectionId, queue }, tick);
        made.subscribe((...told) => {
          for (const listener of listeners) listener(made, ...told);
        });
        queues.set(key, made);
        records = made;
      }
      return records;
    },
    queues: () => queues.values(),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close(connectionId) {
      closed.add(connectionId);
      for (const records of queues.values()) if (records.ref.connectionId === connectionId) records.clear();
    },
    open: (connectionId) => void closed.delete(connectionId),
    isOpen: (connectionId) => !closed.has(connectionId),
  };
}
