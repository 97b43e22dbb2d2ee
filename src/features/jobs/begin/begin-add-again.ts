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

/**
 * Begins to add the messages of a deletion again. The job owns the deletion until it ends; undefined when another job owns
 * it.
 */
export function beginAddAgain(client: QueryClient, to: QueueTarget, deletion: number): ListedJob | undefined {
  const { queue, records } = to;
  const owned = deletions.take(deletion);
  if (!owned) return undefined;
  const ended = new Set<string>();
  const job = startJob<{ id: string }, SentMessage>({
    source: owned.ids.map((id) => ({ id })),
    work: addAgain(to),
    total: owned.ids.length,
    key: ({ id }) => id,
    name: ({ id }) => id,
    onOutcome: ({ item }) => ended.add(item.id),
  });
  const idsOf = (kind: OutcomeKind) => job.outcomes.flatMap((one) => (one.kind === kind ? one.item.id : []));
  return beginJob(client, {
    kind: 'addAgain',
    where: queue,
    job,
    changes: [to],
    // The rest is added again by the dialog, which says what that does.
    canRetry: false,
    onEnd: () => {
      // A cancelled job has not begun some of them.
      const notBegun = owned.ids.filter((id) => !ended.has(id));
      deletions.leave(owned, { failed: [...idsOf('failed'), ...notBegun], maybe: idsOf('maybeDone') });
    },
    after: {
      label: 'Add the rest again',
      run: () => openDialog({ kind: 'addAgain', connectionId: records.ref.connectionId, queue }),
      isOffered: () => deletions.all().some(({ id }) => id === owned.id),
    },
  });
}
