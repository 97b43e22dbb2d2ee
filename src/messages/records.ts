import { type Listener, QueueRecords } from './queue-records';
import type { QueueRef } from './record';

/** The records of all queues of this tab. */
export type Records = {
  /** Returns the same object for the same queue. */
  of(ref: QueueRef): QueueRecords;
  queues(): Iterable<QueueRecords>;
  /** Called after each change in any queue. */
  subscribe(listener: (queue: QueueRecords, ...args: Parameters<Listener>) => void): () => void;
  /** Removes the records of a connection and ignores later responses until `open`. */
  close(connectionId: string): void;
  open(connectionId: string): void;
  isOpen(connectionId: string): boolean;
};

export function createRecords(): Records {
  const queues = new Map<string, QueueRecords>();
  const listeners = new Set<(queue: QueueRecords, ...args: Parameters<Listener>) => void>();
  const closed = new Set<string>();
  let ticks = 0;
  const tick = () => ++ticks;

  return {
    of({ connectionId, queue }) {
      const key = `${connectionId}/${queue}`;
      const existing = queues.get(key);
      if (existing) return existing;
      const made = new QueueRecords({ connectionId, queue }, tick);
      made.subscribe((...args) => {
        for (const listener of listeners) listener(made, ...args);
      });
      queues.set(key, made);
      return made;
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
