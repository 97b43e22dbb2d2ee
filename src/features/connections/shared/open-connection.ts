import { onlyQueueOf } from '@/state/connections/connections';
import { openQueue } from '@/state/navigation/route';

/** Opens the queues of a connection, or the one queue that it is for, or `queue`. */
export const openConnection = (connectionId: string, queue?: string) =>
  openQueue(connectionId, onlyQueueOf(connectionId) ?? queue);
