import { byLocale } from './locale';

type Digits = Pick<Intl.NumberFormatOptions, 'minimumFractionDigits' | 'maximumFractionDigits' | 'style'>;
const formatOf = (digits: Digits) =>
  byLocale(({ tags }) => new Intl.NumberFormat([...tags], { numberingSystem: 'latn', ...digits }));

const grouped = formatOf({ maximumFractionDigits: 20 });
const fixed = formatOf({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const rounded = formatOf({ maximumFractionDigits: 1 });
const share = formatOf({ style: 'percent', maximumFractionDigits: 0 });
const fineShare = formatOf({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number with all its digits: "10,432", "1,234,567". What makes the first format takes 30 ms on a slow processor. */
export const exact = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 && !Object.is(value, -0)
    ? String(value)
    : grouped().format(value);

/** A number with exactly one decimal: "1.0", "0.4". */
export const tenths = (value: number): string => fixed().format(value);

/** A number with one decimal where it has one: "24", "54.7". */
export const upToTenths = (value: number): string => rounded().format(value);

/** A share from 0 to 1 in whole percents, rounded down: "99%" until it is all. */
export const percent = (value: number): string => share().format(Math.floor(value * 100 + 1e-9) / 100);

/** A share from 0 to 1 with one decimal: "0.1%", "12.5%". */
export const tenthsOfPercent = (value: number): string => fineShare().format(value);

/** A count: "10,432"; over 999,999 as "1.2 M", over 999,950,000 as "1.0 B". */
export function count(value: number): string {
  if (value < 1_000_000) return exact(value);
  if (value < 999_950_000) return `${tenths(value / 1_000_000)} M`;
  return `${tenths(value / 1_000_000_000)} B`;
}

const list = byLocale(() => new Intl.ListFormat('en-GB'));

/** The word that fits a number: `plural(1, 'is', 'are')` is "is". The sentences are English, whatever the locale of their numbers. */
export const plural = (value: number, one: string, many = `${one}s`): string => (value === 1 ? one : many);

/** "1 message", "1,204 messages". Every noun with a number before it is written by this. */
export const counted = (value: number, one: string, many?: string): string =>
  `${count(value)} ${plural(value, one, many)}`;

/** As `counted`, with all digits: "1,234,567 bytes". */
export const exactly = (value: number, one: string, many?: string): string =>
  `${exact(value)} ${plural(value, one, many)}`;

/** "orders", "orders and billing", "orders, billing and returns". */
export const listed = (items: readonly string[]): string => list().format(items);
