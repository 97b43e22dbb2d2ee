const UNITS = [
  { value: 'seconds', seconds: 1 },
  { value: 'minutes', seconds: 60 },
  { value: 'hours', seconds: 3600 },
  { value: 'days', seconds: 86_400 },
] as const;

export type SpanUnit = (typeof UNITS)[number]['value'];
/** What a person typed, kept in the unit they chose. */
export type TimeSpan = { amount: number; unit: SpanUnit };

export const SPAN_UNITS = UNITS.map(({ value }) => ({ value, label: value }));
export const isSpanUnit = (unit: string): unit is SpanUnit => UNITS.some(({ value }) => value === unit);

const secondsIn = (unit: SpanUnit) => UNITS.find(({ value }) => value === unit)?.seconds ?? 1;

/** Rounded, so that 1.1 minutes are 66 seconds and not a fraction more. */
export const secondsOf = ({ amount, unit }: TimeSpan) => Number((amount * secondsIn(unit)).toFixed(6));

/** Seconds in the largest unit that says them without a fraction. */
export function timeSpanOf(seconds: number): TimeSpan {
  const largest = UNITS.findLast((unit) => seconds >= unit.seconds && seconds % unit.seconds === 0) ?? UNITS[0];
  return { amount: seconds / largest.seconds, unit: largest.value };
}

const SHORT = { seconds: 's', minutes: 'min', hours: 'h' } as const;

/** Seconds as a person says them: `30 s`, `5 min`, `1 day`, `90 s`. */
export function spokenSpan(seconds: number): string {
  const { amount, unit } = timeSpanOf(seconds);
  if (unit === 'days') return amount === 1 ? '1 day' : `${amount} days`;
  return `${amount} ${SHORT[unit]}`;
}

/** What a screen reader says of a time that is running out, in seconds: `21 seconds`, `15 minutes`, `3 hours`. */
export function spokenTime(seconds: number): string {
  if (seconds < 600) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} minutes`;
  return `${Math.floor(seconds / 3600)} hours`;
}
