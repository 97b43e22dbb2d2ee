import { onlyQueueOf } from '@/state/connections/connections';
import { openQueue } from '@/state/navigation/route';

/** Opens the queues of a connection, or the one queue that it is for. */
export const openConnection = (connectionId: string) => openQueue(connectionId, onlyQueueOf(connectionId));
