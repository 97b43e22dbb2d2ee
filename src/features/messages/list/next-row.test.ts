import { expect, test } from 'vitest';
import type { MessageRow } from '@/messages/message-rows';
import { nextAfter } from './next-row';

const rows = ['a', 'b', 'c', 'd'].map((id, ahead) => ({ id, ahead }) as MessageRow);
const next = (id: string, ...leaving: string[]) => nextAfter(rows, id, new Set(leaving));

test('the next that stays takes the place of what leaves, else the nearest before it', () => {
  expect(next('b', 'b')).toBe('c');
  expect(next('b', 'b', 'c')).toBe('d');
  expect(next('d', 'd')).toBe('c');
  expect(next('c', 'b', 'c', 'd')).toBe('a');
  expect(next('a', 'a', 'b', 'c', 'd')).toBeUndefined();
});
