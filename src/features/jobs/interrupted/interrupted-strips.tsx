import { useEffect } from 'react';
import type { JournalQueue } from '@/bulk/journal/journal';
import { forgetJob } from '@/state/journal/interrupted-jobs';
import { concerns, type InterruptedJob, useInterruptedJobs } from '@/state/journal/interrupted-store';
import { useEarlierLeases } from '@/state/leases/restored-leases';
import { lazyPart } from '@/ui/parts/lazy-part';

const Strip = lazyPart(async () => (await import('./interrupted-strip')).default);

/** The jobs that were cut off and concern this queue, above its rows. */
export default function InterruptedStrips({ connectionId, queue }: JournalQueue) {
  const earlier = new Set(useEarlierLeases().map(({ id }) => id));
  const all = useInterruptedJobs().filter((job) => concerns(job, { connectionId, queue }));
  // What this tab browsed before a reload, it tells of and can release by the receipts that it kept.
  const isTold = ({ head, replayed }: InterruptedJob) =>
    head.kind === 'browse' && [...replayed.items.keys()].some((id) => earlier.has(id));
  const told = all.filter(isTold);
  useEffect(() => {
    for (const { id } of told) void forgetJob(id);
  });
  const jobs = all.filter((job) => !told.includes(job));
  return jobs.map((job) => <Strip key={job.id} job={job} queue={queue} />);
}
