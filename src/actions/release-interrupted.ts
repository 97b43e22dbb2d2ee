import { releasable, restore } from '@/bulk/jobs/continue-job';
import { nowAt } from '@/bulk/requests/queue-target';
import { queueTarget } from '@/queries/queue-target';
import { takeJob } from '@/state/journal/interrupted-jobs';
import { continueJournal } from '@/state/journal/job-journals';
import type { QueueContext } from './lease-requests';
import { releaseRestored } from './release-restored';

type Release = { signal: AbortSignal; onProgress: (released: number) => void };

/**
 * Ends the leases of a job that was cut off, in the order received, so that their messages are visible again; the rest of it stays
 * as it is. Resolves to the reasons of those that could not be.
 */
export async function releaseInterrupted(on: QueueContext, id: string, release: Release): Promise<string[]> {
  const taken = await takeJob(id);
  if (!taken) return ['Another tab of this browser has this job by now.'];
  const { head, journal: read, replayed, parts } = taken.job;
  const journal = continueJournal(head, { parts, release: taken.release, use: 'release' });
  const target = journal.target(queueTarget(on.account, on.queue));
  try {
    const leases = releasable(read, replayed, nowAt(target));
    for (const lease of leases) restore(target, lease, nowAt(target));
    return await releaseRestored(on, leases, { ...release, target });
  } finally {
    await journal.leave();
  }
}
