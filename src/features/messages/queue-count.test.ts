import { expect, test } from 'vitest';
import { perMinute } from './queue-count';

const sample = (seconds: number, count: number | undefined) => ({ at: seconds * 1000, count });

test('the trend is the change a minute between the first and the last known count', () => {
  expect(perMinute([sample(0, 100), sample(15, undefined), sample(30, 164)])).toBe(128);
  expect(perMinute([sample(0, 100), sample(60, 40)])).toBe(-60);
});

test('samples under ten seconds apart, or without a number, have no trend', () => {
  expect(perMinute([sample(0, 100), sample(9, 164)])).toBeUndefined();
  expect(perMinute([sample(0, undefined), sample(60, 1)])).toBeUndefined();
  expect(perMinute([])).toBeUndefined();
});
