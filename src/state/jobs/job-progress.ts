import { useSyncExternalStore } from 'react';
import type { Job } from '@/bulk/jobs/job';

/** Milliseconds between two looks at a job, which can change thousands of times a second. */
const POLL_MS = 200;

/** Draws anew when the job has changed, at most five times a second; what it reads of the job is live. */
export function useJobProgress(job: Job | undefined) {
  useSyncExternalStore(
    (tell) => (job ? subscribeSlowly(job, tell) : () => {}),
    () => job?.version,
  );
  return job?.progress;
}

function subscribeSlowly(job: Job, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = job.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, POLL_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** 0 to 1; undefined without a total. */
export function shareDone({ done, failed, skipped, uncertain, total }: Job['progress']): number | undefined {
  return total === undefined ? undefined : total === 0 ? 1 : Math.min(1, (done + failed + skipped + uncertain) / total);
}
