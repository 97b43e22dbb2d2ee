import { useSyncExternalStore } from 'react';
import type { NetworkLoss } from '@/azure/protocol/errors';
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

/** What a job waits for that a person has not paused; undefined while it goes on. */
export const waitsForNetwork = ({ state, waitsFor }: Pick<Job, 'state' | 'waitsFor'>): NetworkLoss | undefined =>
  state === 'paused' ? undefined : waitsFor;

/** Seconds until a job is over: its parts go beside one another. 0 where that is not known. */
export const secondsLeft = ({ secondsLeft: working = 0, walk }: Job['progress']): number =>
  Math.max(walk?.finding.secondsLeft ?? 0, working, walk?.returning.secondsLeft ?? 0);

/** Less than all, also when it is rounded to whole percents. */
const NOT_ALL = 0.99;

/**
 * Share of a job that is done, 0 to 1: of the requests that it is expected to send; without a forecast of its items, and of the
 * messages that it has to return. 1 only when nothing is left; undefined without a total.
 */
export function shareDone(progress: Job['progress']): number | undefined {
  const { requests } = progress;
  const share = shareOfItems(progress);
  if (!requests || requests.most === 0 || share === 1) return share;
  return Math.min(NOT_ALL, requests.sent / requests.most);
}

function shareOfItems({ done, failed, skipped, uncertain, total, walk }: Job['progress']): number | undefined {
  if (total === undefined) return undefined;
  const over = Math.min(total, done + failed + skipped + uncertain);
  const { returning, finding } = walk ?? {};
  const all = total + (returning?.total ?? 0);
  const share = all === 0 ? 1 : (over + (returning?.done ?? 0)) / all;
  const isOver =
    returning === undefined || returning.isOver || (finding?.isOver === true && returning.done === all - total);
  return isOver && over === total ? Math.min(1, share) : Math.min(NOT_ALL, share);
}
