import { expect, test } from 'vitest';
import { refreshedText } from './refreshed-text';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

test.each([
  [['a', 'b'], ['a', 'b'], 0, 'Nothing new'],
  [['a', 'b'], ['a', 'b', 'c'], 0, '1 new message'],
  [['a', 'b', 'c'], ['c', 'd', 'e', 'f'], 0, '3 new messages, 2 gone'],
  [['a', 'b'], ['a'], 0, '1 gone'],
  [['a'], ['a'], 12, '12 new messages'],
  [[], ['a'], 0, '1 new message'],
])('from %j to %j, with %i that wait: %s', (before, now, waiting, words) => {
  expect(refreshedText(new Set(before), rows(...now), waiting)).toBe(words);
});
