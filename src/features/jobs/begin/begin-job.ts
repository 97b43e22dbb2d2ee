import type { QueryClient } from '@tanstack/react-query';
import { retriedOutcomes } from '@/bulk/jobs/start-job';
import { forecastJob } from '@/bulk/planning/forecast';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { queueKeys } from '@/queries/queues';
import { roundTripNow } from '@/state/activity/measured-round-trip';
import { waitingText } from '@/state/activity/page-network';
import { listJob } from '@/state/jobs/job-list';
import { shareDone, waitsForNetwork } from '@/state/jobs/job-progress';
import { areJobsOpen, isEnded, type ListedJob, openJobs } from '@/state/jobs/job-store';
import type { JobJournal } from '@/state/journal/job-journals';
import { openDialog } from '@/state/navigation/open-dialog';
import { isMedia } from '@/ui/browser/use-media';
import { announce, PROGRESS_SAID_AFTER_MS } from '@/ui/feedback/live-region';
import { toast } from '@/ui/overlay/toast-store';
import { percent } from '@/words/counts';
import { hasSucceeded, jobName, jobTitle } from '../shared/job-text';

/** Undoes what a job did, as long as the page is open. */
export type JobUndo = { isOffered: () => boolean; run: () => unknown };

type Begun = Omit<ListedJob, 'id' | 'startedAt' | 'retry' | 'noun'> & {
  /** What the job counts. Default: messages. */
  noun?: ListedJob['noun'];
  /** Queues that the job changes: their counts and messages are fetched again afterwards. */
  changes: readonly Pick<QueueTarget, 'account' | 'queue'>[];
  /** False when the failed items cannot be done apart from the rest. Default: true. */
  canRetry?: boolean;
  /** Offered once the job has ended, by its report and by Z. */
  undo?: JobUndo;
  /** The journal that it is written ahead in. */
  journal?: JobJournal | undefined;
  /** Called once the job has ended, and once for each retry of it. */
  onEnd?: (listed: ListedJob) => void;
};

/** Lists a job, opens the panel, announces its progress and its end, and invalidates the queues that it changed. */
export function beginJob(client: QueryClient, begun: Begun): ListedJob {
  const { changes: _changes, onEnd: _onEnd, undo, canRetry = true, noun = 'message', journal, ...rest } = begun;
  const { plan } = rest.job;
  const listed = listJob({
    noun,
    ...rest,
    ...(journal && { journal }),
    ...(plan && { forecast: forecastJob({ ...plan, roundTrip: roundTripNow(begun.changes[0]?.account.id ?? '') }) }),
    ...(undo && { after: { label: 'Undo', ...undo } }),
    ...(canRetry && {
      retry: (uncertain) => {
        if (rest.job.isRetried) return;
        journal?.again(retriedOutcomes(rest.job.outcomes, uncertain));
        const job = rest.job.retryFailed({ uncertain });
        if (job) beginJob(client, { ...begun, job });
      },
    }),
  });
  journal?.follow(listed.job);
  openJobs(true);
  void finish(client, listed, begun, announceQuarters(listed));
  return listed;
}

async function finish(
  client: QueryClient,
  listed: ListedJob,
  { changes, onEnd, undo }: Begun,
  hasCounted: () => boolean,
) {
  await listed.job.finished;
  onEnd?.(listed);
  tellEnd(listed, undo, hasCounted());
  for (const { account, queue } of changes) {
    void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
  }
}

/**
 * Announces that a job runs which takes long, its 25, 50 and 75 %, and that it waits for the network and goes on. Returns whether a
 * percentage has been announced.
 */
function announceQuarters(listed: ListedJob): () => boolean {
  const { job } = listed;
  const begunAt = performance.now();
  let quarter = 0;
  let isTold = false;
  let loss = waitsForNetwork(job);
  const stop = job.subscribe(() => {
    if (isEnded(job)) return stop();
    if (waitsForNetwork(job) !== loss) {
      loss = waitsForNetwork(job);
      announce(`${jobName(listed)} job: ${loss === undefined ? 'goes on' : waitingText(loss)}`);
    }
    const reached = Math.floor((shareDone(job.progress) ?? 0) * 4);
    const isLong = performance.now() - begunAt >= PROGRESS_SAID_AFTER_MS;
    if (!isLong || reached > 3 || (isTold && reached <= quarter)) return;
    isTold = true;
    quarter = reached;
    announce(`${jobName(listed)} job: ${reached > 0 ? percent(reached / 4) : 'running'}`);
  });
  return () => quarter > 0;
}

/** Tells the end by a toast alone, with the last of the percentages where there were any. */
function tellEnd(listed: ListedJob, undo: JobUndo | undefined, isCounted: boolean) {
  const { job, where } = listed;
  const isFine = hasSucceeded(job);
  const isShown = areJobsOpen() && isDesk();
  toast({
    title: jobTitle(listed),
    ...(isCounted && job.state === 'done' && { said: `${jobName(listed)} job: ${percent(1)}` }),
    detail: where,
    ...(undo?.isOffered() && { action: { label: 'Undo', kbd: 'Z', onClick: () => undo.isOffered() && undo.run() } }),
    tone: isFine ? 'success' : job.state === 'cancelled' ? 'default' : 'warn',
    ...(!isFine && {
      duration: 8000,
      ...(!isShown && !undo?.isOffered() && { action: { label: 'Show jobs', onClick: showJobs } }),
    }),
  });
}

const isDesk = () => isMedia('(width >= 760px)');

/** Shows the jobs in the panel, or in a dialog on a phone. */
function showJobs() {
  if (isDesk()) openJobs(true);
  else openDialog({ kind: 'jobs' });
}
