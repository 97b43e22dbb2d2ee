const UNITS = [
  { value: 'd', label: 'days', seconds: 86_400 },
  { value: 'h', label: 'hours', seconds: 3600 },
  { value: 'min', label: 'min', seconds: 60 },
  { value: 's', label: 's', seconds: 1 },
] as const;

export type SpanUnit = (typeof UNITS)[number]['value'];
export const SPAN_UNITS = UNITS.toReversed().map(({ value, label }) => ({ value, label }));

export const secondsOf = (unit: SpanUnit) => UNITS.find(({ value }) => value === unit)?.seconds ?? 1;
export const isSpanUnit = (unit: string): unit is SpanUnit => UNITS.some(({ value }) => value === unit);

/** The largest unit that says a number of whole seconds without a fraction. */
export const unitOf = (seconds: number): SpanUnit =>
  UNITS.find((unit) => seconds >= unit.seconds && seconds % unit.seconds === 0)?.value ?? 's';

/** Whole seconds as a person says them: `30 s`, `5 min`, `1 day`, `90 s`. */
export function span(seconds: number): string {
  const unit = unitOf(seconds);
  const amount = seconds / secondsOf(unit);
  if (unit === 'd') return amount === 1 ? '1 day' : `${amount} days`;
  return `${amount} ${unit}`;
}

/** Seconds offered for a longer lease. */
export const EXTENSIONS = [30, 60, 300, 900, 3600, 86_400];
