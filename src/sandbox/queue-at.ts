import type { EndpointCall } from './endpoint';
import { StorageFault } from './storage-fault';
import type { StoredQueue } from './store';

/** The queue of a request. @throws StorageFault when it does not exist. */
export function queueAt({ store, incoming: { segments } }: EndpointCall): StoredQueue {
  const queue = store.queue(segments[0] ?? '');
  if (!queue) throw new StorageFault('QueueNotFound');
  return queue;
}
