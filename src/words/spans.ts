import { count, counted } from './counts';

const UNITS = [
  { value: 'seconds', seconds: 1 },
  { value: 'minutes', seconds: 60 },
  { value: 'hours', seconds: 3600 },
  { value: 'days', seconds: 86_400 },
] as const;

export type SpanUnit = (typeof UNITS)[number]['value'];
/** A typed amount with the chosen unit. */
export type TimeSpan = { amount: number; unit: SpanUnit };

export const SPAN_UNITS = UNITS.map(({ value }) => ({ value, label: value }));
export const isSpanUnit = (unit: string): unit is SpanUnit => UNITS.some(({ value }) => value === unit);

const secondsIn = (unit: SpanUnit) => UNITS.find(({ value }) => value === unit)?.seconds ?? 1;

/** Rounded, so that 1.1 minutes are exactly 66 seconds. */
export const secondsOf = ({ amount, unit }: TimeSpan) => Number((amount * secondsIn(unit)).toFixed(6));

/** Seconds in the largest unit without a fraction. */
export function timeSpanOf(seconds: number): TimeSpan {
  const largest = UNITS.findLast((unit) => seconds >= unit.seconds && seconds % unit.seconds === 0) ?? UNITS[0];
  return { amount: seconds / largest.seconds, unit: largest.value };
}

const SHORT = { seconds: 's', minutes: 'min', hours: 'h' } as const;

/** Formats seconds: `30 s`, `5 min`, `1 day`, `90 s`. */
export function spokenSpan(seconds: number): string {
  const { amount, unit } = timeSpanOf(seconds);
  return unit === 'days' ? counted(amount, 'day') : `${count(amount)} ${SHORT[unit]}`;
}

/** Formats remaining seconds for screen readers: `21 seconds`, `15 minutes`, `3 hours`. */
export function spokenTime(seconds: number): string {
  if (seconds < 600) return counted(seconds, 'second');
  if (seconds < 7200) return counted(Math.floor(seconds / 60), 'minute');
  return counted(Math.floor(seconds / 3600), 'hour');
}

/** A time of seconds, rounded up: "12 s", "1 min 11 s", "2 h 5 min". */
export function spanText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
