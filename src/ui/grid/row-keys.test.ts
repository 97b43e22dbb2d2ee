import { expect, test } from 'vitest';
import { rowForKey } from './row-keys';

const scope = { at: 5, last: 99, page: 10, letterKeys: true };

test.each([
  ['ArrowDown', {}, 6],
  ['ArrowUp', {}, 4],
  ['j', {}, 6],
  ['k', {}, 4],
  ['Home', {}, 0],
  ['End', {}, 99],
  ['PageDown', {}, 14],
  ['PageUp', {}, 0],
  ['PageUp', { at: 50 }, 41],
  ['PageDown', { at: 95 }, 99],
  ['PageDown', { page: 1 }, 6],
  ['ArrowDown', { at: 99 }, 99],
  ['ArrowUp', { at: 0 }, 0],
  ['ArrowDown', { at: -1 }, 0],
  ['ArrowUp', { at: -1 }, 0],
  ['j', { letterKeys: false }, undefined],
  ['Enter', {}, undefined],
])('%s from %j leads to %s', (pressed, change, to) => {
  expect(rowForKey(pressed, { ...scope, ...change })).toBe(to);
});
