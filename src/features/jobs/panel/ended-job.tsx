import { Check, CircleAlert, TriangleAlert, X } from 'lucide-react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { reportCsv } from '@/bulk/jobs/job-report';
import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import { useConnections } from '@/state/connections/connections';
import { dismissJob } from '@/state/jobs/job-list';
import type { ListedJob } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { Button, IconButton } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { count } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import { Menu } from '@/ui/overlay/menu';
import { hasSucceeded, jobRemarks, jobTitle } from '../shared/job-text';

/** The report of an ended job, and what can be done next. */
export function EndedJob({ listed }: { listed: ListedJob }) {
  const { job, where, startedAt, after, retry, next } = listed;
  // What it offers can depend on whether its connection is locked.
  useConnections();
  const troubles = job.outcomes.length;
  const toRetry = job.counts.failed + job.counts.inBoth;
  const isFailed = job.state === 'failed';
  const remarks = jobRemarks(listed);
  const failure = isFailed ? describeError(job.error) : undefined;
  return (
    <>
      <div className="flex items-center gap-2 [&>.lucide]:size-3.5 [&>.lucide]:flex-none">
        {isFailed ? (
          <CircleAlert className="text-danger" />
        ) : job.state === 'cancelled' ? (
          <X className="text-text-3" />
        ) : !hasSucceeded(job) ? (
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
      {job.leasing && isNothingHidden(job.leasing) && (
        <p className="text-12 text-text-2">No message is hidden by this job any more. You may close this tab.</p>
      )}
      {remarks.length > 0 && <p className="text-12 text-pretty text-text-2">{remarks.join(', ')}.</p>}
      {failure && (
        <p className="flex flex-wrap items-center gap-x-3 text-12 text-danger">
          {failure.reason} {failure.code && <span className="font-mono text-text-3">{failure.code}</span>}
          <ViewRequest onView={viewRequestOf(job.error)} />
        </p>
      )}
      <div className="-ml-2 flex flex-wrap gap-1">
        {next?.isOffered(job) && (
          <Button size="sm" variant="primary" className="ml-2" onClick={() => next.run(job)}>
            {continueText(next.left(job))}
          </Button>
        )}
        {after && (after.isOffered?.() ?? job.progress.done > 0) && (
          <Button size="sm" className="ml-2" onClick={() => after.run()}>
            {after.label}
          </Button>
        )}
        {troubles > 0 && (
          <Button size="sm" variant="ghost" onClick={() => openDialog({ kind: 'jobFailures', job: listed.id })}>
            {troubles > job.counts.skipped ? 'Show failures' : 'Show skipped'}
          </Button>
        )}
        {job.isRetried && <span className="self-center text-12 text-text-3">Retried</span>}
        {toRetry > 0 && retry && !job.isRetried && (
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
            { label: 'As CSV, without what is done', onSelect: () => saveReport(listed, 'csv') },
          ]}
        />
      </div>
    </>
  );
}

/** "Continue with 1,595", "Continue with the rest". */
const continueText = (left: number | undefined): string =>
  left === undefined ? 'Continue with the rest' : `Continue with ${count(left)}`;

/** True when no message that the job leased is still hidden by that. */
const isNothingHidden = ({ notReturned, maybeHidden, hidden }: LeasingReport): boolean =>
  notReturned.length === 0 && maybeHidden.length === 0 && hidden === 0;

function saveReport(listed: ListedJob, format: 'json' | 'csv') {
  const report = listed.job.report();
  const content =
    format === 'csv'
      ? reportCsv(report)
      : `${JSON.stringify({ job: jobTitle(listed), where: listed.where, ...report }, undefined, 2)}\n`;
  saveFile(`${timedName(`${listed.kind}-report`, listed.startedAt)}.${format}`, new Blob([content]));
}
