import { useSyncExternalStore } from 'react';
import type { Job } from '@/bulk/jobs/job';

/** Between two renders of a job, which can change thousands of times a second. */
const POLL_MS = 200;

/** The live progress of a job; renders after changes, at most five times a second. */
export function useJobProgress(job: Job | undefined) {
  useSyncExternalStore(
    (notify) => (job ? subscribeThrottled(job, notify) : () => {}),
    () => job?.version,
  );
  return job?.progress;
}

function subscribeThrottled(job: Job, notify: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = job.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      notify();
    }, POLL_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Share of ended items, 0 to 1; undefined without a total. */
export function shareDone({ done, failed, skipped, uncertain, total }: Job['progress']): number | undefined {
  return total === undefined ? undefined : total === 0 ? 1 : Math.min(1, (done + failed + skipped + uncertain) / total);
}
