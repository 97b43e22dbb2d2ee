import { waitingText } from '@/state/activity/page-network';
import { secondsLeft, shareDone, useJobProgress, waitsForNetwork } from '@/state/jobs/job-progress';
import { isEnded, useJobs } from '@/state/jobs/job-store';
import { useInterruptedJobs, useUnreadableJobs } from '@/state/journal/interrupted-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { Dot } from '@/ui/controls/badge';
import { Bar } from '@/ui/controls/bar';
import { count, counted, percent } from '@/words/counts';
import { doingText, jobTitle, timeLeftText } from './shared/job-text';

/** That jobs were cut off, where none runs or has ended since. */
function Stopped() {
  const stopped = useInterruptedJobs().length + useUnreadableJobs().length;
  if (stopped === 0) return null;
  return (
    <section aria-label="Job" className="flex-none border-t border-line bg-canvas">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: 'jobs' })}
        className="flex h-9 w-full items-center gap-2.5 px-3.5 text-12 text-text-2 -outline-offset-2!"
      >
        <Dot tone="warn" />
        {counted(stopped, 'job')} stopped
      </button>
    </section>
  );
}

/** The newest job on a phone, above the tabs; opens the list of all. */
export function JobStrip() {
  const jobs = useJobs();
  const listed = jobs.find(({ job }) => !isEnded(job)) ?? jobs[0];
  const progress = useJobProgress(listed?.job);
  if (!listed || !progress) return <Stopped />;
  const hasEnded = isEnded(listed.job);
  const waitsFor = waitsForNetwork(listed.job);
  const share = shareDone(progress);
  const left = secondsLeft(progress);
  const finished = progress.done + progress.failed + progress.skipped + progress.uncertain;
  return (
    <section aria-label="Job" className="flex-none border-t border-line bg-canvas">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: 'jobs' })}
        className="flex h-9 w-full items-center gap-2.5 px-3.5 text-12 text-text-2 -outline-offset-2!"
      >
        <span className="min-w-0 flex-1 truncate text-left">
          {hasEnded
            ? jobTitle(listed)
            : waitsFor !== undefined
              ? waitingText(waitsFor)
              : `${doingText(listed)}, ${listed.where}`}
        </span>
        {!hasEnded && <Bar value={share ?? 0} />}
        {!hasEnded && (
          <span className="tabular-nums">
            {share === undefined ? count(finished) : percent(share)}
            {left > 0 && `, ${timeLeftText(left)}`}
          </span>
        )}
      </button>
    </section>
  );
}
