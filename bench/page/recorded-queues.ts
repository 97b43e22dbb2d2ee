import type { Account } from '@/azure/protocol/model';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';

/** The queues of an account as the page works on them: every answer is recorded. */
export function recordedQueues(account: Account): (queue: string) => QueueTarget {
  const records = createRecords();
  const recorded = recordedAccount(account, records, Date.now);
  return (queue) => ({ account: recorded, queue, records: records.of({ connectionId: account.id, queue }) });
}
