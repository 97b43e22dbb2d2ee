import { useJobProgress } from '@/state/jobs/job-progress';
import { isEnded, type ListedJob, useJobs } from '@/state/jobs/job-store';
import { Dialog } from '@/ui/overlay/dialog';
import { EndedJob } from './ended-job';
import { RunningJob } from './running-job';

/** The jobs of this tab, newest first, each with its progress or its report. */
export function JobList() {
  const jobs = useJobs();
  if (jobs.length === 0)
    return (
      <p className="px-4 py-2 text-12 text-text-3">
        No jobs yet. Moving, copying, deleting, importing or exporting many messages shows here.
      </p>
    );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- has to be scrolled by keyboard too
    <ul tabIndex={0} aria-label="Jobs of this tab" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2!">
      {jobs.map((listed) => (
        <Item key={listed.id} listed={listed} />
      ))}
    </ul>
  );
}

function Item({ listed }: { listed: ListedJob }) {
  useJobProgress(listed.job);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b border-line px-4 py-2 last:border-b-0">
      {isEnded(listed.job) ? <EndedJob listed={listed} /> : <RunningJob listed={listed} />}
    </li>
  );
}

/** The jobs on a phone, which has no drawer. */
export default function JobsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Jobs" size="md" onClose={onClose}>
      <div className="-mx-5 -my-4 flex max-desk:-mx-4">
        <JobList />
      </div>
    </Dialog>
  );
}
