import { expect, test } from 'vitest';
import { matchesPattern } from './matches-pattern';

test.each([
  ['orders-poison', '', true],
  ['orders-poison', 'poi ord', true],
  ['orders-poison', 'orders-*', true],
  ['orders', 'orders-*', false],
  ['orders-poison', '*-poison', true],
  ['orders-poison-old', '*-poison', false],
  ['a-b-c-d', 'a*c*d', true],
  ['a-b-c-d', 'a*d*c', false],
  ['ab', 'ab*b', false],
  ['abb', 'ab*b', true],
  ['orders', '*', true],
  ['orders', 'ORDERS', true],
])('%s matches %j: %s', (name, pattern, matches) => {
  expect(matchesPattern(name, pattern)).toBe(matches);
});
