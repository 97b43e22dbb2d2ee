import { onlyQueueOf } from '@/state/connections';
import { go } from '@/state/place';

/** Goes to the queues of a connection, or to the one queue that it is for. */
export const openConnection = (connection: string) =>
  go({ screen: 'explorer', connection, queue: onlyQueueOf(connection), mode: 'peek', filter: '' });
