import { describe, expect, test } from 'vitest';
import { count, counted } from './counts';
import { bytes, kib } from './sizes';
import { clockTime, countdown, dateTime, duration } from './times';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [1234, '1.2 KB'],
    [9960, '10 KB'],
    [24_400, '24 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
  ])('%i bytes read %s', (size, words) => expect(bytes(size)).toBe(words));

  test('the wire limit is counted in KiB', () => {
    expect(kib(65_536)).toBe('64 KiB');
    expect(kib(56_013)).toBe('54.7 KiB');
  });
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

  test('a time of day is written in 24 hours with seconds', () => {
    const moment = new Date(2026, 8, 6, 0, 38, 12);
    expect(clockTime(moment)).toBe('00:38:12');
    expect(dateTime(moment)).toBe('6 Sep 2026, 00:38:12');
  });
});
