import type { Job } from '@/bulk/jobs/job';
import { waitingText } from '@/state/activity/page-network';
import { shareDone, useJobProgress, waitsForNetwork } from '@/state/jobs/job-progress';
import { useInterruptedJobs, useUnreadableJobs } from '@/state/journal/interrupted-store';
import { Dot } from '@/ui/controls/badge';
import { Bar } from '@/ui/controls/bar';
import { counted, percent } from '@/words/counts';

/** For the status bar: an amber dot while a job has stopped, in any queue, and how far the running one is. */
export default function JobShare({ job }: { job: Job | undefined }) {
  const stopped = useInterruptedJobs().length + useUnreadableJobs().length;
  return (
    <>
      {stopped > 0 && (
        <>
          <Dot tone="warn" />
          <span className="sr-only">{counted(stopped, 'job')} stopped</span>
        </>
      )}
      {job && <Running job={job} />}
    </>
  );
}

/** What a job waits for, or the share of it that is finished. */
function Running({ job }: { job: Job }) {
  const progress = useJobProgress(job);
  const share = progress && shareDone(progress);
  const waitsFor = waitsForNetwork(job);
  if (waitsFor !== undefined) return waitingText(waitsFor);
  if (share === undefined) return null;
  return (
    <>
      <Bar value={share} className="w-16 flex-none! bg-line-strong!" /> {percent(share)}
    </>
  );
}
