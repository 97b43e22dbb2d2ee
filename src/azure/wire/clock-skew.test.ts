import { expect, test } from 'vitest';
import { createClockSkew } from './clock-skew';

const NOON = Date.UTC(2026, 0, 2, 12);
const dateOf = (time: number) => new Date(time).toUTCString();

test('narrows down with every answer, although dates have whole seconds', () => {
  const { measure, value } = createClockSkew();
  // The service is 90.25 s ahead.
  for (let at = NOON; at < NOON + 60_000; at += 1370) measure(dateOf(at + 90_250), at - 20, at + 20);
  expect(value()).toBeGreaterThan(90_150);
  expect(value()).toBeLessThan(90_350);
});

test.each([
  ['on', 3_600_000],
  ['back', -3_600_000],
])('starts over when a clock was set %s', (_, set) => {
  const { measure, value } = createClockSkew();
  measure(dateOf(NOON), NOON, NOON + 10);
  measure(dateOf(NOON + set), NOON + 1000, NOON + 1010);
  expect(value()).toBeCloseTo(set - 506, -1);
});

test('knows nothing from a missing or unreadable date', () => {
  const { measure, value } = createClockSkew();
  measure(null, NOON, NOON);
  measure('yesterday', NOON, NOON);
  expect(value()).toBeUndefined();
});
