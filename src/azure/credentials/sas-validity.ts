import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import { minuteOf } from '../protocol/utc-minute';

/** Why the signature with these fields (by their short names) is not valid at `now` (epoch ms), as a sentence; undefined when it is. */
export function sasTimeProblem(
  { st = '', se = '' }: Readonly<Record<string, string>>,
  now: number,
): string | undefined {
  if (Date.parse(se) <= now) return `This SAS expired on ${minuteOf(new Date(se))}.`;
  // Within the clock difference that Azure accepts, this device's clock may be behind.
  return Date.parse(st) - now > ACCEPTED_SKEW_MS
    ? `This SAS is not valid before ${minuteOf(new Date(st))}.`
    : undefined;
}
