import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffRow, diffLines, folded } from './diff-lines';

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
