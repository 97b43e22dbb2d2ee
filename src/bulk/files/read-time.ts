const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/i;
const RFC_1123 = /^[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;
/** JSON of .NET before it wrote ISO 8601, such as PowerShell 5's: milliseconds since 1970. */
const DOTNET = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
/** Seconds since 1970 up to this number, as Java writes them, which is the year 5138; milliseconds beyond. */
const MOST_SECONDS = 1e11;

/**
 * Reads a time as tools write it: ISO 8601, of which one without a zone is UTC; the service's RFC 1123; .NET's `/Date(0)/`; a
 * number of seconds or milliseconds since 1970. Epoch ms; undefined for anything else.
 */
export function readTime(written: string | number): number | undefined {
  if (typeof written === 'number') return Math.abs(written) < MOST_SECONDS ? written * 1000 : written;
  const text = written.trim();
  const dotnet = DOTNET.exec(text);
  if (dotnet) return Number(dotnet[1]);
  if (/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return readTime(Number(text));
  const iso = ISO.exec(text);
  const time = iso
    ? Date.parse(`${iso[1]}T${iso[2]}${iso[3] ?? 'Z'}`)
    : RFC_1123.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** .NET's TimeSpan: days, hours, minutes, seconds. */
const TIME_SPAN = /^(?:(\d{1,8})\.)?(\d\d):(\d\d):(\d\d)(?:\.\d{1,7})?$/;
/** TimeSpan.MaxValue has so many days, and means without an end. */
const DAYS_WITHOUT_END = 10_675_199;

/** Reads .NET's `14.00:00:00` as seconds, and its longest as `never`; undefined for anything else. */
export function readTimeSpan(text: string): number | 'never' | undefined {
  const parts = TIME_SPAN.exec(text);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part || 0));
  return days >= DAYS_WITHOUT_END ? 'never' : ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
