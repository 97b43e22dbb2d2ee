import { describe, expect, test } from 'vitest';
import { orderByTicks, orderOf } from './evidence';
import { answer } from './facts.fixture';

const seen = (asked: number, answered: number, dequeueCount: number, date?: number) => ({
  ...answer(asked, answered, date),
  dequeueCount,
});

describe('of two answers', () => {
  test('what was asked after the other was answered is newer, whatever counts and dates say', () => {
    expect(orderOf(seen(3, 4, 0, 1), seen(1, 2, 9, 9))).toBe('newer');
    expect(orderOf(seen(1, 2, 9, 9), seen(3, 4, 0, 1))).toBe('older');
  });

  test.each([
    ['the higher dequeue count, against a later date', seen(1, 4, 2, 1), seen(2, 3, 1, 9), 'newer'],
    ['the later date where counts are alike', seen(1, 4, 1, 5), seen(2, 3, 1, 4), 'newer'],
    ['neither within one second', seen(1, 4, 1, 5), seen(2, 3, 1, 5), 'undecided'],
    ['neither where a date is hidden', seen(1, 4, 1, 5), seen(2, 3, 1), 'undecided'],
    ['neither where both dates are hidden', seen(1, 4, 1), seen(2, 3, 1), 'undecided'],
  ] as const)('that overlapped %s is newer', (_, one, other, order) => {
    const opposite = { newer: 'older', undecided: 'undecided' } as const;
    expect(orderOf(one, other)).toBe(order);
    expect(orderOf(other, one)).toBe(opposite[order]);
  });

  test('that overlapped none is newer by the order of requests alone', () => {
    expect(orderByTicks(answer(1, 4), answer(2, 3))).toBe('undecided');
    expect(orderByTicks(answer(2, 3), answer(1, 4))).toBe('undecided');
    // Asked at the very moment in which the other was answered is not after it.
    expect(orderByTicks(answer(3, 5), answer(1, 3))).toBe('undecided');
    expect(orderByTicks(answer(4, 5), answer(1, 3))).toBe('newer');
    expect(orderByTicks(answer(1, 3), answer(4, 5))).toBe('older');
  });
});
