import { expect, test } from 'vitest';
import { isSlowToDraw } from './slow-text';

test.each([
  ['letters with marks', 'a\u0301\u0302'.repeat(1000)],
  ['characters without a width', '\u200b\u202e'.repeat(1000)],
  ['changes of the direction', 'a\u05d0 '.repeat(1000)],
  ['control characters', 'a\u0080'.repeat(2000)],
])('%s are slow when there are many', (_, text) => {
  expect(isSlowToDraw(text)).toBe(true);
  expect(isSlowToDraw(text.slice(0, 1000))).toBe(false);
});

test.each([
  ['JSON', '{"order":41907,"total":184.4}'.repeat(2000)],
  ['Hebrew', '\u05e9\u05dc\u05d5\u05dd '.repeat(10_000)],
  ['JSON with Arabic values', '{"name":"\u0645\u0631\u062d\u0628\u0627"},'.repeat(700)],
  ['Chinese', '\u8ba2\u5355'.repeat(20_000)],
  ['emoji', '\u{1f4e6}'.repeat(10_000)],
])('%s is not slow', (_, text) => {
  expect(isSlowToDraw(text)).toBe(false);
});
