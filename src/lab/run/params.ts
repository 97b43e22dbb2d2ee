import {
  LONGEST_TIME_TO_LIVE_SECONDS,
  LONGEST_VISIBILITY_TIMEOUT_SECONDS,
  MOST_MESSAGES,
  USUAL_TIME_TO_LIVE_SECONDS,
} from '../../azure/protocol/limits';

/** Settings of a run; each is a parameter of its address. */
export type Params = {
  /** Visibility timeout of a worker's receive, seconds. */
  vis: number;
  /** Seconds of work for one order; exact, or the mean where `vary` is 1. */
  work: number;
  vary: number;
  /** Percent of the orders at which a worker crashes. */
  crash: number;
  /** Seconds until a crashed worker starts again. */
  restart: number;
  /** Tries until a worker moves an order to the poison queue; 0: it has no such rule. */
  tries: number;
  workers: number;
  /** Orders a second of each producer. */
  rate: readonly number[];
  /** Seconds between two receives that found nothing: they double from the first to the second. */
  poll: readonly [least: number, most: number];
  /** Messages that a worker receives at once. */
  batch: number;
  /** Time to live of a message in seconds; −1: never. */
  ttl: number;
  /** Visibility delay of a message in seconds. */
  delay: number;
  /** One order in so many cannot be worked on; 0: none. */
  bad: number;
  /** 1: a worker extends its lease each time that half of it is over. */
  extend: number;
};

export type ParamName = keyof Params;

/** Settings that are one number. */
export type NumberParam = Exclude<ParamName, 'rate' | 'poll'>;

export const DEFAULTS: Params = {
  vis: 30,
  work: 8,
  vary: 0,
  crash: 0,
  restart: 5,
  tries: 5,
  workers: 1,
  rate: [0.6],
  poll: [0.25, 4],
  batch: 1,
  ttl: USUAL_TIME_TO_LIVE_SECONDS,
  delay: 0,
  bad: 0,
  extend: 0,
};

/** `whole`: no fractions. `step`: of a slider. */
type Range = { least: number; most: number; whole: boolean };

/** What each setting may be; those of the service are Azure's. */
export const RANGES: Readonly<Record<NumberParam, Range>> = {
  vis: { least: 1, most: LONGEST_VISIBILITY_TIMEOUT_SECONDS, whole: true },
  work: { least: 0.1, most: 3600, whole: false },
  vary: { least: 0, most: 1, whole: true },
  crash: { least: 0, most: 100, whole: false },
  restart: { least: 1, most: 3600, whole: false },
  tries: { least: 0, most: 100, whole: true },
  workers: { least: 0, most: 12, whole: true },
  batch: { least: 1, most: MOST_MESSAGES, whole: true },
  ttl: { least: -1, most: LONGEST_TIME_TO_LIVE_SECONDS, whole: true },
  delay: { least: 0, most: LONGEST_VISIBILITY_TIMEOUT_SECONDS, whole: true },
  bad: { least: 0, most: 10_000, whole: true },
  extend: { least: 0, most: 1, whole: true },
};

const MOST_PRODUCERS = 4;
const MOST_RATE = 20;
const POLL = { least: 0.05, most: 3600 };

/**
 * A setting read from its text, or what is wrong with it in words that follow its name; `nearest` is what it may be and comes next
 * to what was written. What is no number at all has none.
 */
export type ReadParam<Value> =
  | { value: Value; problem?: undefined }
  | { value?: undefined; problem: string; nearest?: Value };

export function readParam(name: ParamName, text: string): ReadParam<Params[ParamName]> {
  if (name === 'rate') return readRates(text);
  if (name === 'poll') return readPoll(text);
  const range = RANGES[name];
  const value = readNumber(text);
  if (value === undefined) return { problem: 'is not a number' };
  if (name === 'ttl' && value > -1 && value < 1) return { problem: 'is at least 1, or −1 for never', nearest: 1 };
  const nearest = clamped(range.whole ? Math.round(value) : rounded(value), range);
  if (value < range.least || value > range.most)
    return { problem: `goes from ${range.least} to ${range.most}`, nearest };
  if (range.whole && !Number.isInteger(value)) return { problem: 'is a whole number', nearest };
  return nearest === value ? { value: nearest } : { problem: 'has at most three decimals', nearest };
}

function readRates(text: string): ReadParam<readonly number[]> {
  const rates = text.split(',').map(readNumber);
  const range = { least: 0, most: MOST_RATE };
  const isBeyond = `goes from 0 to ${MOST_RATE} a second for each producer`;
  if (!areNumbers(rates)) return { problem: isBeyond };
  const nearest = rates.slice(0, MOST_PRODUCERS).map((rate) => clamped(rounded(rate), range));
  if (rates.length > MOST_PRODUCERS) return { problem: `has at most ${MOST_PRODUCERS} producers`, nearest };
  return rates.every((rate, index) => rate === nearest[index]) ? { value: nearest } : { problem: isBeyond, nearest };
}

function readPoll(text: string): ReadParam<readonly [number, number]> {
  const [least, most, ...others] = text.split('..').map(readNumber);
  if (least === undefined || most === undefined || others.length > 0 || least > most)
    return { problem: 'is two numbers of seconds, such as 0.25..4' };
  const nearest = [clamped(rounded(least), POLL), clamped(rounded(most), POLL)] as const;
  if (nearest[0] === least && nearest[1] === most) return { value: nearest };
  return { problem: `goes from ${POLL.least} to ${POLL.most} seconds`, nearest };
}

const areNumbers = (values: readonly (number | undefined)[]): values is number[] => !values.includes(undefined);

/** The number within the range that is nearest. */
export const clamped = (value: number, { least, most }: { least: number; most: number }): number =>
  Math.min(most, Math.max(least, value));

/** Of three decimals at most: milliseconds. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Decimal digits; more of them than a number has are no reason to take it for anything else. */
const readNumber = (text: string): number | undefined => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);

/** The text of a setting, as `readParam` reads it. */
export const writeParam = (value: Params[ParamName], name: ParamName): string =>
  typeof value === 'number' ? String(value) : value.join(name === 'poll' ? '..' : ',');
