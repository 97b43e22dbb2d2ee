import { describeError } from '@/azure/diagnosis/failure-text';
import type { Job } from '@/bulk/jobs/job';
import { OtherText } from '@/bulk/leasing/lease-handle';
import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import type { JobForecast } from '@/bulk/planning/forecast';
import type { Outcome, OutcomeKind } from '@/bulk/requests/outcome';
import { isEnded, type ListedJob } from '@/state/jobs/job-store';
import { count, counted, plural } from '@/words/counts';
import { spanText } from '@/words/spans';
import { clockTime } from '@/words/times';
import { rangeText, timeText } from '../shared/job-forecast';
import { doneWord, jobTitle, leasingRemarks } from '../shared/job-text';

/** Messages that ended alike, and why. */
export type ReportLine = {
  /** Unique within its report. */
  key: string;
  messages: number;
  /** "deleted", "not found", "kept". */
  name: string;
  /** Why, in words that need no code; undefined where there is nothing to explain. */
  why: string | undefined;
  /** Which outcomes of the job these are. */
  outcomes: readonly number[];
};

/** What became of the messages of a job. */
export type ShownReport = {
  title: string;
  /** Queues, and when it ended. */
  detail: string;
  /** Their messages add up to `chosen`. */
  lines: readonly ReportLine[];
  chosen: number;
  /** True when everything that was chosen was done. */
  isAllDone: boolean;
  /** Requests and time beside the forecast; undefined for a job whose requests are not counted. */
  requests: string | undefined;
  /** What became of its leases, as sentences. */
  leases: readonly string[];
};

const reports = new WeakMap<Job, ShownReport>();

/** The report of an ended job, made once. */
export function reportOf(listed: ListedJob): ShownReport {
  const { job } = listed;
  const made = reports.get(job);
  if (made) return made;
  const report = makeReport(listed);
  if (isEnded(job)) reports.set(job, report);
  return report;
}

function makeReport(listed: ListedJob): ShownReport {
  const { job, where } = listed;
  const lines = linesOf(listed);
  const { startedAt, endedAt } = job.report();
  const [begin, end] = [new Date(startedAt), new Date(endedAt ?? startedAt)];
  return {
    title: jobTitle(listed),
    detail: `${clockTime(end)}, ${where}`,
    lines,
    chosen: lines.reduce((sum, { messages }) => sum + messages, 0),
    isAllDone: isAllDone(job),
    requests: requestsText(listed, (end.getTime() - begin.getTime()) / 1000),
    leases: job.leasing ? leaseTexts(job.leasing) : [],
  };
}

/** True when an ended job did everything that was chosen, so that nothing is left to look at. */
export const isAllDone = ({ state, counts, outcomes, leasing }: Job): boolean =>
  state === 'done' && counts.done > 0 && outcomes.length === 0 && (leasing?.missing.length ?? 0) === 0;

/** Reasons of one line at most, the most frequent first. */
const MOST_REASONS = 3;

function linesOf(listed: ListedJob): ReportLine[] {
  const { job } = listed;
  const { counts, outcomes, leasing, progress } = job;
  const done = doneWord(listed);
  const lines: ReportLine[] = [{ key: 'done', messages: counts.done, name: done, why: undefined, outcomes: [] }];
  const missing = leasing?.missing.length ?? 0;
  const isSearched = leasing?.ended !== 'aborted' && leasing?.ended !== 'closed' && leasing?.ended !== 'failed';
  if (missing > 0 && isSearched) {
    const why =
      leasing?.ended === 'cap'
        ? `among the first ${count(leasing.received)}: further back, gone already, or held by another consumer`
        : 'gone already, or held by another consumer';
    lines.push({ key: 'missing', messages: missing, name: 'not found', why, outcomes: [] });
  }
  lines.push(...troublesOf(listed, outcomes));
  const listedSum = lines.reduce((sum, { messages }) => sum + messages, 0);
  const left = Math.max(0, (progress.total ?? 0) - listedSum);
  if (left > 0) {
    const why = job.state === 'done' ? 'none was left to take' : WHY_NOT_BEGUN[job.state];
    lines.push({ key: 'left', messages: left, name: 'not begun', why, outcomes: [] });
  }
  return lines;
}

const WHY_NOT_BEGUN: Partial<Record<Job['state'], string>> = {
  cancelled: 'it was cancelled before their turn',
  failed: 'it stopped before their turn',
};

const ORDER: readonly OutcomeKind[] = ['skipped', 'failed', 'maybeDone', 'maybeTwice', 'inBoth'];

function troublesOf(listed: ListedJob, outcomes: readonly Outcome[]): ReportLine[] {
  const done = doneWord(listed);
  const groups = new Map<
    string,
    { kind: OutcomeKind; name: string; reasons: Map<string, number>; outcomes: number[] }
  >();
  for (const [index, outcome] of outcomes.entries()) {
    const [name, why = ''] = wordsOf(outcome, { done, isRequeue: listed.kind === 'requeue' });
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { kind: outcome.kind, name, reasons: new Map(), outcomes: [] }));
    group.outcomes.push(index);
    group.reasons.set(why, (group.reasons.get(why) ?? 0) + 1);
  }
  return [...groups.values()]
    .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
    .map(({ name, reasons, outcomes: indices }) => ({
      key: name,
      messages: indices.length,
      name,
      why: whyText(reasons),
      outcomes: indices,
    }));
}

