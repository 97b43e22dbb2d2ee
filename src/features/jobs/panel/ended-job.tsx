import { Check, CircleAlert, Copy, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { reportCsv } from '@/bulk/jobs/job-report';
import { useConnections } from '@/state/connections/connections';
import { dismissJob } from '@/state/jobs/job-list';
import type { ListedJob } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { viewRequestOf } from '@/state/navigation/view-request';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { copyText } from '@/ui/code/code';
import { Button, IconButton } from '@/ui/controls/button';
import { ViewRequest } from '@/ui/feedback/failure';
import { Menu } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast-store';
import { count } from '@/words/counts';
import { clockTime } from '@/words/times';
import { type ReportLine, reportOf, reportText, type ShownReport } from '../report/job-report';

/** An ended job: its report, or a line that opens it, and what can be done next. `isNewest`: it is open at first. */
export function EndedJob({ listed, isNewest }: { listed: ListedJob; isNewest: boolean }) {
  const report = reportOf(listed);
  const [isShown, setShown] = useState<boolean>();
  // What is not simply done stays open.
  const isOpen = isShown ?? (isNewest || !report.isAllDone || listed.next?.isOffered(listed.job) === true);
  if (isOpen) return <Report listed={listed} report={report} onClose={isNewest ? undefined : () => setShown(false)} />;
  return (
    <div className="flex items-center gap-2 text-12 max-desk:min-h-11">
      <Icon listed={listed} report={report} />
      <p className="min-w-0 flex-1 truncate">
        <b className="font-semibold">{report.title}</b>{' '}
        <span className="text-text-3">{[listed.where, report.requests].filter(Boolean).join(', ')}</span>
      </p>
      <span className="text-text-3 tabular-nums">{clockTime(listed.startedAt)}</span>
      <Button size="sm" variant="ghost" aria-expanded={false} className="-my-1" onClick={() => setShown(true)}>
        Report
      </Button>
    </div>
  );
}

/** A check only where everything was done. */
function Icon({ listed: { job }, report }: { listed: ListedJob; report: ShownReport }) {
  const shape = 'mt-0.5 size-3.5 flex-none';
  if (job.state === 'failed') return <CircleAlert className={`${shape} text-danger`} />;
  if (report.isAllDone) return <Check className={`${shape} text-accent`} />;
  return <TriangleAlert className={`${shape} text-warn`} />;
}

type ReportProps = { listed: ListedJob; report: ShownReport; onClose: (() => void) | undefined };

function Report({ listed, report, onClose }: ReportProps) {
  const { job, after, retry, next } = listed;
  // What it offers can depend on whether its connection is locked.
  useConnections();
  const troubles = job.outcomes.length;
  const toRetry = job.counts.failed + job.counts.inBoth;
  const failure = job.state === 'failed' ? describeError(job.error) : undefined;
  const isOffered = after !== undefined && (after.isOffered?.() ?? job.progress.done > 0);
  const isOnLine = isOffered && after.isOfDone === true;
  return (
    <>
      <div className="flex items-start gap-2 max-desk:flex-wrap">
        <Icon listed={listed} report={report} />
        <div className="min-w-0 flex-1 max-desk:basis-[calc(100%-32px)]">
          <h3 className="truncate text-13 font-semibold max-desk:whitespace-normal" title={report.title}>
            {report.title}
          </h3>
          <p className="truncate text-12 text-text-3 tabular-nums" title={report.detail}>
            {report.detail}
          </p>
        </div>
        <span className="flex flex-none items-center gap-1 max-desk:w-full">
          {onClose && (
            <Button size="sm" variant="ghost" aria-expanded onClick={onClose}>
              Hide report
            </Button>
          )}
          <Button size="sm" icon={<Copy />} className="max-desk:flex-1" onClick={() => void copy(report)}>
            Copy report
          </Button>
          <IconButton size="sm" label={`Dismiss ${report.title}`} icon={<X />} onClick={() => dismissJob(listed.id)} />
        </span>
      </div>
      <ul
        aria-label="Report"
        className="grid rounded-8 border border-line-strong px-3 py-0.5 text-12 tabular-nums max-desk:py-1"
      >
        {report.lines.map((line) => (
          <Line key={line.key} line={line}>
            {line.key === 'done' && isOnLine && (
              <Button variant="link" className="-my-1 text-12" onClick={() => after.run()}>
                {after.label}
              </Button>
            )}
            {line.outcomes.length > 0 && (
              <Button
                variant="link"
                className="-my-1 text-12"
                onClick={() => openDialog({ kind: 'jobFailures', job: listed.id, line: line.key })}
              >
                Show {count(line.messages)}
              </Button>
            )}
          </Line>
        ))}
        <Line line={{ messages: report.chosen, name: 'chosen', why: undefined }} isSum />
      </ul>
      {failure && (
        <p className="flex flex-wrap items-center gap-x-3 text-12 text-danger">
          {failure.reason} {failure.code && <span className="font-mono text-text-3">{failure.code}</span>}
          <ViewRequest onView={viewRequestOf(job.error)} />
        </p>
      )}
      {report.requests !== undefined && (
        <p className="text-12 text-pretty text-text-3 tabular-nums">{report.requests}</p>
      )}
      {report.leases.map((text) => (
        <p key={text} className="flex gap-1.5 text-12 text-pretty text-text-2">
          {text.startsWith('Nothing of this job') && (
            <Check aria-hidden className="mt-px size-3.5 flex-none text-accent" />
          )}
          {text}
        </p>
      ))}
      <div className="-ml-2 flex flex-wrap gap-1">
        {next?.isOffered(job) && (
          <Button size="sm" variant="primary" className="ml-2" onClick={() => next.run(job)}>
            {continueText(next.left(job))}
          </Button>
        )}
        {isOffered && !isOnLine && (
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

type LineProps = {
  line: Pick<ReportLine, 'messages' | 'name' | 'why'>;
  isSum?: boolean;
  children?: React.ReactNode;
};

function Line({ line: { messages, name, why }, isSum = false, children }: LineProps) {
  return (
    <li
      className={
        isSum
          ? 'mt-0.5 flex items-baseline gap-2.5 border-t border-line-strong py-1'
          : 'flex items-baseline gap-2.5 py-0.75 max-desk:py-1.5'
      }
    >
      <b className="min-w-8 flex-none text-right font-semibold">{count(messages)}</b>{' '}
      <span className="min-w-0 flex-1 text-pretty">
        <b className="font-semibold">{name}</b> {why !== undefined && <span className="text-text-2">{why}</span>}
      </span>
      {children}
    </li>
  );
}

async function copy(report: ShownReport) {
  const isCopied = await copyText(reportText(report));
  toast(
    isCopied
      ? { title: 'Copied the report', tone: 'success' }
      : { title: 'The browser did not allow to copy', tone: 'warn' },
  );
}

function saveReport(listed: ListedJob, format: 'json' | 'csv') {
  const { job, where, forecast } = listed;
  const report = job.report();
  const { title, lines, chosen } = reportOf(listed);
  const { sent } = job;
  const content =
    format === 'csv'
      ? reportCsv(report)
      : `${JSON.stringify(
          {
            job: title,
            where,
            summary: lines.map(({ messages, name, why }) => ({ messages, name, why })),
            chosen,
            ...(sent && {
              requests: {
                sent: sent.sum,
                ...sent.kinds,
                sentAgain: Object.fromEntries(sent.again),
                ...(forecast && { forecast: { least: forecast.least.sum, most: forecast.most.sum } }),
              },
            }),
            ...report,
          },
          undefined,
          2,
        )}\n`;
  saveFile(`${timedName(`${listed.kind}-report`, listed.startedAt)}.${format}`, new Blob([content]));
}
