import type { OutcomeKind } from '../requests/outcome';
import type { Work } from './ledger.fixture';

/** Seconds are long in which leases may have run out. */
const CALM = 4000;

/** Holds what is said of one message against what was done. */
export function judge(work: Work, id: string, kind: OutcomeKind, reason = ''): void {
  const { ledger, does } = work;
  const copies = work.copiesOf(id);
  const isDeleted = work.deleted.has(id);
  const isDone = kind === 'done';
  const isNot = kind === 'failed' || kind === 'skipped';
  const isDoubtful = work.doubtful.has(id);
  const truth = work.hand === 'other' ? undefined : ledger.in(work.queue).get(id);
  const name = `"${truth?.text ?? ledger.gone.get(id)?.text ?? id}"`;
  const found = (words: string) => ledger.fail(`${work.name} says ${kind} of ${name} (${reason}), and ${words}`);

  if (does === 'move') {
    if (isDone && !isDeleted) found('the original is there');
    if (isDone && copies === 0) found('there is no copy');
    if (isNot && copies > 0 && !isDoubtful) found('there is a copy');
    if (kind !== 'done' && kind !== 'maybeTwice' && isDeleted) found('the original was deleted');
    if (kind === 'inBoth' && copies === 0) found('there is no copy');
  }
  if (does === 'copy' || does === 'addAgain' || does === 'import' || does === 'add') {
    if (isDone && copies === 0) found('there is no copy');
    if (isNot && copies > 0 && !isDoubtful) found('there is a copy');
  }
  if (does === 'delete') {
    if (isDone && !isDeleted) found('it was not deleted');
    if (isNot && isDeleted) found('it was deleted');
  }
  if (does === 'change' || (does === 'hide' && work.textFor)) {
    const changes = work.changed.get(id) ?? 0;
    if (isDone && changes === 0) found('it was not changed');
    if (isNot && changes > 0 && !isDoubtful) found('it was changed');
  }
  if (
    (does === 'release' || does === 'extend' || does === 'hide') &&
    isDone &&
    truth &&
    work.hand !== 'other' &&
    isCalm(work)
  ) {
    const isExcused = ledger.isExcused(work.hand, work.queue, id) || ledger.isTouchedBeside(work, id);
    const isHidden = truth.visibleAt > ledger.time.now();
    // Shown at once, what the job leased would be received again: it is returned with the others.
    const isShown = does === 'release' || (does === 'hide' && work.hidesFor === 0);
    if (!isExcused && isHidden === isShown && !(does === 'hide' && isShown))
      found(isHidden ? 'it is hidden' : 'it is visible');
  }
  if (!isDone && work.expected.has(id) && isCalm(work) && !ledger.isTouchedBeside(work, id)) {
    if (reason !== 'The text stays the same.') found('nothing stood in its way');
  }
  if (kind === 'maybeDone' || kind === 'maybeTwice') work.doubtful.add(id);
  work.outcomes.set(id, kind);
}

/** Nothing came between that may have hindered it. */
const isCalm = ({ ledger, begunAt, number }: Work): boolean =>
  ledger.time.now() - begunAt <= CALM && ledger.lastTrouble <= number;

/** Nothing that had to be done was left out. */
export function judgeWhole(work: Work): void {
  const { ledger, expected } = work;
  if (!isCalm(work)) return;
  for (const id of expected) {
    if (work.outcomes.has(id) || ledger.isTouchedBeside(work, id)) continue;
    ledger.fail(`${work.name} left out "${ledger.in(work.queue).get(id)?.text ?? id}"`);
  }
}
