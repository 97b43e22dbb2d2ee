import type { OutcomeKind } from '../requests/outcome';

/** How far a job is. Counts are of items. */
export type Progress = {
  done: number;
  failed: number;
  skipped: number;
  /** `maybeDone`, `maybeTwice` and `inBoth`: to be looked at. */
  uncertain: number;
  /** In flight now. */
  working: number;
  total: number | undefined;
  /** Outcomes a second, over the last ten seconds at work. */
  rate: number;
  /** Undefined without a total or before there is a rate. */
  secondsLeft: number | undefined;
};

export type Counts = Record<OutcomeKind, number>;

export const noCounts = (): Counts => ({ done: 0, skipped: 0, failed: 0, maybeDone: 0, maybeTwice: 0, inBoth: 0 });

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const RATE_SECONDS = 10;

/** Counts events by the second and forgets those older than ten. Costs the same however many there are. */
export function createRate() {
  const counts = Array.from({ length: RATE_SECONDS + 1 }, () => 0);
  let first: number | undefined;
  let last = 0;

  /** Empties the seconds that went by since the last event. */
  function moveTo(second: number): void {
    first ??= second;
    for (let at = Math.max(last + 1, second - RATE_SECONDS); at <= second; at++) counts[at % counts.length] = 0;
    if (first === second && last === 0) counts[second % counts.length] = 0;
    last = Math.max(last, second);
  }

  return {
    /** `now` in ms. */
    count(now: number): void {
      const second = Math.floor(now / 1000);
      moveTo(second);
      counts[second % counts.length] = (counts[second % counts.length] ?? 0) + 1;
    },
    /** Events a second. */
    perSecond(now: number): number {
      if (first === undefined) return 0;
      moveTo(Math.floor(now / 1000));
      const span = Math.min(RATE_SECONDS, now / 1000 - Math.max(first, last - RATE_SECONDS));
      const events = counts.reduce((sum, count) => sum + count, 0);
      return events / Math.max(1, span);
    },
    /** After a pause, whose seconds were no work. */
    restart(): void {
      counts.fill(0);
      first = undefined;
    },
  };
}
