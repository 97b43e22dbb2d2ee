const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Stands for a time that cannot be read. */
const UNKNOWN = 'unknown';

/** Formats a duration in at most two units, without its sign: "6 d 21 h", "2 h 14 m", "38 m", "21 s"; NaN is "unknown". */
export function duration(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return UNKNOWN;
  const span = Math.abs(milliseconds);
  if (span >= DAY) return pair(span, DAY, 'd', HOUR, 'h');
  if (span >= HOUR) return pair(span, HOUR, 'h', MINUTE, 'm');
  if (span >= MINUTE) return `${Math.floor(span / MINUTE)} m`;
  return `${Math.floor(span / SECOND)} s`;
}

function pair(span: number, large: number, largeName: string, small: number, smallName: string) {
  const remainder = Math.floor((span % large) / small);
  return remainder === 0
    ? `${Math.floor(span / large)} ${largeName}`
    : `${Math.floor(span / large)} ${largeName} ${remainder} ${smallName}`;
}

/** Formats a countdown: "0:21", "4:52", "1:02:09". Never below zero; rounds up, so that 0:00 means over. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** Local time of day: "09:41:52". */
export function clockTime(date: Date | number): string {
  return clock.format(date);
}

/** Local date and time: "16 Nov 2026, 06:38:12"; an invalid date is "unknown". */
export function dateTime(date: Date | number): string {
  if (Number.isNaN(+date)) return UNKNOWN;
  return `${day.format(date).replace('Sept', 'Sep')}, ${clock.format(date)}`;
}

function two(value: number) {
  return String(value).padStart(2, '0');
}
