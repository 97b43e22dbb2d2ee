import type { Outcome } from '../requests/outcome';
import { type Counts, createRate, noCounts, type Progress, sumOf } from './progress';

/** What came of the items of a job so far. `now` gives epoch ms; `total` is of items, when known. */
export function createJobCounters<Item, Value>(total: number | undefined, now: () => number) {
  const rate = createRate();
  const counts: Counts = noCounts();
  const outcomes: Outcome<Item, Value>[] = [];
  let working = 0;

  return {
    counts,
    /** Those that are not `done`, in the order they landed. */
    outcomes,
    began: () => void working++,
    landed(outcome: Outcome<Item, Value>): void {
      working--;
      counts[outcome.kind]++;
      if (outcome.kind !== 'done') outcomes.push(outcome);
      rate.count(now());
    },
    /** After a pause, whose seconds were no work. */
    restartRate: () => rate.restart(),
    progress(): Progress {
      const perSecond = rate.perSecond(now());
      return {
        done: counts.done,
        failed: counts.failed,
        skipped: counts.skipped,
        uncertain: counts.maybeDone + counts.maybeTwice + counts.inBoth,
        working,
        total,
        rate: perSecond,
        secondsLeft: total === undefined || perSecond === 0 ? undefined : left() / perSecond,
      };
    },
    /** Of the total: never begun. */
    notStarted: () => (total === undefined ? undefined : Math.max(0, left() - working)),
  };

  function left(): number {
    return Math.max(0, (total ?? 0) - sumOf(counts));
  }
}
