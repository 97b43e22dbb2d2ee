import { Check, Info } from 'lucide-react';
import type { Job } from '@/bulk/jobs/job';
import type { Phase } from '@/bulk/jobs/progress';
import { secondsLeft, shareDone } from '@/state/jobs/job-progress';
import type { ListedJob } from '@/state/jobs/job-store';
import { useNow } from '@/ui/browser/use-now';
import { Bar } from '@/ui/controls/bar';
import { count, counted, plural } from '@/words/counts';
import { spanText } from '@/words/spans';
import { clockTime } from '@/words/times';
import { jobName, rateText, timeLeftText } from '../shared/job-text';

type Shown = Phase & { name: string; tone?: 'leased' };

/** The parts of a job: each with how far it is, its rate and the time left. */
export function JobPhases({ job }: { job: Job }) {
  const { progress } = job;
  const { walk, total, workTook } = progress;
  const working: Shown = {
    name: 'Working',
    done: progress.done + progress.failed + progress.skipped + progress.uncertain,
    total,
    rate: progress.rate,
    secondsLeft: progress.secondsLeft,
    isOver: workTook !== undefined,
    took: workTook,
  };
  const phases: Shown[] = walk ? [{ ...walk.finding, name: 'Finding' }, working] : [working];
  if (walk && (walk.returning.total ?? 0) > 0) phases.push({ ...walk.returning, name: 'Returning', tone: 'leased' });
  return (
    <div className="grid gap-0.5 text-12 tabular-nums">
      {phases.map((phase) => (
        <PhaseRow key={phase.name} phase={phase} isPaused={job.state === 'paused' || job.waitsFor !== undefined} />
      ))}
    </div>
  );
}

function PhaseRow({ phase, isPaused }: { phase: Shown; isPaused: boolean }) {
  const { name, done, total, rate, secondsLeft: timeLeft, isOver, took, tone } = phase;
  const of = total === undefined ? '' : ` of ${count(total)}`;
  const left = isOver
    ? took !== undefined && `took ${spanText(Math.max(1, took))}`
    : !isPaused && timeLeft !== undefined && timeLeftText(timeLeft);
  return (
    <div
      role="group"
      aria-label={[name, `${count(done)}${of}`, left].filter(Boolean).join(', ')}
      className="grid min-h-5.5 grid-cols-[92px_minmax(0,1fr)_112px_44px_84px] items-center gap-x-2.5 max-desk:grid-cols-[84px_minmax(0,1fr)_auto] max-desk:py-0.5"
    >
      <span className={isOver ? 'flex items-center gap-1.5 text-text-2' : 'flex items-center gap-1.5'}>
        {isOver ? (
          <Check aria-hidden className="-mx-px size-3.5 text-accent" />
        ) : (
          <span aria-hidden className="mx-0.75 size-1.5 rounded-full bg-text-3" />
        )}
        {name}
      </span>
      <Bar
        value={isOver ? 1 : total ? done / total : 0}
        label={`${name} progress`}
        className="bg-active!"
        {...(tone && { tone })}
      />
      <span className={isOver ? 'text-right text-text-2' : 'text-right'}>
        <b className={isOver ? 'font-normal' : 'font-semibold'}>{count(done)}</b>
        {of}
      </span>
      <span className="text-right text-text-3 max-desk:col-start-2 max-desk:text-left">
        {!isOver && !isPaused && rate > 0 && rateText(rate)}
      </span>
      <span className={isOver ? 'text-right text-text-3' : 'text-right'}>{left}</span>
    </div>
  );
}

/** "2,568 of 3,650 requests sent, as forecast", and as long as more than one number is possible "2,568 of 2,900 to 3,650". */
export function RequestsSent({ listed }: { listed: ListedJob }) {
  const { job, forecast } = listed;
  const { requests } = job.progress;
  const share = shareDone(job.progress);
  const text = requests && requests.most > 0 ? requestsText(requests, forecast) : undefined;
  return (
    <p
      role="progressbar"
      aria-label={`${jobName(listed)} job progress`}
      {...(share !== undefined && { 'aria-valuenow': Math.floor(share * 100) })}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(text !== undefined && { 'aria-valuetext': text })}
      className="text-12 text-text-3 tabular-nums empty:absolute"
    >
      {text}
    </p>
  );
}

function requestsText(
  { sent, least, most }: NonNullable<Job['progress']['requests']>,
  begun: ListedJob['forecast'],
): string {
  if (least !== most)
    return `${counted(sent, 'request')} sent, between ${count(Math.max(least, sent))} and ${count(most)} in all`;
  const text = `${count(sent)} of ${counted(Math.max(most, sent), 'request')} sent`;
  if (!begun) return text;
  const isAsForecast = most >= begun.least.sum && most <= begun.most.sum;
  if (isAsForecast) return `${text}, as forecast`;
  const [from, to] = [begun.least.sum, begun.most.sum];
  return `${text}, forecast ${from === to ? count(to) : `${count(from)} to ${count(to)}`}`;
}

/** What closing the tab now would leave behind, or that it may be closed. */
export function CloseNote({ listed }: { listed: ListedJob }) {
  // Reads the job's leases again each second.
  'use no memo';
  useNow();
  const { job, kind, journal } = listed;
  const { progress, plan } = job;
  const { messages, until } = job.leasedNow();
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  const left = progress.total === undefined ? undefined : Math.max(0, progress.total - over);
  const seconds = secondsLeft(progress);
  // Between a copy and its delete.
  const between = plan?.steps.includes('send') && plan.steps.includes('delete') ? progress.working : 0;
  const where = kind === 'requeue' ? 'twice in the queue' : 'in both queues';
  const leftovers = [
    `${count(progress.done)} ${are(progress.done)} done`,
    left !== undefined && left > 0 && `${count(left)} ${are(left)} not`,
    between > 0 && `at most ${count(between)} ${are(between)} ${where}`,
    messages > 0 && `${count(messages)} ${plural(messages, 'stays', 'stay')} hidden until ${clockTime(until)}`,
  ].filter(Boolean);
  return (
    <p className="flex gap-2 rounded-6 bg-sunken px-2.5 py-1.5 text-12 text-pretty text-text-2 tabular-nums">
      <Info aria-hidden className="mt-px size-3.5 flex-none text-text-3" />
      <span>
        <b className="font-semibold text-text">Keep this tab open{seconds >= 1 ? ` for ${spanText(seconds)}` : ''}.</b>{' '}
        If it closes now: {leftovers.join(', ')}.
        {journal && (journal.problem === undefined ? ' The next visit can continue.' : ` ${journal.problem}`)}
      </span>
    </p>
  );
}

const are = (number: number): string => plural(number, 'is', 'are');
