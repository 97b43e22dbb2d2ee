import { onlyQueueOf } from '@/state/connections/connections';
import { openQueue } from '@/state/navigation/route';

/** Goes to the queues of a connection, or to the one queue that it is for. */
export const openConnection = (connectionId: string) => openQueue(connectionId, onlyQueueOf(connectionId));
