import type { QueryClient } from '@tanstack/react-query';
import { startMessageJob } from '@/bulk/jobs/message-job';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { deleteMessage } from '@/bulk/work/delete-message';
import type { ListedJob } from '@/state/jobs/job-store';
import { deletions } from '@/state/messages/deleted-messages';
import { openDialog } from '@/state/navigation/open-dialog';
import type { MessageJobForm } from '../shared/scope';
import { beginJob } from './begin-job';

/** Begins to delete messages. Those that it has deleted, and no others, can be added again. */
export function beginDelete(
  client: QueryClient,
  from: QueueTarget,
  { ids, ...form }: MessageJobForm & { ids: readonly string[] },
): ListedJob {
  const { records, queue } = from;
  const deleted: string[] = [];
  // Keeps the texts of the messages until the deletion is noted.
  const pin = {};
  records.pin(pin, new Set(ids));
  let deletion: number | undefined;
  const job = startMessageJob({
    name: 'Delete',
    from,
    work: deleteMessage,
    ...form,
    onOutcome: ({ kind, item }) => {
      if (kind === 'done') deleted.push(item.id);
    },
  });
  return beginJob(client, {
    kind: 'delete',
    where: queue,
    job,
    changes: [from],
    onEnd: () => {
      deletion = deletions.note({ ref: records.ref, what: 'deleted', ids: deleted.splice(0) })?.id;
      records.pin(pin, undefined);
    },
    after: {
      label: 'Add them again',
      run: () =>
        openDialog({
          kind: 'addAgain',
          connectionId: records.ref.connectionId,
          queue,
          ...(deletion !== undefined && { deletion }),
        }),
    },
  });
}
