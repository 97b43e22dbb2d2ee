import type { Outcome } from '../requests/outcome';
import { type Counts, createRate, noCounts, type Progress, sumOf } from './progress';

/** Counts the items of a job by outcome. `now` returns epoch ms; `total` counts items, when known. */
export function createJobCounters<Item, Value>(total: number | undefined, now: () => number) {
  const rate = createRate();
  const counts: Counts = noCounts();
  const outcomes: Outcome<Item, Value>[] = [];
  let working = 0;

  return {
    counts,
    /** Outcomes other than `done`, in the order they ended. */
    outcomes,
    began: () => void working++,
    landed(outcome: Outcome<Item, Value>): void {
      working--;
      counts[outcome.kind]++;
      if (outcome.kind !== 'done') outcomes.push(outcome);
      rate.count(now());
    },
    /** Starts the rate anew after a pause. */
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
        secondsLeft: total === undefined || perSecond === 0 ? undefined : remaining() / perSecond,
      };
    },
    /** Items of the total that were never started. */
    notStarted: () => (total === undefined ? undefined : Math.max(0, remaining() - working)),
  };

  function remaining(): number {
    return Math.max(0, (total ?? 0) - sumOf(counts));
  }
}
