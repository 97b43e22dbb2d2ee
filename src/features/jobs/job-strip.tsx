import { shareDone, useJobProgress } from '@/state/jobs/job-progress';
import { isEnded, useJobs } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { Bar } from '@/ui/controls/bar';
import { count } from '@/ui/format/counts';
import { doingText, jobTitle } from './job-text';

/** On a phone, above the tabs: how far the newest job is, and the way to all of them. */
export function JobStrip() {
  const jobs = useJobs();
  const listed = jobs.find(({ job }) => !isEnded(job)) ?? jobs[0];
  const progress = useJobProgress(listed?.job);
  if (!listed || !progress) return null;
  const isOver = isEnded(listed.job);
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  return (
    <section aria-label="Job" className="flex-none border-t border-line bg-canvas">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: 'jobs' })}
        className="flex h-9 w-full items-center gap-2.5 px-3.5 text-12 text-text-2 -outline-offset-2!"
      >
        <span className="min-w-0 flex-1 truncate text-left">
          {isOver ? jobTitle(listed) : `${doingText(listed)}, ${listed.where}`}
        </span>
        {!isOver && <Bar value={shareDone(progress) ?? 0} />}
        {!isOver && (
          <span className="tabular-nums">
            {count(over)}
            {progress.total !== undefined && ` / ${count(progress.total)}`}
          </span>
        )}
      </button>
    </section>
  );
}
