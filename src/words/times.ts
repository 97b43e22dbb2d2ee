import { count } from './counts';
import { isolated } from './isolate';
import { byLocale, type HourClock } from './locale';

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
  const whole = `${count(Math.floor(span / large))} ${largeName}`;
  return remainder === 0 ? whole : `${whole} ${remainder} ${smallName}`;
}

/** Formats a countdown: "0:21", "4:52", "1:02:09". Never below zero; rounds up, so that 0:00 means over. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** "07", "21": the minutes and seconds of a clock. */
export const twoDigits = (value: number): string => String(value).padStart(2, '0');

const CYCLES: Record<HourClock, 'h23' | 'h12' | undefined> = { locale: undefined, '24': 'h23', '12': 'h12' };

const formatOf = (options: Intl.DateTimeFormatOptions) =>
  byLocale(
    ({ tags, clock }) =>
      new Intl.DateTimeFormat([...tags], {
        ...options,
        hourCycle: CYCLES[clock],
        numberingSystem: 'latn',
        calendar: 'gregory',
      }),
  );

const clock = formatOf({ timeStyle: 'medium' });
const minutes = formatOf({ timeStyle: 'short' });
const moment = formatOf({ dateStyle: 'medium', timeStyle: 'long' });
const sameYear = formatOf({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const otherYear = formatOf({ dateStyle: 'medium' });
const precise = formatOf({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const zone = formatOf({ timeZoneName: 'short' });

const shown = (format: Intl.DateTimeFormat, date: Date | number): string =>
  Number.isNaN(+date) ? UNKNOWN : isolated(format.format(date));

/** Local time of day: "09:41:52", or "9:41:52 AM". */
export const clockTime = (date: Date | number): string => shown(clock(), date);

/** Local time of day without seconds: "09:41". */
export const minuteTime = (date: Date | number): string => shown(minutes(), date);

/** Local time of day with milliseconds and the zone: "09:41:52.084 UTC". */
export const preciseTime = (date: Date | number): string => `${shown(precise(), date)} ${zoneName(date)}`;

/** Local date and time with the zone: "16 Nov 2026, 06:38:12 UTC"; an invalid date is "unknown". */
export const dateTime = (date: Date | number): string => shown(moment(), date);

/** A moment, short: "24 Nov, 09:42", or "24 Nov 2027" in another year than `now`. Both in epoch ms. */
export const shortMoment = (at: number, now: number): string =>
  shown(new Date(at).getFullYear() === new Date(now).getFullYear() ? sameYear() : otherYear(), at);

/** The zone of the times shown, at a moment: "UTC", "CET", "GMT+5:30". */
export const zoneName = (at: Date | number): string =>
  zone()
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';
