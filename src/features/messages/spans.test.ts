import { expect, test } from 'vitest';
import { span, unitOf } from './spans';

test('a span is said in the largest unit that needs no fraction', () => {
  expect([1, 30, 90, 300, 3600, 5400, 86_400, 604_800].map(span)).toEqual([
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
  expect(unitOf(0)).toBe('s');
});
