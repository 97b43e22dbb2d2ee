import type { QueryClient } from '@tanstack/react-query';
import type { SentMessage } from '@/azure/protocol/model';
import { startJob } from '@/bulk/jobs/start-job';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { addAgain } from '@/bulk/work/add-message';
import type { ListedJob } from '@/state/jobs/job-store';
import { deletions } from '@/state/messages/deleted-messages';
import { openDialog } from '@/state/navigation/open-dialog';
import { beginJob } from './begin-job';

/** Adds a deletion again as a job, which has it from here on, to retry too; undefined when another one has it already. */
export function beginAddAgain(client: QueryClient, to: QueueTarget, deletion: number): ListedJob | undefined {
  const { queue, records } = to;
  const taken = deletions.take(deletion);
  if (!taken) return undefined;
  const ended = new Set<string>();
  const job = startJob<{ id: string }, SentMessage>({
    source: taken.ids.map((id) => ({ id })),
    work: addAgain(to),
    total: taken.ids.length,
    key: ({ id }) => id,
    name: ({ id }) => id,
    onOutcome: ({ item }) => ended.add(item.id),
  });
  const left = (kind: OutcomeKind) => job.outcomes.flatMap((one) => (one.kind === kind ? one.item.id : []));
  return beginJob(client, {
    kind: 'addAgain',
    where: queue,
    noun: 'message',
    job,
    changes: [to],
    // What is left can be tried again here, where it is said what that does.
    canRetry: false,
    onEnd: () => {
      // A cancelled job has not begun with some of them.
      const notBegun = taken.ids.filter((id) => !ended.has(id));
      deletions.leave(taken, { failed: [...left('failed'), ...notBegun], maybe: left('maybeDone') });
    },
    after: {
      label: 'Add the rest again',
      run: () => openDialog({ kind: 'addAgain', connectionId: records.ref.connectionId, queue }),
      isOffered: () => deletions.all().some(({ id }) => id === taken.id),
    },
  });
}
