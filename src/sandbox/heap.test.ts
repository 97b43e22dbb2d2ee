import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Heap } from './heap';

type Item = { value: number; index: number };

const item = (value: number): Item => ({ value, index: -1 });
const byValue = (a: Item, b: Item) => a.value - b.value;
const create = () => new Heap<'index', Item>('index', (a, b) => a.value < b.value);

describe('a heap', () => {
  test('agrees with a sorted list about any history', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), value: fc.nat(50) }),
      fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }),
      fc.record({ kind: fc.constant('move' as const), pick: fc.nat(), value: fc.nat(50) }),
      fc.record({ kind: fc.constant('refill' as const), values: fc.array(fc.nat(50), { maxLength: 20 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const heap = create();
        let model: Item[] = [];
        for (const change of steps) {
          let removed: Item[] = [];
          const chosen = 'pick' in change ? model[change.pick % Math.max(1, model.length)] : undefined;
          if (change.kind === 'add') {
            const added = item(change.value);
            heap.add(added);
            model.push(added);
          } else if (change.kind === 'refill') {
            removed = model;
            model = change.values.map(item);
            heap.refill(model);
          } else if (chosen && change.kind === 'remove') {
            heap.remove(chosen);
            removed = [chosen];
            model = model.filter((one) => one !== chosen);
          } else if (chosen && change.kind === 'move') {
            chosen.value = change.value;
            heap.moved(chosen);
          }
          expect(removed.every(({ index }) => index === -1)).toBe(true);
          expect(heap.size).toBe(model.length);
          expect(heap.first()?.value).toBe(model.toSorted(byValue)[0]?.value);
        }
        const sorted = model.map(({ value }) => value).toSorted((a, b) => a - b);
        expect(heap.peek(100, () => true).map(({ value }) => value)).toEqual(sorted);
        expect(heap.peek(3, ({ value }) => value < 20).map(({ value }) => value)).toEqual(
          sorted.filter((value) => value < 20).slice(0, 3),
        );
        expect(new Set(model.map(({ index }) => index)).size).toBe(model.length);
      }),
    );
  });

  test('lets go only of what is in it', () => {
    const heap = create();
    const one = item(1);
    heap.remove(one);
    heap.add(one);
    heap.remove(one);
    heap.remove(one);
    expect([heap.size, heap.first(), heap.peek(1, () => true)]).toEqual([0, undefined, []]);
  });

  test('compares a number of times that grows as the logarithm of its size', () => {
    let compared = 0;
    const heap = new Heap<'index', Item>('index', (a, b) => {
      compared++;
      return a.value < b.value;
    });
    const size = 2 ** 16;
    heap.refill(Array.from({ length: size }, (_, n) => item((n * 40_503) % size)));
    expect(compared).toBeLessThan(3 * size);
    const cost = (act: () => void) => {
      compared = 0;
      act();
      return compared;
    };
    const first = heap.first();
    if (!first) throw new Error('Empty');
    first.value = size;
    expect(cost(() => heap.moved(first))).toBeLessThan(2 * 17);
    expect(cost(() => heap.remove(first))).toBeLessThan(2 * 17);
    expect(cost(() => heap.add(first))).toBeLessThan(17);
    expect(cost(() => heap.peek(32, () => true))).toBeLessThan(32 * 32 * 2);
  });
});
