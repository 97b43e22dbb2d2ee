import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finderOf } from './find-words';

const letters = fc.stringMatching(/^[aAbBéÉßſ]{0,80}$/u);

test('long words are found where a regular expression would find them', () => {
  fc.assert(
    fc.property(letters, fc.integer({ min: 65, max: 90 }), fc.string(), (some, length, after) => {
      const words = `${some}aB`.repeat(40).slice(0, length);
      const inside = `${some}x${words.toLowerCase()}${after}`;
      expect(finderOf(words)(inside)).toBe(new RegExp(words, 'i').test(inside));
      const without = words.slice(1).toUpperCase();
      expect(finderOf(words)(without)).toBe(new RegExp(words, 'i').test(without));
    }),
  );
});

test('of words that nearly repeat themselves, the work is that of one look at the text', () => {
  // As a regular expression, this is a hundred thousand million steps.
  const find = finderOf(`${'a'.repeat(100_000)}b`);
  expect(find('a'.repeat(1_000_000))).toBe(false);
  expect(find(`${'A'.repeat(1_000_000)}B`)).toBe(true);
});
