import { expect, test } from 'vitest';
import { isSameMetadata } from './same-metadata';

test('metadata is the same in any order, and not when a pair is more, less or other', () => {
  expect(isSameMetadata({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
  expect(isSameMetadata({ a: '1' }, { a: '2' })).toBe(false);
  expect(isSameMetadata({ a: '1' }, { a: '1', b: '2' })).toBe(false);
  expect(isSameMetadata({ a: '1' }, { b: '1' })).toBe(false);
});
