import {
  ArrowRightToLine,
  Copy,
  Download,
  Eraser,
  Eye,
  ListEnd,
  Pencil,
  Send,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { JobState } from '@/bulk/jobs/job-state';
import { shareDone, useJobProgress } from '@/state/jobs/job-progress';
import { isEnded, type JobKind, type ListedJob, useJobs } from '@/state/jobs/job-store';
import { useUnsavedReceipts } from '@/state/leases/receipt-session-storage';
import { useNow } from '@/ui/browser/use-now';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { count, counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import { Dialog } from '@/ui/overlay/dialog';
import { jobName, jobTitle, rateText, timeLeftText } from '../shared/job-text';
import { EndedJob } from './ended-job';
import { CloseNote, JobPhases } from './job-phases';

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

/** The progress of a running job, with the buttons that pause and cancel it. */
function RunningJob({ listed }: { listed: ListedJob }) {
  const { job, kind, where } = listed;
  const { progress, state } = job;
  const share = shareDone(progress);
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  const troubles = over - progress.done;
  const isEnding = state === 'cancelling' || state === 'returning';
  return (
    <>
      <div className="flex items-center gap-2 [&>.lucide]:size-3.5 [&>.lucide]:flex-none [&>.lucide]:text-text-3">
        {JOB_ICONS[kind]}
        <p className="min-w-0 flex-1 truncate" title={where}>
          <b className="font-semibold">{jobTitle(listed)}</b> <span className="text-text-3">{where}</span>
        </p>
      </div>
      <Bar value={share ?? 0} label={`${jobName(listed)} job progress`} />
      <div className="flex flex-wrap items-center gap-x-3 text-12 tabular-nums">
        <span>
          <b className="font-semibold">{count(over)}</b>
          {progress.total !== undefined && ` / ${count(progress.total)}`}
        </span>
        {troubles > 0 && <span className="text-danger">{count(troubles)} with a problem</span>}
        <span className="text-text-3">{stateText(state, progress.rate)}</span>
        {state === 'running' && progress.secondsLeft !== undefined && (
          <span className="text-text-3">{timeLeftText(progress.secondsLeft)}</span>
        )}
        <span className="flex-1" />
        {!isEnding && (
          <span className="flex gap-1">
            {state === 'paused' ? (
              <Button size="sm" variant="ghost" onClick={() => job.resume()}>
                Resume
              </Button>
            ) : (
              <Button size="sm" variant="ghost" onClick={() => job.pause()}>
                Pause
              </Button>
            )}
            <Button
              size="sm"
              title={`Stops after the requests under way; the ${count(progress.done)} done so far stay done`}
              onClick={() => job.cancel()}
            >
              Cancel
            </Button>
          </span>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-6 gap-y-1.5 max-desk:grid-cols-1">
        <JobPhases job={job} />
        <div className="grid content-start gap-1.5">
          {job.canAbandon && state !== 'paused' && <CloseNote job={job} />}
          {isEnding ? job.canAbandon && <Returning listed={listed} /> : <UnsavedReceipts />}
        </div>
      </div>
    </>
  );
}

function stateText(state: JobState, rate: number): string {
  if (state === 'running') return rateText(rate);
  return state === 'paused' ? 'Paused' : state === 'returning' ? 'Returning its leases' : 'Cancelling';
}

/** The leases that an ending job still returns. Without answers that can take long, so it can be stopped. */
function Returning({ listed: { job } }: { listed: ListedJob }) {
  // Reads the job's leases again each second.
  'use no memo';
  useNow();
  const { messages, until } = job.leasedNow();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-2">
      <Button size="sm" onClick={() => job.abandon()}>
        Stop returning
      </Button>
      {messages > 0
        ? `Leaves ${counted(messages, 'message')} hidden until ${clockTime(until)} at the latest.`
        : 'Does not wait for requests under way.'}
    </div>
  );
}

/** A warning, while the job can still be cancelled, that a reload would lose receipts. */
function UnsavedReceipts() {
  const unsaved = useUnsavedReceipts();
  if (unsaved === 0) return null;
  return (
    <p className="text-12 text-pretty text-danger">
      The browser has no room for {counted(unsaved, 'more receipt')}: a reload would leave those messages hidden.
    </p>
  );
}

const JOB_ICONS: Record<JobKind, ReactNode> = {
  move: <ArrowRightToLine />,
  copy: <Copy />,
  redrive: <Undo2 />,
  requeue: <ListEnd />,
  undoMove: <Undo2 />,
  undoText: <Undo2 />,
  delete: <Trash2 />,
  clear: <Eraser />,
  visibility: <Eye />,
  text: <Pencil />,
  send: <Send />,
  addAgain: <Undo2 />,
  import: <Download />,
  export: <Upload />,
};
