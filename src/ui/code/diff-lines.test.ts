import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipped, type DiffRow, diffLines, folded } from './diff-lines';

const textOf = (rows: readonly DiffRow[], side: 'left' | 'right') =>
  rows.flatMap((row) => row[side]?.pieces.map(({ text }) => text).join('') ?? []).join('\n');
const line = fc.stringMatching(/^[ab]{0,3}$/);
const text = fc.array(line).map((lines) => lines.join('\n'));

test('each side of a difference is the whole of its text, numbered line by line', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { rows, added, removed } = diffLines(before, after);
      expect(textOf(rows, 'left')).toBe(before);
      expect(textOf(rows, 'right')).toBe(after);
      const numbers = rows.flatMap(({ left }) => left?.number ?? []);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(added - removed).toBe(after.split('\n').length - before.split('\n').length);
      expect(added + removed === 0).toBe(before === after);
    }),
  );
});

test('of a changed line, the words that differ are marked', () => {
  const { rows } = diffLines('{\n  "total": 10,\n}', '{\n  "total": 12,\n}');
  const changed = rows[1];
  expect(changed?.left?.pieces.filter(({ isChanged }) => isChanged)).toEqual([{ text: '10', isChanged: true }]);
  expect(changed?.right?.pieces.filter(({ isChanged }) => isChanged)).toEqual([{ text: '12', isChanged: true }]);
});

test('long runs of the same are folded, but for three lines beside a change, until they are opened', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const { rows } = diffLines(lines.join('\n'), lines.with(20, 'changed').join('\n'));
  const shown = folded(rows, new Set());
  expect(shown.map((one) => (one.kind === 'folded' ? `${one.from}–${one.to}` : one.index))).toEqual([
    '0–17',
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    '24–40',
  ]);
  expect(folded(rows, new Set([0, 24]))).toHaveLength(40);
});

test('of two long lines, what is between their common start and end is marked', () => {
  const [start, end] = ['a '.repeat(2000), ' b'.repeat(2000)];
  const { rows } = diffLines(`${start}old${end}`, `${start}new one${end}`);
  expect(rows[0]?.left?.pieces).toEqual([
    { text: start, isChanged: false },
    { text: 'old', isChanged: true },
    { text: end, isChanged: false },
  ]);
  expect(rows[0]?.right?.pieces[1]).toEqual({ text: 'new one', isChanged: true });
});

/** Lines that make a difference slow: of few kinds, of many words, long, many, or none. */
const hostileLine = fc.oneof(
  fc.constantFrom('', 'a', 'b', '<a>', '[', ']'),
  fc.nat(900).map((count) => 'a '.repeat(count)),
  fc.nat(900).map((count) => 'b '.repeat(count)),
  fc.constantFrom('x'.repeat(70_000), `${'x'.repeat(70_000)}y`),
);
const hostileText = fc
  .array(fc.tuple(hostileLine, fc.nat(300)), { maxLength: 12 })
  .map((all) => all.flatMap(([one, count]) => Array.from({ length: one.length > 1000 ? 1 : count }, () => one)))
  .map((lines) => lines.join('\n'));

test('of any two texts, the pieces that are made and the characters that are drawn are bounded', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (before, after) => {
      const { rows } = diffLines(before, after);
      expect(textOf(rows, 'left')).toBe(before);
      expect(textOf(rows, 'right')).toBe(after);
      const pieces = rows.reduce(
        (sum, { left, right }) => sum + (left?.pieces.length ?? 0) + (right?.pieces.length ?? 0),
        0,
      );
      // A line and its like have 2,000 characters at most, and so many pieces.
      expect(pieces).toBeLessThanOrEqual(2 * rows.length + 4000 + 4000);
      const drawn = clipped(folded(rows, new Set()).slice(0, 300)).flatMap((one) =>
        one.kind === 'row' ? one.row : [],
      );
      const characters = textOf(drawn, 'left').length + textOf(drawn, 'right').length;
      expect(characters).toBeLessThanOrEqual(300_000 + 8000 * 130 + 600 * 130);
    }),
    { numRuns: 20 },
  );
}, 30_000);

test('the middle of a long piece is left out, and says how much', () => {
  const { rows } = diffLines('x'.repeat(5000), 'y');
  const [shown] = clipped(folded(rows, new Set()));
  const drawn = shown?.kind === 'row' ? shown.row.left?.pieces[0]?.text : undefined;
  expect(drawn).toBe(`${'x'.repeat(1000)} … 3,000 characters … ${'x'.repeat(1000)}`);
});
