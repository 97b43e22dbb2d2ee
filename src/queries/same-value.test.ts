import { expect, test } from 'vitest';
import { isSameValue } from './same-value';

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [{ a: '1' }, { a: '2' }, false],
  [{ a: '1' }, { a: '1', b: '2' }, false],
  [undefined, {}, false],
  [[], {}, false],
])('%j and %j are the same: %s', (one, other, same) => expect(isSameValue(one, other)).toBe(same));
