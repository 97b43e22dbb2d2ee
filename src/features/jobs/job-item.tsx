import { useJobProgress } from '@/state/jobs/job-progress';
import { isEnded, type ListedJob } from '@/state/jobs/job-store';
import { EndedJob } from './ended-job';
import { RunningJob } from './running-job';

/** One job: how far it is and what can be done about it, or what came of it. */
export function JobItem({ listed }: { listed: ListedJob }) {
  useJobProgress(listed.job);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b border-line px-4 py-2 last:border-b-0">
      {isEnded(listed.job) ? <EndedJob listed={listed} /> : <RunningJob listed={listed} />}
    </li>
  );
}
