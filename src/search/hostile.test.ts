import { expect, test } from 'vitest';
import { compareValues } from './compare-values';
import { isExact, parseExactly } from './exact-json';
import { jsonPieces, pathsIn, shownAt } from './json-path';

const DEEP = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;

test('what walks a body ends at 500 levels, and takes no time that grows with the square of the depth', () => {
  expect(parseExactly(DEEP)).toBeUndefined();
  expect(shownAt(DEEP, ['a.a']).get('a.a')).toBeUndefined();
  expect(pathsIn(DEEP, 40)).toEqual([]);
  const wide = `[${`${'['.repeat(400)}1${']'.repeat(400)},`.repeat(1000)}1]`;
  // One and the same path for all pieces: a copy for each would be 400 million parts.
  const seen = new Set([...jsonPieces(wide)].map(({ path }) => path));
  expect(seen.size).toBe(1);
});

test('of a body without end, the first values are looked at', () => {
  const text = `[${'1,'.repeat(200_000)}{"a":2}]`;
  expect([...shownAt(text, ['[3]', '[200000].a']).values()]).toEqual(['1', undefined]);
  expect(pathsIn(`{"${'k'.repeat(10_000)}":1,"b":2}`, 40)).toEqual([['b']]);
});

test('whole numbers of any length compare by their value', () => {
  const long = `1${'0'.repeat(400)}`;
  const sorted = ['-9'.padEnd(500, '9'), -3, 7, '9007199254740993', long, `${long}1`];
  expect(sorted.toReversed().toSorted(compareValues)).toEqual(sorted);
  expect(compareValues(long, long)).toBe(0);
  expect(isExact(`1${'0'.repeat(1_000_000)}1`)).toBe(false);
});
