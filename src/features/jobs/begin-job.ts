import type { QueryClient } from '@tanstack/react-query';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { queueTarget } from '@/queries/queue-target';
import { queueKeys } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { listJob } from '@/state/jobs/job-list';
import { shareDone } from '@/state/jobs/job-progress';
import { areJobsOpen, isEnded, type ListedJob, openJobs } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { announce } from '@/ui/feedback/live-region';
import { toast } from '@/ui/overlay/toast-store';
import { jobName, jobTitle } from './job-text';

/** A queue of a connection as jobs see it. @throws when the connection was forgotten meanwhile. */
export function targetOf(connectionId: string, queue: string): QueueTarget {
  const account = accountFor(connectionId);
  if (!account) throw new Error('The connection was forgotten.');
  return queueTarget(account, queue);
}

type Begun = Omit<ListedJob, 'id' | 'startedAt' | 'retry'> & {
  /** Queues whose counts and messages are others afterwards. */
  changes: readonly Pick<QueueTarget, 'account' | 'queue'>[];
  /** False where what failed cannot be done apart from the rest. */
  canRetry?: boolean;
  /** Told of the job once it has ended, and of each that tries again. */
  onEnd?: (listed: ListedJob) => void;
};

/** Lists a job, shows it, tells how far it is and what came of it, and has what it changed asked for anew. */
export function beginJob(client: QueryClient, begun: Begun): ListedJob {
  const { changes: _changes, onEnd: _onEnd, canRetry = true, ...rest } = begun;
  const listed = listJob({
    ...rest,
    ...(canRetry && {
      retry: (uncertain) => {
        const job = rest.job.retryFailed({ uncertain });
        if (job) beginJob(client, { ...begun, job });
      },
    }),
  });
  openJobs(true);
  announceQuarters(listed);
  void seeOff(client, listed, begun);
  return listed;
}

async function seeOff(client: QueryClient, listed: ListedJob, { changes, onEnd }: Begun) {
  await listed.job.finished;
  onEnd?.(listed);
  tellEnd(listed);
  for (const { account, queue } of changes) {
    void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
  }
}

/** Says at 25, 50 and 75 % how far it is. */
function announceQuarters(listed: ListedJob) {
  const { job } = listed;
  let quarter = 0;
  const stop = job.subscribe(() => {
    if (isEnded(job)) return stop();
    const reached = Math.floor((shareDone(job.progress) ?? 0) * 4);
    if (reached <= quarter || reached > 3) return;
    quarter = reached;
    announce(`${jobName(listed)} job: ${reached * 25}%`);
  });
}

function tellEnd(listed: ListedJob) {
  const { job, where } = listed;
  const isFine = job.state === 'done' && job.outcomes.length === job.counts.skipped;
  const isShown = areJobsOpen() && isDesk();
  toast({
    title: jobTitle(listed),
    detail: where,
    tone: isFine ? 'success' : job.state === 'cancelled' ? 'default' : 'warn',
    ...(!isFine && { duration: 8000, ...(!isShown && { action: { label: 'Show jobs', onClick: showJobs } }) }),
  });
  announce(`${jobName(listed)} job: ${job.state === 'done' ? '100%' : job.state}`);
}

const isDesk = () => matchMedia('(width >= 760px)').matches;

/** The panel, or the dialog where there is no room for one. */
function showJobs() {
  if (isDesk()) openJobs(true);
  else openDialog({ kind: 'jobs' });
}