/** The reason; of several the most frequent, each with how often: "it was refused (3), the message has expired (1)". */
function whyText(reasons: ReadonlyMap<string, number>): string | undefined {
  const all = [...reasons].filter(([why]) => why !== '').toSorted(([, one], [, other]) => other - one);
  const [first] = all;
  if (!first) return undefined;
  if (all.length === 1) return first[0];
  const more = all.length - MOST_REASONS;
  return [
    ...all.slice(0, MOST_REASONS).map(([why, number]) => `${why} (${count(number)})`),
    ...(more > 0 ? [counted(more, 'other reason')] : []),
  ].join(', ');
}

/** The name of an outcome, and why, in words that need no code. */
function wordsOf(
  { kind, reason = '', error }: Outcome,
  { done, isRequeue }: { done: string; isRequeue: boolean },
): [name: string, why: string | undefined] {
  switch (kind) {
    case 'done':
      return [done, undefined];
    case 'skipped':
      return ['skipped', plain(reason)];
    case 'maybeDone':
      return [`may have been ${done}`, 'an answer was lost: look before you try again'];
    case 'maybeTwice':
      return ['may be there twice', 'an answer was lost'];
    case 'inBoth':
      return [
        isRequeue ? 'twice in the queue' : 'in both queues',
        'the copy was made, and the original could not be deleted',
      ];
    case 'failed':
      if (error instanceof OtherText) return ['kept', 'another text stands in them than the one you chose'];
      return [`not ${done}`, plain(error === undefined ? reason : describeError(error).reason)];
  }
}

/** A reason without what the name of its line says already, as the rest of that sentence. */
function plain(reason: string): string | undefined {
  const rest = reason.replace(/^(?:Left out|Not [a-z ]+?|Nothing was done with it)(?:\.|:) ?/, '');
  const text = rest.trim().replace(/\.$/, '');
  return text === '' ? undefined : text.charAt(0).toLowerCase() + text.slice(1);
}

/** "3,559 requests, forecast 3,542: 23 were sent again after 503 Server Busy. 37 s, forecast 35 s." */
function requestsText({ job, forecast }: ListedJob, seconds: number): string | undefined {
  const { sent } = job;
  if (!sent) return undefined;
  const took = spanText(Math.max(1, Math.round(seconds)));
  if (!forecast) return `${counted(sent.sum, 'request')}. ${took}.`;
  const time = timeText(forecast);
  const sum = rangeText(forecast, (one) => one.sum);
  const { least, most } = forecast;
  const isWithin = sent.sum >= least.sum && sent.sum <= most.sum;
  const reasons = isWithin ? [] : whyMissed(job, forecast);
  return [
    `${counted(sent.sum, 'request')}, forecast ${sum}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}.`,
    `${took}${time === undefined ? '' : `, forecast ${time}`}.`,
  ].join(' ');
}

/** What made a forecast miss, each a phrase. */
function whyMissed({ sent, state, leasing, counts, plan, outcomes }: Job, { least, most }: JobForecast): string[] {
  const renewals = plan?.steps.includes('hide') ? 0 : (sent?.kinds.renewal ?? 0);
  const begun = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const further = (leasing?.received ?? 0) - most.raised;
  const fewer = least.raised - (leasing?.received ?? 0);
  return [
    ...[...(sent?.again ?? [])].map(([cause, number]) => `${count(number)} ${were(number)} sent again after ${cause}`),
    renewals > 0 && counted(renewals, 'renewed lease'),
    leasing !== undefined && further > 0 && `${counted(further, 'more message')} ${were(further)} received`,
    leasing !== undefined && fewer > 0 && `${counted(fewer, 'message')} fewer ${were(fewer)} received`,
    begun < least.worked && `${counted(least.worked - begun, 'message')} ${were(least.worked - begun)} not worked on`,
    outcomes.length > 0 && `${counted(outcomes.length, 'message')} ${were(outcomes.length)} not done`,
    state === 'failed' && 'it stopped early',
  ].filter((reason) => reason !== false);
}

const were = (number: number): string => plural(number, 'was', 'were');

/** True when no message that the job leased is still hidden by that. */
const isNothingHidden = ({ notReturned, maybeHidden, hidden }: LeasingReport): boolean =>
  notReturned.length === 0 && maybeHidden.length === 0 && hidden === 0;

function leaseTexts(leasing: LeasingReport): string[] {
  const remarks = leasingRemarks(leasing);
  return [
    ...(remarks.length > 0 ? [`${remarks.join(', ')}.`] : []),
    ...(isNothingHidden(leasing) ? ['Nothing of this job is hidden any more. You may close this tab.'] : []),
  ];
}

/** A report as plain text, as it is copied. */
export function reportText({ title, detail, lines, chosen, requests, leases }: ShownReport): string {
  const rows = lines.map(
    ({ messages, name, why }) => `${count(messages)} ${name}${why === undefined ? '' : `: ${why}`}`,
  );
  return `${[title, detail, ...rows, `${count(chosen)} chosen`, requests, ...leases]
    .filter((text) => text !== undefined)
    .join('\n')}\n`;
}
