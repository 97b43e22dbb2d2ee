import { afterEach, describe, expect, test } from 'vitest';
import { count, counted, exact, exactly, listed, plural, tenths, upToTenths } from './counts';
import { isolated, withoutTurns } from './isolate';
import { setLocale, whenLocaleChanges } from './locale';
import { bytes } from './sizes';
import {
  clockTime,
  countdown,
  dateTime,
  duration,
  minuteTime,
  preciseTime,
  shortMoment,
  twoDigits,
  zoneName,
} from './times';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const read = (tag: string, clock: 'locale' | '24' | '12' = 'locale') => setLocale({ tags: [tag], clock });
/** Without the kinds of space and the marks that locales put between digits. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u2068\u2069]/g, '');

afterEach(() => setLocale({ tags: ['en-GB'], clock: 'locale' }));

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1234, '1.2 KiB'],
    [24_400, '23.8 KiB'],
    [56_013, '54.7 KiB'],
    [65_536, '64 KiB'],
    [1_048_575, '1 MiB'],
    [1_572_864, '1.5 MiB'],
    [5 * 2 ** 30, '5 GiB'],
    [5 * 2 ** 40, '5,120 GiB'],
  ])('%i bytes read %s', (size, words) => expect(bytes(size)).toBe(words));
});

describe('counts', () => {
  test.each([
    [0, '0'],
    [10_432, '10,432'],
    [999_999, '999,999'],
    [1_234_567, '1.2 M'],
    [999_949_999, '999.9 M'],
    [999_950_000, '1.0 B'],
  ])('%i reads %s', (value, words) => expect(count(value)).toBe(words));

  test('one is written in the singular', () => {
    expect(counted(1, 'message')).toBe('1 message');
    expect(counted(0, 'message')).toBe('0 messages');
    expect(counted(2, 'queue has', 'queues have')).toBe('2 queues have');
    expect(exactly(1_234_567, 'byte')).toBe('1,234,567 bytes');
    expect([plural(1, 'is', 'are'), plural(2, 'is', 'are')]).toEqual(['is', 'are']);
  });

  test('names are joined as in a sentence', () => {
    expect([listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['a', 'a and b', 'a, b and c']);
  });
});

describe('times', () => {
  test.each([
    [999, '0 s'],
    [21_000, '21 s'],
    [38 * MINUTE + 59_000, '38 m'],
    [23 * HOUR, '23 h'],
    [2 * HOUR + 14 * MINUTE, '2 h 14 m'],
    [DAY + 3 * HOUR + 59 * MINUTE, '1 d 3 h'],
    [7 * DAY, '7 d'],
    [-21_000, '21 s'],
  ])('%i ms last %s', (span, words) => expect(duration(span)).toBe(words));

  test.each([
    [21_000, '0:21'],
    [20_001, '0:21'],
    [292_000, '4:52'],
    [HOUR + 2 * MINUTE + 9000, '1:02:09'],
    [0, '0:00'],
    [-5000, '0:00'],
  ])('a countdown of %i ms reads %s', (span, words) => expect(countdown(span)).toBe(words));

  const moment = new Date(2026, 10, 6, 0, 38, 12, 84);
  const zone = zoneName(moment);

  test('a time stands in 24 hours where the locale has them', () => {
    expect(clockTime(moment)).toBe('00:38:12');
    expect(minuteTime(moment)).toBe('00:38');
    expect(preciseTime(moment)).toBe(`00:38:12.084 ${zone}`);
    expect(twoDigits(7)).toBe('07');
  });

  test('a moment that stands alone names its zone', () => {
    expect(zone).not.toBe('');
    expect(dateTime(moment)).toBe(`6 Nov 2026, 00:38:12 ${zone}`);
    expect(shortMoment(+moment, +moment)).toBe('6 Nov, 00:38');
    expect(shortMoment(+moment, +new Date(2025, 1, 1))).toBe('6 Nov 2026');
    expect([dateTime(Number.NaN), clockTime(Number.NaN)]).toEqual(['unknown', 'unknown']);
  });

  test('the setting overrules the clock of the locale, both ways', () => {
    read('en-US');
    expect(plain(clockTime(moment))).toBe('12:38:12 AM');
    read('en-US', '24');
    expect(clockTime(moment)).toBe('00:38:12');
    read('en-GB', '12');
    expect(plain(clockTime(moment))).toBe('12:38:12 am');
    expect(plain(dateTime(moment))).toBe(`6 Nov 2026, 12:38:12 am ${zone}`);
    expect(countdown(21_000)).toBe('0:21');
  });
});

describe('locales', () => {
  const moment = new Date(2026, 10, 6, 15, 38, 12);

  test.each([
    ['de-DE', '1.600', '54,7', '6.11.2026, 15:38:12'],
    ['fr-FR', '1 600', '54,7', '6 nov. 2026'],
    ['en-IN', '1,600', '54.7', '6 Nov 2026'],
    ['en-US', '1,600', '54.7', 'Nov 6, 2026, 3:38:12 PM'],
    ['sv-SE', '1 600', '54,7', '6 nov. 2026'],
  ])('%s has its own separators and order', (tag, whole, fraction, date) => {
    read(tag);
    expect(plain(exact(1600))).toBe(whole);
    expect(plain(tenths(54.7))).toBe(fraction);
    expect(plain(upToTenths(24))).toBe('24');
    expect(plain(dateTime(moment)).replace('06.11.', '6.11.')).toContain(date);
  });

  test.each(['ar-EG', 'fa-IR', 'mr-IN', 'th-TH-u-ca-buddhist', 'ja-JP-u-ca-japanese', 'my-MM', 'bn-BD'])(
    '%s keeps the digits and the years of the English text around it',
    (tag) => {
      read(tag);
      expect(plain(count(17))).toBe('17');
      expect(plain(dateTime(moment))).toMatch(/2026/);
      expect(`${exact(1_234_567)}${dateTime(moment)}`).not.toMatch(/(?![0-9])\p{Nd}/u);
    },
  );

  test('words that are written from right to left do not turn the sentence around them', () => {
    read('ar-EG');
    expect(dateTime(moment)).toMatch(/^\u2068.*\u2069$/u);
  });

  test('nouns and their plural stay English', () => {
    read('pl-PL');
    expect([1, 2, 5].map((value) => counted(value, 'message'))).toEqual(['1 message', '2 messages', '5 messages']);
  });

  test('a change is told once, and the same again is none', () => {
    let changes = 0;
    const stop = whenLocaleChanges(() => (changes += 1));
    read('de-DE');
    read('de-DE');
    stop();
    read('fr-FR');
    expect(changes).toBe(1);
  });
});

describe('values from outside', () => {
  test('what is written from left to right stays as it is', () => {
    expect(['orders', 'Größe 12', '注文', '😀'].map(isolated)).toEqual(['orders', 'Größe 12', '注文', '😀']);
  });

  test('what is written from right to left is isolated', () => {
    expect(isolated('abc אבג 123')).toBe('\u2068abc אבג 123\u2069');
    expect(isolated('ريال')).toBe('\u2068ريال\u2069');
    expect(isolated('\u{1e900}')).toBe('\u2068\u{1e900}\u2069');
  });

  test('characters that turn others are named, so that none ends the isolate', () => {
    expect(isolated('safe\u202egpj.exe')).toBe('safeU+202Egpj.exe');
    expect(isolated('א\u2069\u202eb')).toBe('\u2068אU+2069U+202Eb\u2069');
    expect(withoutTurns('\u2066a\u2069')).toBe('U+2066aU+2069');
  });
});
