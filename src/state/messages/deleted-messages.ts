import { useSyncExternalStore } from 'react';
import { createDeletions, type Deletion } from '@/messages/deletions';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { records } from './records';

let told: readonly Deletion[] = [];
const listeners = new Set<() => void>();

/** What this tab deleted and can add again. */
export const deletions = createDeletions(records, () => {
  told = deletions.all();
  for (const listener of listeners) listener();
});

/** Of one queue, newest first. */
export function useDeletions({ connectionId, queue }: QueueRef): readonly Deletion[] {
  const all = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    () => told,
  );
  return all.filter(({ ref }) => ref.connectionId === connectionId && ref.queue === queue);
}

/** Keeps what was cleared since a tick, as far as it was loaded. */
export function noteCleared(queue: QueueRecords, since: number): Deletion | undefined {
  const ids: string[] = [];
  for (const { id, standing } of queue.all()) {
    if (standing.is === 'deleted' && standing.how === 'cleared' && standing.evidence.asked > since) ids.push(id);
  }
  return deletions.note({ ref: queue.ref, what: 'cleared', ids });
}
