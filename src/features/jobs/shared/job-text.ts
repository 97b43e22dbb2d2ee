import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import { isEnded, type JobKind, type ListedJob } from '@/state/jobs/job-store';
import { count, counted, upToTenths } from '@/words/counts';
import { spanText } from '@/words/spans';
import { clockTime } from '@/words/times';

type KindText = {
  /** `Move` */
  name: string;
  /** `Moving` */
  doing: string;
  /** `moved` */
  done: string;
};

const TEXTS: Record<JobKind, KindText> = {
  move: { name: 'Move', doing: 'Moving', done: 'moved' },
  copy: { name: 'Copy', doing: 'Copying', done: 'copied' },
  redrive: { name: 'Redrive', doing: 'Redriving', done: 'redriven' },
  requeue: { name: 'Requeue', doing: 'Requeuing', done: 'requeued' },
  undoMove: { name: 'Move back', doing: 'Moving back', done: 'moved back' },
  undoText: { name: 'Restore text', doing: 'Restoring text', done: 'restored' },
  delete: { name: 'Delete', doing: 'Deleting', done: 'deleted' },
  clear: { name: 'Clear', doing: 'Clearing', done: 'cleared' },
  visibility: { name: 'Set visibility', doing: 'Setting visibility', done: 'set' },
  text: { name: 'Change text', doing: 'Changing text', done: 'changed' },
  send: { name: 'Send', doing: 'Sending', done: 'sent' },
  addAgain: { name: 'Add again', doing: 'Adding again', done: 'added again' },
  import: { name: 'Import', doing: 'Importing', done: 'imported' },
  export: { name: 'Export', doing: 'Exporting', done: 'exported' },
};

/** Before the number of messages, where that is not what was done to them. */
const VERBS: Partial<Record<JobKind, string>> = {
  visibility: 'set visibility of',
  text: 'changed text of',
  undoText: 'restored the text of',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const jobName = ({ kind }: Pick<ListedJob, 'kind'>): string => TEXTS[kind].name;
export const doingText = ({ kind }: Pick<ListedJob, 'kind'>): string => TEXTS[kind].doing;

/** What was done to a message: "moved", and by a dry run "would be moved". */
export const doneWord = ({ kind, dryRun = false }: Pick<ListedJob, 'kind' | 'dryRun'>): string =>
  `${dryRun ? 'would be ' : ''}${TEXTS[kind].done}`;

/** True when nothing went wrong: a job did everything that it was asked to, or skipped it. */
export const hasSucceeded = ({ state, outcomes, counts, leasing }: ListedJob['job']): boolean =>
  state === 'done' && outcomes.length === counts.skipped && (leasing?.missing.length ?? 0) === 0;

/** The title of a job: "Move 10,000 messages", "Moved 9,998 messages", "Cancelled: moved 12 of 200 messages". */
export function jobTitle(listed: ListedJob): string {
  const title = titleOf(listed);
  return listed.filter === undefined ? title : `${title} where ${listed.filter}`;
}

function titleOf({ kind, noun, job, dryRun }: ListedJob): string {
  const { name, done } = TEXTS[kind];
  const { total, done: finished } = job.progress;
  if (!isEnded(job)) {
    const rest = total === undefined ? `${noun}s` : counted(total, noun);
    return dryRun ? `Dry run: ${name.toLowerCase()} of ${rest}` : `${name} ${VERBS[kind] ? 'of ' : ''}${rest}`;
  }
  if (dryRun) return `Dry run: ${counted(finished, noun)} would be ${done}`;
  const verb = VERBS[kind] ?? done;
  if (job.state === 'done' && finished === 0) return kind === 'visibility' ? 'Nothing changed' : `Nothing ${done}`;
  const isAll = total === undefined || (job.state === 'done' && finished >= total);
  const of = isAll ? counted(finished, noun) : `${count(finished)} of ${counted(total, noun)}`;
  if (job.state === 'done') return `${capital(verb)} ${of}`;
  return `${job.state === 'cancelled' ? 'Cancelled' : 'Stopped'}: ${verb} ${of}`;
}

/** The time left: "12 s left". */
export const timeLeftText = (seconds: number): string => `${spanText(seconds)} left`;

/** Items per second, below ten with one decimal: "9.9/s". */
export const rateText = (perSecond: number): string =>
  `${perSecond < 10 ? upToTenths(perSecond) : count(Math.round(perSecond))}/s`;

/** The name of an outcome in the list of failures. */
export function outcomeText(kind: JobKind, outcome: OutcomeKind): string {
  const { done } = TEXTS[kind];
  const labels: Record<OutcomeKind, string> = {
    done: capital(done),
    skipped: 'Skipped',
    failed: `Not ${done}`,
    maybeDone: `Maybe ${done}`,
    maybeTwice: 'Maybe twice',
    inBoth: kind === 'requeue' ? 'Twice in the queue' : 'In both queues',
  };
  return labels[outcome];
}

/** What became of messages that were leased, each a phrase. */
export function leasingRemarks(leasing: LeasingReport): string[] {
  const { returned, lost: voided, notReturned, maybeHidden, raised } = leasing;
  const latest = Math.max(...[...notReturned, ...maybeHidden].map(({ until }) => until.getTime()));
  const lost = maybeHidden.reduce((sum, { messages }) => sum + messages, 0);
  return [
    voided.length > 0 && `${count(voided.length)} not returned: received by another consumer meanwhile, or gone`,
    returned > 0 && `${counted(returned, 'message')} returned, dequeue count up by 1`,
    returned === 0 && raised.size > 0 && `${counted(raised.size, 'dequeue count')} up by 1`,
    notReturned.length > 0 && `${count(notReturned.length)} not returned: hidden until ${clockTime(latest)}`,
    lost > 0 && `up to ${count(lost)} hidden until ${clockTime(latest)}: an answer was lost, or could not be read`,
  ].filter((remark) => remark !== false);
}
