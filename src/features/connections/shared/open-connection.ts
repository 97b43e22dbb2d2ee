import { onlyQueueOf } from '@/state/connections/connections';
import { go } from '@/state/navigation/route';

/** Goes to the queues of a connection, or to the one queue that it is for. */
export const openConnection = (connection: string) =>
  go({ screen: 'explorer', connection, queue: onlyQueueOf(connection), mode: 'peek', filter: '' });
