import type { EndpointCall } from './endpoint';
import { Refused } from './refused';
import type { StoredQueue } from './store';

/** @throws Refused when the queue that a request names is not there. */
export function queueAt({ store, incoming: { segments } }: EndpointCall): StoredQueue {
  const queue = store.queue(segments[0] ?? '');
  if (!queue) throw new Refused('QueueNotFound');
  return queue;
}
