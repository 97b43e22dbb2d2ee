import { expect, test } from 'vitest';
import { keepCountsOf, latestCounts, latestSample, recordCount, trendOf } from './queue-counts';

test('keeps the latest count of each queue', () => {
  recordCount('latest', 'orders', { at: 1, count: 5 });
  recordCount('latest', 'orders', { at: 2, count: 7 });
  recordCount('latest', 'refunds', { at: 3, count: 0 });

  expect(latestCounts('latest')).toEqual(
    new Map([
      ['orders', 7],
      ['refunds', 0],
    ]),
  );
  expect(latestSample('latest', 'orders')).toEqual({ at: 2, count: 7 });
});

test('a count hidden by the service is unknown, not 0', () => {
  recordCount('hidden', 'orders', { at: 1, count: undefined });

  expect(latestCounts('hidden').has('orders')).toBe(false);
  expect(latestSample('hidden', 'orders')).toEqual({ at: 1, count: undefined });
});

test('a copy of the latest counts stays as it was', () => {
  recordCount('copy', 'orders', { at: 1, count: 5 });
  const before = latestCounts('copy');
  recordCount('copy', 'orders', { at: 2, count: 9 });

  expect(before.get('orders')).toBe(5);
});

test('drops deleted queues, and only those of that account', () => {
  recordCount('here', 'orders', { at: 1, count: 5 });
  recordCount('here', 'gone', { at: 1, count: 2 });
  recordCount('there', 'gone', { at: 1, count: 3 });

  keepCountsOf('here', new Set(['orders']));

  expect([...latestCounts('here').keys()]).toEqual(['orders']);
  expect(latestCounts('there').get('gone')).toBe(3);
});

const samples = (...counts: (number | undefined)[]) => counts.map((count, at) => ({ at, count }));

test('a line is drawn of three counts at least, and never a flat one', () => {
  expect(trendOf(samples(5, 7))).toBeUndefined();
  expect(trendOf(samples(5, undefined, 7))).toBeUndefined();
  expect(trendOf(samples(5, 5, 5))).toBeUndefined();
  expect(trendOf(samples(5, 5, 7))).toEqual([5, 5, 7]);
});
