import { ArrowRightToLine, Copy, Download, Eraser, Eye, Pencil, Send, Trash2, Undo2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JobState } from '@/bulk/jobs/job-state';
import { shareDone } from '@/state/jobs/job-progress';
import type { JobKind, ListedJob } from '@/state/jobs/job-store';
import { useUnsavedReceipts } from '@/state/leases/receipt-session-storage';
import { useNow } from '@/ui/browser/use-now';
import { Bar } from '@/ui/controls/bar';
import { Button } from '@/ui/controls/button';
import { count, counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import { jobName, jobTitle, rateText, timeLeftText } from '../shared/job-text';

/** The progress of a running job, with the buttons that pause and cancel it. */
export function RunningJob({ listed }: { listed: ListedJob }) {
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
      {isEnding ? job.canAbandon && <Returning listed={listed} /> : <UnsavedReceipts />}
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
  delete: <Trash2 />,
  clear: <Eraser />,
  visibility: <Eye />,
  text: <Pencil />,
  send: <Send />,
  addAgain: <Undo2 />,
  import: <Download />,
  export: <Upload />,
};
