import { expect, test } from 'vitest';
import { clockText, minutesAndSeconds } from './clock-text';

test.each<[number | undefined, RegExp]>([
  [undefined, /is unknown: no answer has shown its date$/],
  [0, /agree to the second$/],
  [-999, /agree to the second$/],
  [3000, /^Azure’s clock is 3 s ahead of this device$/],
  [-1_024_000, /^Azure’s clock is 17 min 4 s behind this device$/],
])('a difference of %j ms is put into words; a hidden one is unknown, and not none', (skew, words) => {
  expect(clockText(skew)).toMatch(words);
});

test.each([
  [4000, '4 s'],
  [-60_000, '1 min 0 s'],
  [11_100_000, '3 h 5 min'],
])('%j ms are spoken as %j', (milliseconds, words) => expect(minutesAndSeconds(milliseconds)).toBe(words));
