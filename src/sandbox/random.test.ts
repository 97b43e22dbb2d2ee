import { describe, expect, test } from 'vitest';
import { createRandom } from './random';

const take = <Item>(count: number, make: () => Item) => Array.from({ length: count }, make);

describe('seeded randomness', () => {
  test('is the same for the same seed and another for the next', () => {
    const [a, b, c] = [createRandom(1), createRandom(1), createRandom(2)];
    const numbers = take(10, () => a.next());
    expect(take(10, () => b.next())).toEqual(numbers);
    expect(take(10, () => c.next())).not.toEqual(numbers);
  });

  test('goes on from where it was', () => {
    const one = createRandom(1);
    one.guid();
    const other = createRandom(9);
    other.restore(one.state());
    expect(take(5, () => other.guid())).toEqual(take(5, () => one.guid()));
  });

  test('gives shares all over from 0 to 1', () => {
    const random = createRandom(3);
    const shares = take(10_000, () => random.share());
    expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
    const mean = shares.reduce((sum, share) => sum + share) / shares.length;
    expect(mean).toBeGreaterThan(0.48);
    expect(mean).toBeLessThan(0.52);
  });

  test('gives version 4 GUIDs, none twice', () => {
    const random = createRandom(4);
    const guids = take(5000, () => random.guid());
    expect(new Set(guids).size).toBe(5000);
    expect(guids.find((guid) => !/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(guid))).toBe(
      undefined,
    );
  });
});
