import { describe, expect, test } from 'vitest';
import { leaseLength, renewedBefore } from './lease-length';

describe('a lease', () => {
  test.each([
    [0, 120],
    [40, 120],
    [50, 180],
    [80, 300],
    [100, 300],
    [1000, 1800],
    [100_000, 3600],
  ])('for work of %i s lasts %i s', (seconds, lease) => expect(leaseLength(seconds)).toBe(lease));

  test('lasts a minute at least where that is enough', () => {
    expect([leaseLength(1, 60), leaseLength(30, 60)]).toEqual([60, 90]);
  });

  test.each([10, 40, 50, 80, 100, 500, 2000])(
    'is not renewed when work of %i s takes as long as planned',
    (seconds) => {
      const lease = leaseLength(seconds);
      expect(lease * 1000 - renewedBefore(lease)).toBeGreaterThanOrEqual(seconds * 1000);
    },
  );

  test('is renewed before a background tab could miss its end, and the earlier the more there are', () => {
    expect([renewedBefore(60), renewedBefore(120), renewedBefore(3600)]).toEqual([30_000, 60_000, 75_000]);
    expect(renewedBefore(3600, 100_000)).toBe(200_000);
    expect(renewedBefore(240, 1_000_000)).toBe(120_000);
  });
});
