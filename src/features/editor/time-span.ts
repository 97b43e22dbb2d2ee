/** Seconds in each unit. */
const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

export type SpanUnit = keyof typeof SECONDS;
/** What a person typed, kept in the unit they chose. */
export type TimeSpan = { amount: number; unit: SpanUnit };

export const SPAN_UNITS = (Object.keys(SECONDS) as SpanUnit[]).map((unit) => ({ value: unit, label: unit }));
export const isSpanUnit = (unit: string): unit is SpanUnit => unit in SECONDS;

/** Rounded, so that 1.1 minutes are 66 seconds and not a fraction more. */
export const secondsOf = ({ amount, unit }: TimeSpan) => Number((amount * SECONDS[unit]).toFixed(6));

const sameYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment to come, as short as it can be said: `24 Nov, 09:42`, or `24 Nov 2027` in another year. */
export function momentAhead(at: number, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'far in the future';
  return (date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear)
    .format(date)
    .replace('Sept', 'Sep');
}
