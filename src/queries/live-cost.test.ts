import { expect, test } from 'vitest';
import { liveCostText, pacedInterval } from './live-cost';

test('counts of many queues are asked for ten times a second at most, and what that costs is said', () => {
  expect([0, 1, 10, 49].map((queues) => pacedInterval(1000, queues))).toEqual([1000, 1000, 1000, 4900]);
  expect(pacedInterval(60_000, 49)).toBe(60_000);
  expect(pacedInterval(false, 49)).toBe(false);
  expect(liveCostText(1000, 49)).toBe('49 requests every 4.9 s');
  expect(liveCostText(5000, 1)).toBe('1 request every 5 s');
  expect([liveCostText(false, 49), liveCostText(1000, 0)]).toEqual([undefined, undefined]);
  for (let queues = 1; queues < 2000; queues++)
    expect((queues * 1000) / (pacedInterval(1000, queues) || 1)).toBeLessThanOrEqual(10);
});
