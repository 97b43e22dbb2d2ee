import { lazy } from 'react';
import type { JournalQueue } from '@/bulk/journal/journal';
import { concerns, useInterruptedJobs } from '@/state/journal/interrupted-store';

const Strip = lazy(() => import('./interrupted-strip'));

/** The jobs that were cut off and concern this queue, above its rows. */
export default function InterruptedStrips({ connectionId, queue }: JournalQueue) {
  const jobs = useInterruptedJobs().filter((job) => concerns(job, { connectionId, queue }));
  return jobs.map((job) => <Strip key={job.id} job={job} queue={queue} />);
}
