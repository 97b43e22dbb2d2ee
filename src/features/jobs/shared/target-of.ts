import type { QueueTarget } from '@/bulk/requests/queue-target';
import { queueTarget } from '@/queries/queue-target';
import { accountFor } from '@/queries/use-account';

/**
 * A queue of a connection as jobs take it.
 * @throws when the connection was forgotten meanwhile.
 */
export function targetOf(connectionId: string, queue: string): QueueTarget {
  const account = accountFor(connectionId);
  if (!account) throw new Error('The connection was forgotten.');
  return queueTarget(account, queue);
}
