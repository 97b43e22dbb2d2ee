import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCount, copyCounts, countOf, noCounts } from './counts';

test('a copy goes its own way, and both count what they were told', () => {
  const orders = fc.array(fc.constantFrom(0, 1, 255, 256, 257, 1001, 19_000_000), { maxLength: 40 });
  fc.assert(
    fc.property(orders, orders, orders, (before, here, there) => {
      const counts = noCounts();
      for (const order of before) addCount(counts, order);
      const copy = copyCounts(counts);
      for (const order of here) addCount(counts, order);
      for (const order of there) addCount(copy, order);
      for (const [one, told] of [
        [counts, [...before, ...here]],
        [copy, [...before, ...there]],
      ] as const) {
        const times = (order: number) => told.filter((other) => other === order).length;
        for (const order of told) expect(countOf(one, order)).toBe(times(order));
        const all = [...new Set(told)];
        expect(one).toMatchObject({
          all: told.length,
          once: all.length,
          twice: all.filter((order) => times(order) > 1).length,
        });
      }
    }),
  );
});
