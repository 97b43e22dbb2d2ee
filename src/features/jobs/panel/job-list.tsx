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
import type { Step, Steps } from '@/bulk/planning/steps';
import { waitingText } from '@/state/activity/page-network';
import { dismissJob } from '@/state/jobs/job-list';
import { useJobProgress, waitsForNetwork } from '@/state/jobs/job-progress';
import { isEnded, type JobKind, type ListedJob, useJobs } from '@/state/jobs/job-store';
import { useJobsElsewhere } from '@/state/journal/interrupted-store';
import { useUnsavedReceipts } from '@/state/leases/receipt-session-storage';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { Dialog } from '@/ui/overlay/dialog';
import { count, counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import { InterruptedList, useHasInterrupted } from '../interrupted/interrupted-list';
import { jobTitle } from '../shared/job-text';
import { EndedJob } from './ended-job';
import { CloseNote, JobPhases, RequestsSent } from './job-phases';

type JobListProps = {
  /** `wide`: those that have ended stand beside those that run; `narrow`: under them, on a phone under a heading of their own. */
  layout: 'wide' | 'narrow' | 'phone';
  /** Beside the headings. */
  action?: ReactNode;
};

/** The jobs of this tab, each with its progress or its report: first those that run, then those that have ended, newest first. */
export function JobList({ layout, action }: JobListProps) {
  const jobs = useJobs();
  const hasInterrupted = useHasInterrupted();
  const elsewhere = useJobsElsewhere().length;
  const running = jobs.filter(({ job }) => !isEnded(job));
  const ended = jobs.filter(({ job }) => isEnded(job));
  const isWide = layout === 'wide' && ended.length > 0;
  // Rows of jobs that were cut off go over both halves.
  const isDivided = isWide && !hasInterrupted;
  const finished = `${ended.length} ${isNight(ended[0]?.startedAt) ? 'tonight' : 'today'}`;
  const forget = ended.length > 0 && (
    <Button size="sm" variant="ghost" onClick={() => ended.forEach(({ id }) => dismissJob(id))}>
      Forget all
    </Button>
  );
  return (
    <>
      <div className="flex flex-none">
        <Heading
          name="Jobs"
          about={
            elsewhere === 0
              ? `${running.length} running`
              : `${running.length} running here, ${elsewhere} in another tab`
          }
        >
          {layout === 'narrow' && ended.length > 0 && <span className="text-text-3">{ended.length} finished</span>}
          {layout === 'narrow' && forget}
          {!isWide && action}
        </Heading>
        {isWide && (
          <Heading name="Finished" about={finished} className="border-l border-line">
            {forget}
            {action}
          </Heading>
        )}
      </div>
      {jobs.length === 0 && !hasInterrupted ? (
        <p className="px-4 pb-2 text-12 text-text-3 max-desk:px-3">
          No jobs yet. Moving, copying, deleting, importing or exporting many messages shows here.
        </p>
      ) : (
        <ul
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- has to be scrolled by keyboard too
          tabIndex={0}
          aria-label="Jobs of this tab"
          className={cx('min-h-0 flex-1 overflow-y-auto -outline-offset-2!', isDivided && DIVIDER)}
        >
          {running.map((listed) => (
            <li key={listed.id} className={cx(ROW, isWide && 'float-left clear-left w-1/2')}>
              <RunningJob listed={listed} />
            </li>
          ))}
          <InterruptedList />
          {ended.map((listed, index) => (
            <li
              key={listed.id}
              className={cx(ROW, isWide && 'ml-[50%]', isWide && !isDivided && 'border-l border-line')}
            >
              {layout === 'phone' && index === 0 && (
                <Heading name="Finished" about={finished} className="-mx-3 border-t border-line-strong">
                  {forget}
                </Heading>
              )}
              <EndedJob listed={listed} isNewest={index === 0} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Down to the foot, however few jobs there are. */
const DIVIDER = 'bg-[linear-gradient(var(--line),var(--line))] bg-[length:1px_100%] bg-center bg-no-repeat';

const ROW = 'grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-3 max-desk:px-3';

/** From six in the evening to six in the morning. */
function isNight(time: Date | undefined): boolean {
  const hour = time?.getHours() ?? 12;
  return hour < 6 || hour >= 18;
}

type HeadingProps = { name: string; about: string; className?: string; children: ReactNode };

const Heading = ({ name, about, className, children }: HeadingProps) => (
  <div
    className={cx(
      'flex h-9 min-w-0 flex-1 items-center gap-2 pr-2 pl-4 text-12 max-desk:h-11 max-desk:pl-3',
      className,
    )}
  >
    <h2 className="text-13 font-semibold">{name}</h2>
    <span className="flex-1 truncate text-text-3 tabular-nums">{about}</span>
    {children}
  </div>
);

/** The jobs on a phone, which has no drawer. */
export default function JobsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Jobs" size="md" onClose={onClose}>
      <div className="-mx-5 -my-4 flex flex-col max-desk:-mx-4">
        <JobList layout="phone" />
      </div>
    </Dialog>
  );
}

/** A running job: its phases, what closing the tab would leave, and its requests. */
function RunningJob({ listed }: { listed: ListedJob }) {
  const progress = useJobProgress(listed.job);
  const { job, kind, where } = listed;
  const { state } = job;
  const steps = job.plan && stepsText(job.plan.steps);
  const about = steps === undefined ? where : `${where}: ${steps}`;
  const waitsFor = waitsForNetwork(job);
  const troubles = progress ? progress.failed + progress.skipped + progress.uncertain : 0;
  const isEnding = state === 'cancelling' || state === 'returning';
  return (
    <>
      <div className="flex items-start gap-2 max-desk:flex-wrap [&>.lucide]:mt-0.5 [&>.lucide]:size-3.5 [&>.lucide]:flex-none [&>.lucide]:text-text-3">
        {JOB_ICONS[kind]}
        <div className="min-w-0 flex-1 max-desk:basis-[calc(100%-24px)]">
          <h3 className="truncate text-13 font-semibold max-desk:whitespace-normal">{jobTitle(listed)}</h3>
          <p className="truncate text-12 text-text-3" title={about}>
            {about}
          </p>
        </div>
        {isEnding || state === 'paused' ? <span className="text-12 text-text-3">{STATES[state]}</span> : null}
        {!isEnding && (
          <span className="flex flex-none gap-1 max-desk:w-full max-desk:*:flex-1">
            {state === 'paused' ? (
              <Button size="sm" variant="ghost" className="max-desk:border-line-strong" onClick={() => job.resume()}>
                Resume
              </Button>
            ) : (
              <Button size="sm" variant="ghost" className="max-desk:border-line-strong" onClick={() => job.pause()}>
                Pause
              </Button>
            )}
            <Button
              size="sm"
              title={`Stops after the requests under way; the ${count(progress?.done ?? 0)} done so far stay done`}
              onClick={() => job.cancel()}
            >
              Cancel
            </Button>
          </span>
        )}
      </div>
      {waitsFor !== undefined && <p className="text-12 text-warn">{waitingText(waitsFor)}</p>}
      <JobPhases job={job} />
      {troubles > 0 && <p className="text-12 text-danger tabular-nums">{count(troubles)} with a problem</p>}
      {state !== 'paused' && <CloseNote listed={listed} />}
      {isEnding ? job.canAbandon && <Returning listed={listed} /> : <UnsavedReceipts />}
      <RequestsSent listed={listed} />
    </>
  );
}

const STEPS: Record<Step, string> = {
  write: 'write to the file',
  change: 'change text',
  send: 'send',
  delete: 'delete here',
  hide: 'set visibility',
  keep: 'keep the leases',
};

/** "change text, send, delete here" of a job with several steps. */
const stepsText = (steps: Steps): string | undefined =>
  steps.length > 1 ? steps.map((step) => STEPS[step]).join(', ') : undefined;

const STATES = {
  paused: 'Paused',
  cancelling: 'Cancelling',
  returning: 'Returning its leases',
} as const;

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
