import { lazy } from 'react';
import type { JournalQueue } from '@/bulk/journal/journal';
import { concerns, useInterruptedJobs, useUnreadableJobs } from '@/state/journal/interrupted-store';
import { Dot } from '@/ui/controls/badge';

const Strips = lazy(() => import('./interrupted-strip'));

/** The strips of a queue, whose code is loaded with the first of them. */
export function InterruptedStrips(on: JournalQueue) {
  const isAny = useInterruptedJobs().some((job) => concerns(job, on));
  return isAny && <Strips {...on} />;
}

/** An amber dot while a job has stopped, in any queue. */
export function StoppedDot() {
  const stopped = useInterruptedJobs().length + useUnreadableJobs().length;
  if (stopped === 0) return null;
  return (
    <>
      <Dot tone="warn" />
      <span className="sr-only">{stopped === 1 ? '1 job stopped' : `${stopped} jobs stopped`}</span>
    </>
  );
}
