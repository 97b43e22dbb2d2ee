import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import { minuteOf } from '../protocol/utc-minute';

/** Why the signature with these fields (by their short names) is of no use at `now` (ms), as a sentence; or undefined. */
export function sasTimeProblem(
  { st = '', se = '' }: Readonly<Record<string, string>>,
  now: number,
): string | undefined {
  if (Date.parse(se) <= now) return `This SAS expired on ${minuteOf(new Date(se))}.`;
  // As far ahead as Azure lets clocks be, it may be this one that is behind.
  return Date.parse(st) - now > ACCEPTED_SKEW_MS
    ? `This SAS is not valid before ${minuteOf(new Date(st))}.`
    : undefined;
}
