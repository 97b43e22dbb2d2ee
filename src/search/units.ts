/** Bytes of each unit of size, largest first. Sizes are shown in KiB and MiB; KB and MB are read as well, since links have them. */
export const SIZES = [
  ['MiB', 1_048_576],
  ['MB', 1_000_000],
  ['KiB', 1024],
  ['KB', 1000],
  ['B', 1],
] as const;
/** Milliseconds of each unit of time, largest first. */
export const TIMES = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;
const OTHER_NAMES: Record<string, string> = {
  k: 'KB',
  kb: 'KB',
  min: 'm',
  sec: 's',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

type Units = readonly (readonly [name: string, worth: number])[];

/** Parses `612`, `10KB`, `1.5KiB` to bytes; undefined for anything else. */
export const parseSize = (text: string) => (/^\d+$/.test(text) ? whole(Number(text)) : sumOf(text, SIZES));
/** Parses `90s`, `1h30m`, `2.5d` to milliseconds; undefined for anything else, also a number without a unit. */
export const parseSpan = (text: string) => sumOf(text, TIMES);

function sumOf(text: string, units: Units): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?[a-z]+)+$/i.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '', name = ''] of text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/gi)) {
    const wanted = OTHER_NAMES[name.toLowerCase()] ?? name;
    const worth = units.find(([unit]) => unit.toLowerCase() === wanted.toLowerCase())?.[1];
    if (worth === undefined) return undefined;
    sum += Number(amount) * worth;
  }
  return whole(Math.round(sum));
}

const whole = (value: number) => (Number.isSafeInteger(value) ? value : undefined);
