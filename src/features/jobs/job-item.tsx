import {
  ArrowRightToLine,
  Check,
  CircleAlert,
  Copy,
  Download,
  Eraser,
  Eye,
  Pencil,
  Send,
  Trash2,
  TriangleAlert,
  Undo2,
  Upload,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { failureWords } from '@/azure/failure-words';
import { reportCsv } from '@/bulk/job-report';
import { openDialog } from '@/state/dialogs';
import { dismissJob } from '@/state/job-list';
import { shareDone, useJobProgress } from '@/state/job-progress';
import { isEnded, type JobKind, type ListedJob } from '@/state/jobs';
import { viewRequestOf } from '@/state/view-request';
import { Bar } from '@/ui/bar';
import { Button, IconButton } from '@/ui/button';
import { count } from '@/ui/counts';
import { ViewRequest } from '@/ui/failure';
import { Menu } from '@/ui/menu';
import { clockTime } from '@/ui/relative-time';
import { jobName, jobRemarks, jobTitle, leftWords, rateWords } from './job-words';
import { saveFile, timedName } from './save-file';

const ICONS: Record<JobKind, ReactNode> = {
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

/** One job: how far it is and what can be done about it, or what came of it. */
export function JobItem({ listed }: { listed: ListedJob }) {
  useJobProgress(listed.job);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b border-line px-4 py-2 last:border-b-0">
      {isEnded(listed.job) ? <Ended listed={listed} /> : <Running listed={listed} />}
    </li>
  );
}

function Running({ listed }: { listed: ListedJob }) {
  const { job, kind, where } = listed;
  const { progress, state } = job;
  const share = shareDone(progress);
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  const troubles = over - progress.done;
  return (
    <>
      <div className="flex items-center gap-2 [&>.lucide]:size-3.5 [&>.lucide]:flex-none [&>.lucide]:text-text-3">
        {ICONS[kind]}
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
        <span className="text-text-3">
          {state === 'running' ? rateWords(progress.rate) : state === 'paused' ? 'Paused' : 'Cancelling'}
        </span>
        {state === 'running' && progress.secondsLeft !== undefined && (
          <span className="text-text-3">{leftWords(progress.secondsLeft)}</span>
        )}
        <span className="flex-1" />
        <span className="flex gap-1">
          {state === 'paused' ? (
            <Button size="sm" variant="ghost" onClick={() => job.resume()}>
              Resume
            </Button>
          ) : (
            <Button size="sm" variant="ghost" disabled={state !== 'running'} onClick={() => job.pause()}>
              Pause
            </Button>
          )}
          <Button
            size="sm"
            disabled={state === 'cancelling'}
            title={`Stops after what is under way; the ${count(progress.done)} done so far stay done`}
            onClick={() => job.cancel()}
          >
            Cancel
          </Button>
        </span>
      </div>
    </>
  );
}

function Ended({ listed }: { listed: ListedJob }) {
  const { job, where, startedAt, after, retry } = listed;
  const troubles = job.outcomes.length;
  const toRetry = job.counts.failed + job.counts.inBoth;
  const isFailed = job.state === 'failed';
  const remarks = jobRemarks(listed);
  const failure = isFailed ? failureWords(job.error) : undefined;
  return (
    <>
      <div className="flex items-center gap-2 [&>.lucide]:size-3.5 [&>.lucide]:flex-none">
        {isFailed ? (
          <CircleAlert className="text-danger" />
        ) : job.state === 'cancelled' ? (
          <X className="text-text-3" />
        ) : troubles > job.counts.skipped ? (
          <TriangleAlert className="text-warn" />
        ) : (
          <Check className="text-accent" />
        )}
        <p className="min-w-0 flex-1 truncate" title={where}>
          <b className="font-semibold">{jobTitle(listed)}</b>{' '}
          <span className="text-text-3">
            {where}, {clockTime(startedAt)}
          </span>
        </p>
        <IconButton
          size="sm"
          label={`Dismiss ${jobTitle(listed)}`}
          icon={<X />}
          className="-my-1"
          onClick={() => dismissJob(listed.id)}
        />
      </div>
      {remarks.length > 0 && <p className="text-12 text-pretty text-text-2">{remarks.join(', ')}.</p>}
      {failure && (
        <p className="flex flex-wrap items-center gap-x-3 text-12 text-danger">
          {failure.reason} {failure.code && <span className="font-mono text-text-3">{failure.code}</span>}
          <ViewRequest onView={viewRequestOf(job.error)} />
        </p>
      )}
      <div className="-ml-2 flex flex-wrap gap-1">
        {after && job.progress.done > 0 && (
          <Button size="sm" className="ml-2" onClick={() => after.run()}>
            {after.label}
          </Button>
        )}
        {troubles > 0 && (
          <Button size="sm" variant="ghost" onClick={() => openDialog({ kind: 'jobFailures', job: listed.id })}>
            {troubles > job.counts.skipped ? 'Show failures' : 'Show skipped'}
          </Button>
        )}
        {toRetry > 0 && retry && (
          <Button size="sm" variant="ghost" onClick={() => retry(false)}>
            Retry failed
          </Button>
        )}
        <Menu
          align="start"
          trigger={
            <Button size="sm" variant="ghost">
              Save report
            </Button>
          }
          items={[
            { label: 'As JSON', onSelect: () => saveReport(listed, 'json') },
            { label: 'As CSV, what is not simply done', onSelect: () => saveReport(listed, 'csv') },
          ]}
        />
      </div>
    </>
  );
}

function saveReport(listed: ListedJob, format: 'json' | 'csv') {
  const report = listed.job.report();
  const content =
    format === 'csv'
      ? reportCsv(report)
      : `${JSON.stringify({ job: jobTitle(listed), where: listed.where, ...report }, undefined, 2)}\n`;
  saveFile(`${timedName(`${listed.kind}-report`, listed.startedAt)}.${format}`, new Blob([content]));
}
