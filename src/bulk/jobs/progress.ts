import type { JobForecast } from '../planning/forecast';
import { CONNECTIONS } from '../planning/walk-time';
import type { OutcomeKind } from '../requests/outcome';

/** Progress of a job in items. */
export type Progress = {
  done: number;
  failed: number;
  skipped: number;
  /** `maybeDone`, `maybeTwice` and `inBoth`, which a person should check. */
  uncertain: number;
  /** In progress now. */
  working: number;
  total: number | undefined;
  /** Outcomes a second, over the last ten seconds without pauses. */
  rate: number;
  /** Undefined without a total or before there is a rate. */
  secondsLeft: number | undefined;
  /** Seconds until the last item had ended; undefined before. */
  workTook: number | undefined;
  /** What it receives and returns; undefined for a job that leases nothing. */
  walk: WalkProgress | undefined;
  /** Requests sent, and of how many; undefined for a job without a plan. */
  requests: RequestProgress | undefined;
};

/** Requests sent so far, repeats included, and the least and the most that they come to, as known now. */
export type RequestProgress = { sent: number; least: number; most: number };

/** A part of a job, in messages. */
export type Phase = {
  done: number;
  /** As known now; undefined before. */
  total: number | undefined;
  /** Messages a second, since it began. */
  rate: number;
  /** Undefined without a total or a rate, and when it is over. */
  secondsLeft: number | undefined;
  isOver: boolean;
  /** Seconds that it took; undefined before its end. */
  took: number | undefined;
};

/** Finding goes first; from its end on, returning goes beside the work. */
export type WalkProgress = { finding: Phase; returning: Phase };

/** How far a walk is, in messages. */
export type Standing = {
  isFinding: boolean;
  /** Receives that were answered, and those that were not. */
  receives: number;
  lostReceives: number;
  /** Received so far. */
  found: number;
  /** Of these, chosen. */
  wanted: number;
  returned: number;
  /** Returned, and to be returned, of those found so far. */
  toReturn: number;
};

/**
 * Measures the phases of a walk from how far it is and what is forecast of it; `now` and `endedAt` in epoch ms. A phase is over once
 * nothing of it is left that could become more.
 */
export function createWalkProgress(startedAt: number) {
  let foundAt: number | undefined;
  let returnedAt: number | undefined;
  return (standing: Standing, now: number, endedAt?: number, known: KnownOfWalk = {}): WalkProgress => {
    const { isFinding, receives, found, returned, toReturn } = standing;
    const { forecast, returnedAtATime = 1, connections = CONNECTIONS, before = 0 } = known;
    if (!isFinding) foundAt ??= now;
    const { least, most } = forecast ?? {};
    const toFind = least && most && least.raised === most.raised ? Math.max(found, most.raised) : undefined;
    const back = least && most && least.returned === most.returned ? Math.max(toReturn, most.returned) : toReturn;
    const isReturned = endedAt !== undefined || (!isFinding && returned >= back);
    returnedAt = isReturned ? (returnedAt ?? endedAt ?? now) : undefined;
    const returning = phaseOf({ done: returned, total: back }, foundAt ?? now, now, returnedAt);
    // Before the first is returned, each takes as long as a receive took.
    const request = receives === 0 ? undefined : ((foundAt ?? now) - startedAt) / 1000 / receives;
    const isExpected = returned === 0 && !isReturned && back > 0 && request !== undefined;
    return {
      finding: phaseOf({ done: found, total: isFinding ? toFind : found }, startedAt, now, foundAt),
      returning: isExpected
        ? { ...returning, secondsLeft: before + (back * request) / Math.min(connections, returnedAtATime) }
        : returning,
    };
  };
}

/** What is known of a walk beside how far it is. */
export type KnownOfWalk = {
  forecast?: JobForecast | undefined;
  /** Messages returned at a time; 1 by default. */
  returnedAtATime?: number | undefined;
  /** Requests under way at a time at most; those of a browser by default. */
  connections?: number | undefined;
  /** Seconds until the first is returned; 0 by default. */
  before?: number | undefined;
};

function phaseOf(
  { done, total }: Pick<Phase, 'done' | 'total'>,
  beganAt: number,
  now: number,
  endedAt: number | undefined,
): Phase {
  const isOver = endedAt !== undefined;
  const took = Math.max(0, (endedAt ?? now) - beganAt) / 1000;
  const rate = took <= 0 ? 0 : done / took;
  const isKnown = !isOver && total !== undefined && rate > 0;
  const secondsLeft = isKnown ? Math.max(0, total - done) / rate : undefined;
  return { done, total, rate, secondsLeft, isOver, took: isOver ? took : undefined };
}

export type Counts = Record<OutcomeKind, number>;

export const noCounts = (): Counts => ({ done: 0, skipped: 0, failed: 0, maybeDone: 0, maybeTwice: 0, inBoth: 0 });

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const RATE_SECONDS = 10;

/** Measures events a second over the last ten seconds, at a constant cost. */
export function createRate() {
  const counts = Array.from({ length: RATE_SECONDS + 1 }, () => 0);
  let first: number | undefined;
  let last = 0;

  /** Clears the seconds since the last event. */
  function moveTo(second: number): void {
    first ??= second;
    for (let at = Math.max(last + 1, second - RATE_SECONDS); at <= second; at++) counts[at % counts.length] = 0;
    if (first === second && last === 0) counts[second % counts.length] = 0;
    last = Math.max(last, second);
  }

  return {
    /** Counts one event at `now` (epoch ms). */
    count(now: number): void {
      const second = Math.floor(now / 1000);
      moveTo(second);
      counts[second % counts.length] = (counts[second % counts.length] ?? 0) + 1;
    },
    /** Events a second; `now` in epoch ms. */
    perSecond(now: number): number {
      if (first === undefined) return 0;
      moveTo(Math.floor(now / 1000));
      const span = Math.min(RATE_SECONDS, now / 1000 - Math.max(first, last - RATE_SECONDS));
      const events = counts.reduce((sum, count) => sum + count, 0);
      return events / Math.max(1, span);
    },
    /** Starts anew after a pause. */
    restart(): void {
      counts.fill(0);
      first = undefined;
    },
  };
}
