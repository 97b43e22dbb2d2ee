import { expect, test } from 'vitest';
import { secondsOf, spokenSpan, spokenTime, timeSpanOf } from './spans';

test('a span is written in the largest unit that needs no fraction', () => {
  expect([1, 30, 90, 300, 3600, 5400, 86_400, 604_800].map(spokenSpan)).toEqual([
    '1 s',
    '30 s',
    '90 s',
    '5 min',
    '1 h',
    '90 min',
    '1 day',
    '7 days',
  ]);
});

test('zero seconds are seconds', () => {
  expect(timeSpanOf(0)).toEqual({ amount: 0, unit: 'seconds' });
});

test('a fraction of a unit is exact seconds', () => {
  expect(secondsOf({ amount: 1.1, unit: 'minutes' })).toBe(66);
  expect(secondsOf({ amount: 0.1, unit: 'days' })).toBe(8640);
});

test('a time that runs out is written in seconds while they matter', () => {
  expect([1, 21, 300, 599, 900, 7199, 7200, 604_800].map(spokenTime)).toEqual([
    '1 second',
    '21 seconds',
    '300 seconds',
    '599 seconds',
    '15 minutes',
    '119 minutes',
    '2 hours',
    '168 hours',
  ]);
});
