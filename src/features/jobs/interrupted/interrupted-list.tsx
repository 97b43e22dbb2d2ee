import { TriangleAlert } from 'lucide-react';
import { forgetJob, standingNow } from '@/state/journal/interrupted-jobs';
import {
  type InterruptedJob,
  type JobElsewhere,
  useInterruptedJobs,
  useJobsElsewhere,
  useUnreadableJobs,
} from '@/state/journal/interrupted-store';
import { closeDialog } from '@/state/navigation/open-dialog';
import { queueRoute, routeHref } from '@/state/navigation/route';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { count } from '@/words/counts';
import { continueReason } from '../begin/continue-interrupted';
import { jobName } from '../shared/job-text';
import { closeText, stoppedText } from './interrupted-text';

const row =
  'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 last:border-b-0 [&>.lucide]:size-3.5 [&>.lucide]:flex-none';

/** Jobs that were cut off, those of other tabs, and what of an earlier visit cannot be read, as items of the list of jobs. */
export function InterruptedList() {
  const unreadable = useUnreadableJobs();
  return (
    <>
      {useJobsElsewhere().map((job) => (
        <Elsewhere key={job.id} job={job} />
      ))}
      {useInterruptedJobs().map((job) => (
        <Stopped key={job.id} job={job} />
      ))}
      {unreadable.map(({ id, reason }) => (
        <li key={id} className={row}>
          <TriangleAlert className="text-warn" />
          <span className="min-w-0 flex-1">
            A job of an earlier visit stopped. {reason} Messages that it hid become visible by themselves.
          </span>
          <Button size="sm" onClick={() => void forgetJob(id)}>
            Close
          </Button>
        </li>
      ))}
    </>
  );
}

/** True when that list has something. */
export const useHasInterrupted = (): boolean =>
  useJobsElsewhere().length + useInterruptedJobs().length + useUnreadableJobs().length > 0;

const nameOf = ({ kind }: JobElsewhere['head']): string => (kind === 'browse' ? 'Browse' : jobName({ kind }));

function Elsewhere({ job: { head, done, total } }: { job: JobElsewhere }) {
  return (
    <li className={row}>
      <span className="min-w-0 flex-1 truncate" title={head.where}>
        <b className="font-semibold">
          {nameOf(head)} {head.where}
        </b>{' '}
        in another tab of this browser
      </span>
      {done !== undefined && total !== undefined && (
        <>
          <Bar value={total === 0 ? 1 : Math.min(1, done / total)} label={`${nameOf(head)} in another tab`} />
          <span className="text-12 tabular-nums">
            {count(done)} of {count(total)}
          </span>
        </>
      )}
    </li>
  );
}

function Stopped({ job }: { job: InterruptedJob }) {
  const { head, journal, id } = job;
  const standing = standingNow(job);
  const reason = continueReason(head);
  return (
    <li className={row}>
      <TriangleAlert className="text-warn" />
      <span className="min-w-0 flex-[1_0_14rem] text-pretty max-desk:max-w-[calc(100%-2rem)]">
        <b className="font-semibold">{stoppedText(head, standing, journal.writtenAt)}</b>
        {reason !== undefined && <span className="block text-12 text-text-2">{reason}</span>}
      </span>
      <a
        className="inline-flex items-center text-accent underline"
        href={routeHref(queueRoute(head.from.connectionId, head.from.queue))}
        onClick={closeDialog}
      >
        Open {head.from.queue}
      </a>
      <Button size="sm" title={closeText(standing)} onClick={() => void forgetJob(id)}>
        Close
      </Button>
    </li>
  );
}
