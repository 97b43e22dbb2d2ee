import type { QueryClient } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import { startJob } from '@/bulk/jobs/start-job';
import { clearQueue } from '@/bulk/work/clear-queue';
import type { ListedJob } from '@/state/jobs/job-store';
import { noteCleared } from '@/state/messages/deleted-messages';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { beginJob } from './begin-job';

/** Why `queues` cannot be cleared yet; undefined once their number was typed. */
export function clearProblem(queues: readonly string[], typed: string): string | undefined {
  if (queues.length === 0) return 'Choose queues first.';
  const number = String(queues.length);
  return typed === number ? undefined : `Type ${number}, the number of queues, to confirm.`;
}

/** Begins to clear queues. Deletes that wait for Undo are sent first, and messages that were loaded can be added again. */
export function beginClear(client: QueryClient, account: Account, queues: readonly string[]): ListedJob {
  const since = new Map<string, number>();
  const clear = clearQueue(account);
  const job = startJob<string, never>({
    source: queues,
    work: async (queue) => {
      const records = recordsOf(account.id, queue);
      await flushDeletes(records);
      since.set(queue, records.tick());
      return clear(queue);
    },
    concurrency: 4,
    total: queues.length,
    onOutcome: ({ item, kind }) => {
      // Messages that were loaded before can be added again.
      if (kind === 'done') noteCleared(recordsOf(account.id, item), since.get(item) ?? 0);
    },
  });
  return beginJob(client, {
    kind: 'clear',
    where: account.name,
    noun: 'queue',
    job,
    changes: queues.map((queue) => ({ account, queue })),
  });
}
