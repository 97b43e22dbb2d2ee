import type { Job } from '@/bulk/jobs/job';
import { waitingText } from '@/state/activity/page-network';
import { shareDone, useJobProgress, waitsForNetwork } from '@/state/jobs/job-progress';
import { Bar } from '@/ui/controls/bar';

/** The share of a running job that is finished, for the status bar. */
export default function JobShare({ job }: { job: Job }) {
  const progress = useJobProgress(job);
  const share = progress && shareDone(progress);
  const waitsFor = waitsForNetwork(job);
  if (waitsFor !== undefined) return waitingText(waitsFor);
  if (share === undefined) return null;
  return (
    <>
      <Bar value={share} className="w-16 flex-none! bg-line-strong!" /> {Math.floor(share * 100)}%
    </>
  );
}
