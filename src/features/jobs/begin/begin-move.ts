import type { QueryClient } from '@tanstack/react-query';
import { startMessageJob } from '@/bulk/jobs/message-job';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { copyMessage } from '@/bulk/work/copy-message';
import { moveMessage } from '@/bulk/work/move-message';
import { queueKeys } from '@/queries/queues';
import type { ListedJob } from '@/state/jobs/job-store';
import type { MessageJobForm } from '../shared/scope';
import { beginJob } from './begin-job';

export type MoveAction = 'move' | 'copy' | 'redrive';

export const MOVE_VERBS: Record<MoveAction, string> = { move: 'Move', copy: 'Copy', redrive: 'Redrive' };

type Move = MessageJobForm & {
  action: MoveAction;
  from: QueueTarget;
  to: QueueTarget;
  /** False for a target that has to be created first; undefined when its queues cannot be listed. */
  isThere: boolean | undefined;
};

/**
 * Begins to move or copy messages to a queue, which it creates first if need be.
 * @throws whatever creating the queue threw; no job has begun then.
 */
export async function beginMove(client: QueryClient, { action, from, to, isThere, ...form }: Move): Promise<ListedJob> {
  if (isThere === false) {
    await to.account.createQueue(to.queue);
    void client.invalidateQueries({ queryKey: queueKeys.all(to.account), exact: true });
  }
  const job = startMessageJob({
    name: MOVE_VERBS[action],
    from,
    work: action === 'copy' ? copyMessage(to) : moveMessage(to),
    ...form,
  });
  const elsewhere = to.account.id === from.account.id ? '' : ` in ${to.account.name}`;
  return beginJob(client, {
    kind: action,
    where: `${from.queue} to ${to.queue}${elsewhere}`,
    job,
    changes: [from, to],
  });
}
