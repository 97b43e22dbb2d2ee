import { expect, test } from 'vitest';
import { renderHook } from 'vitest-browser-react';
import { keepCountsOf, recordCount, useCountSamples, useCountTotals } from './queue-counts';

test('a sparkline gets the last 30 samples, oldest first', async () => {
  const { result } = await renderHook(() => useCountSamples('ring', 'orders'));
  expect(result.current).toEqual([]);

  for (let at = 1; at <= 35; at++) recordCount('ring', 'orders', { at, count: at * 10 });

  await expect.poll(() => result.current).toHaveLength(30);
  expect(result.current[0]).toEqual({ at: 6, count: 60 });
  expect(result.current.at(-1)).toEqual({ at: 35, count: 350 });
});

test('totals follow each new count, hidden counts and queues that go', async () => {
  const { result } = await renderHook(() => useCountTotals('totals'));

  recordCount('totals', 'orders', { at: 1, count: 10 });
  recordCount('totals', 'orders', { at: 2, count: 4 });
  recordCount('totals', 'refunds', { at: 2, count: 3 });
  recordCount('totals', 'secret', { at: 2, count: undefined });
  await expect.poll(() => result.current).toEqual({ counted: 2, messages: 7 });

  recordCount('totals', 'refunds', { at: 3, count: undefined });
  await expect.poll(() => result.current).toEqual({ counted: 1, messages: 4 });

  keepCountsOf('totals', new Set());
  await expect.poll(() => result.current).toEqual({ counted: 0, messages: 0 });
});
