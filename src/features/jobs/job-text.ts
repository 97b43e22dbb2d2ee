import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import { isEnded, type JobKind, type ListedJob } from '@/state/jobs/job-store';
import { count, counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';

type Words = {
  /** `Move` */
  name: string;
  /** `Moving` */
  doing: string;
  /** `moved` */
  done: string;
};

const WORDS: Record<JobKind, Words> = {
  move: { name: 'Move', doing: 'Moving', done: 'moved' },
  copy: { name: 'Copy', doing: 'Copying', done: 'copied' },
  redrive: { name: 'Redrive', doing: 'Redriving', done: 'redriven' },
  delete: { name: 'Delete', doing: 'Deleting', done: 'deleted' },
  clear: { name: 'Clear', doing: 'Clearing', done: 'cleared' },
  visibility: { name: 'Set visibility', doing: 'Setting visibility', done: 'set' },
  text: { name: 'Change text', doing: 'Changing text', done: 'changed' },
  send: { name: 'Send', doing: 'Sending', done: 'sent' },
  addAgain: { name: 'Add again', doing: 'Adding again', done: 'added again' },
  import: { name: 'Import', doing: 'Importing', done: 'imported' },
  export: { name: 'Export', doing: 'Exporting', done: 'exported' },
};

const things = (value: number, noun: ListedJob['noun']) => counted(value, noun);
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export const jobName = ({ kind }: Pick<ListedJob, 'kind'>): string => WORDS[kind].name;
export const doingText = ({ kind }: Pick<ListedJob, 'kind'>): string => WORDS[kind].doing;

/** What it does, or did: "Move 10,000 messages", "Moved 9,998 messages", "Cancelled: moved 12 of 200 messages". */
export function jobTitle({ kind, noun, job, dryRun }: ListedJob): string {
  const { name, done } = WORDS[kind];
  const { total, done: finished } = job.progress;
  if (!isEnded(job)) {
    const rest = total === undefined ? `${noun}s` : things(total, noun);
    return dryRun
      ? `Dry run: ${name.toLowerCase()} of ${rest}`
      : `${name} ${kind === 'visibility' || kind === 'text' ? 'of ' : ''}${rest}`;
  }
  if (dryRun) return `Dry run: ${things(finished, noun)} would be ${done}`;
  const verb = kind === 'visibility' ? 'set visibility of' : kind === 'text' ? 'changed text of' : done;
  if (job.state === 'done') return `${capital(verb)} ${things(finished, noun)}`;
  const of = total === undefined ? things(finished, noun) : `${count(finished)} of ${things(total, noun)}`;
  return `${job.state === 'cancelled' ? 'Cancelled' : 'Stopped'}: ${verb} ${of}`;
}

/** How long is left: "12 s left", "1 min 11 s left", "2 h 5 min left". */
export function timeLeftText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s left`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s left`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min left`;
}

/** Up to ten with one decimal. */
export const rateText = (perSecond: number): string =>
  `${perSecond < 10 ? Math.round(perSecond * 10) / 10 : count(Math.round(perSecond))}/s`;

/** What an outcome that is not simply done is called, in a list. */
export function outcomeText(kind: JobKind, outcome: OutcomeKind): string {
  const { done } = WORDS[kind];
  const labels: Record<OutcomeKind, string> = {
    done: capital(done),
    skipped: 'Skipped',
    failed: `Not ${done}`,
    maybeDone: `Maybe ${done}`,
    maybeTwice: 'Maybe twice',
    inBoth: 'In both queues',
  };
  return labels[outcome];
}

/** What was not done, what is uncertain, and what became of other messages, each as a phrase. */
export function jobRemarks({ kind, noun, job }: ListedJob): string[] {
  const { done } = WORDS[kind];
  const { counts, progress, leasing } = job;
  const { total } = progress;
  const missing = leasing?.missing.length ?? 0;
  const begun = Object.values(counts).reduce((sum, value) => sum + value, 0);
  const left = total === undefined || job.state === 'done' ? 0 : Math.max(0, total - begun - missing);
  return [
    counts.failed > 0 && `${count(counts.failed)} not ${done}`,
    counts.skipped > 0 && `${count(counts.skipped)} skipped`,
    counts.maybeDone > 0 && `${count(counts.maybeDone)} maybe ${done}`,
    counts.maybeTwice > 0 && `${count(counts.maybeTwice)} maybe twice`,
    counts.inBoth > 0 && `${count(counts.inBoth)} in both queues`,
    missing > 0 && `${count(missing)} not found`,
    left > 0 && `${things(left, noun)} not begun`,
    ...(leasing ? leasingRemarks(leasing) : []),
  ].filter((remark) => remark !== false);
}

function leasingRemarks(leasing: LeasingReport): (string | false)[] {
  const { returned, lost: voided, notReturned, maybeHidden, raised } = leasing;
  const latest = Math.max(...[...notReturned, ...maybeHidden].map(({ until }) => until.getTime()));
  const lost = maybeHidden.reduce((sum, { messages }) => sum + messages, 0);
  return [
    voided.length > 0 && `${count(voided.length)} not returned: received by another consumer meanwhile, or gone`,
    returned > 0 && `${counted(returned, 'message')} returned, dequeue count up by 1`,
    returned === 0 && raised.size > 0 && `${counted(raised.size, 'dequeue count')} up by 1`,
    notReturned.length > 0 && `${count(notReturned.length)} not returned: hidden until ${clockTime(latest)}`,
    lost > 0 && `up to ${count(lost)} hidden until ${clockTime(latest)}: an answer was lost`,
  ];
}
