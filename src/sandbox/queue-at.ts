import type { EndpointCall } from './endpoint';
import { StorageFault } from './storage-fault';
import type { StoredQueue } from './store';

/** @throws StorageFault when the queue that a request names is not there. */
export function queueAt({ store, incoming: { segments } }: EndpointCall): StoredQueue {
  const queue = store.queue(segments[0] ?? '');
  if (!queue) throw new StorageFault('QueueNotFound');
  return queue;
}
