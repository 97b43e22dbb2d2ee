import { interruptedName } from '@/actions/interrupted-name';
import type { JournalHead, JournalKind } from '@/bulk/journal/journal';
import type { JobStanding } from '@/bulk/journal/standing';
import { count, counted, plural } from '@/words/counts';
import { clockTime, minuteTime } from '@/words/times';

type Named = Pick<JournalHead, 'kind' | 'from' | 'to' | 'where' | 'noun'>;

/** What may have been done to an item whose last step has no answer. */
const MAYBE: Record<JournalKind, string> = {
  move: 'moved',
  copy: 'copied',
  redrive: 'redriven',
  requeue: 'requeued',
  undoMove: 'moved back',
  undoText: 'restored',
  delete: 'deleted',
  clear: 'cleared',
  visibility: 'changed and hidden',
  text: 'changed',
  send: 'sent',
  addAgain: 'added again',
  import: 'imported',
  export: 'exported',
  browse: 'seen',
};

/** What is done to an item, where that is not simply done. */
const DONE: Partial<Record<JournalKind, string>> = {
  export: 'written, but the file may not be whole',
  browse: 'seen',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Items that have been worked on, whatever came of it. */
const stoppedAt = ({ done, twice, maybe, notDone }: JobStanding): number =>
  done + twice.length + maybe.length + notDoneOf({ notDone });

const notDoneOf = ({ notDone }: Pick<JobStanding, 'notDone'>): number =>
  [...notDone.values()].reduce((sum, number) => sum + number, 0);

/** "Redrive of payments-poison stopped at 705 of 2,000 at 06:14"; `at` is epoch ms. */
export function stoppedText(head: Named, standing: JobStanding, at: number): string {
  const { total } = standing;
  const of = total === undefined ? '' : ` of ${count(total)}`;
  return `${capital(interruptedName(head))} stopped at ${count(stoppedAt(standing))}${of} at ${minuteTime(at)}`;
}

/** One count of a standing; `opens` names the list that it opens. */
export type StandingPart = { number: number; text: string; opens?: 'doubtful' };

const are = (number: number) => plural(number, 'is', 'are');

/** The counts of a standing, which add up to its total, and what else is hidden. */
export function standingParts(head: Named, standing: JobStanding): StandingPart[] {
  const { done, twice, maybe, hidden, untouched, othersHidden, twiceHidden, hiddenUntil, maybeHidden } = standing;
  const target = head.to?.queue ?? head.from.queue;
  const left = notDoneOf(standing);
  const until = clockTime(hiddenUntil);
  const parts: (StandingPart | false)[] = [
    {
      number: done,
      text: `${are(done)} ${DONE[head.kind] ?? 'done'}`,
    },
    twice.length > 0 && { number: twice.length, text: `may be in ${target} twice`, opens: 'doubtful' },
    maybe.length > 0 && { number: maybe.length, text: `may be ${MAYBE[head.kind]}`, opens: 'doubtful' },
    left > 0 && { number: left, text: `could not be done${codesText(standing)}` },
    hidden > 0 && { number: hidden, text: `${are(hidden)} hidden until ${until}` },
    untouched !== undefined && { number: untouched, text: `${are(untouched)} untouched` },
    othersHidden > 0 && {
      number: othersHidden,
      text: `${plural(othersHidden, 'other is', 'others are')} hidden until ${until}: passed on the way, or worked on`,
    },
    twiceHidden > 0 && {
      number: twiceHidden,
      text: `of those perhaps twice ${are(twiceHidden)} hidden until ${until}`,
    },
    maybeHidden.messages > 0 && {
      number: maybeHidden.messages,
      text: `more at most may be hidden until ${clockTime(maybeHidden.until)}: a receive had no answer`,
    },
  ];
  return parts.filter((part) => part !== false);
}

function codesText({ notDone }: JobStanding): string {
  const codes = [...notDone.keys()].filter((code) => code !== '');
  return codes.length === 0 ? '' : `: ${codes.slice(0, 3).join(', ')}`;
}

/** Why a job cannot go on, as a sentence; undefined when it can. */
export function whyNotContinued({
  kind,
  steps,
  filter,
}: Pick<JournalHead, 'kind' | 'steps' | 'filter'>): string | undefined {
  if (filter !== undefined) return `Filter by ${filter} again, and begin it anew: it takes what is left.`;
  if (kind !== 'export' && steps.includes('write'))
    return 'Whether its file was saved is not known, so that nothing more is done: begin it anew.';
  if (kind === 'browse') return 'What it showed went with the page: browse again to see it.';
  if (kind === 'import') return 'Its file is not kept on this device: import the rest of it again.';
  if (kind === 'send' || kind === 'addAgain')
    return 'The texts that it sent are not kept on this device, so that it cannot go on.';
  if (kind === 'undoText' || (kind === 'undoMove' && steps.includes('change')))
    return 'The old texts went with the page, so that it cannot go on.';
  return undefined;
}

/** Leases that Release ends. */
export const releasableNumber = ({ hidden, othersHidden }: JobStanding): number => hidden + othersHidden;

/** What Close does, as a sentence. */
export const closeText = (standing: JobStanding): string => {
  const number = releasableNumber(standing) + standing.twiceHidden;
  if (number === 0) return 'Forget this job.';
  return `Forget this job. ${number === 1 ? 'The hidden message becomes' : `The ${counted(number, 'message')} that it hides become`} visible by ${plural(number, 'itself', 'themselves')}.`;
};
