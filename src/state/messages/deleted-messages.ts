import { create } from 'zustand';
import { createDeletions, type Deletion } from '@/messages/deletions';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { records } from './records';

const store = create<{ all: readonly Deletion[] }>(() => ({ all: [] }));

/** Messages that this tab deleted and can add again. */
export const deletions = createDeletions(records, () => store.setState({ all: deletions.all() }));

/** The deletions of one queue, newest first. */
export const useDeletions = ({ connectionId, queue }: QueueRef): readonly Deletion[] =>
  store().all.filter(({ ref }) => ref.connectionId === connectionId && ref.queue === queue);

/** Records the loaded messages that were cleared since a tick. */
export function noteCleared(queue: QueueRecords, since: number): Deletion | undefined {
  const ids: string[] = [];
  for (const { id, standing } of queue.all()) {
    if (standing.is === 'deleted' && standing.how === 'cleared' && standing.evidence.asked > since) ids.push(id);
  }
  return deletions.note({ ref: queue.ref, what: 'cleared', ids });
}
