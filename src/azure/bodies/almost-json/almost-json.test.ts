import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_DEPTH, WHOLE } from '../budget';
import { guessFormat } from '../preview';
import { almostJson } from './almost-json';

const read = (text: string) => almostJson(text, WHOLE);
const withoutBlanks = (text: string) => text.replace(/[\s\ufeff]/gu, '');

describe('a text that is almost JSON is laid out and told from JSON', () => {
  test.each([
    [
      'numbers that are none in JSON',
      '{"order": 41907, "total": NaN, "limit": Infinity}',
      'Not JSON: NaN at line 1, column 27; Infinity at line 1, column 41.',
      '{\n  "order": 41907,\n  "total": NaN,\n  "limit": Infinity\n}',
    ],
    ['a sign before it', '[-Infinity, 1]', 'Not JSON: -Infinity at line 1, column 2.', '[\n  -Infinity,\n  1\n]'],
    [
      'a comma at the end',
      '{"a":1,"b":[1,2,],}',
      'Not JSON: a comma before ] at line 1, column 16; a comma before } at line 1, column 18.',
      '{\n  "a": 1,\n  "b": [1, 2,],\n}',
    ],
    [
      'a comma too many',
      '[1,,2]',
      'Not JSON: a comma without a value before it at line 1, column 4.',
      '[\n  1,,\n  2\n]',
    ],
    ['a comma too few', '{"a":1 "b":2}', 'Not JSON: a missing comma at line 1, column 8.', '{\n  "a": 1\n  "b": 2\n}'],
    [
      'comments',
      '{"a":1, // one\n"b":2 /* two */}',
      'Not JSON: a comment at line 1, column 9 (2 times).',
      '{\n  "a": 1, // one\n  "b": 2 /* two */\n}',
    ],
    [
      'a comment at the head',
      '# orders\n{"a":1}',
      'Not JSON: a comment at line 1, column 1.',
      '# orders\n{\n  "a": 1\n}',
    ],
    [
      'single quotes',
      "{'a':'it'}",
      'Not JSON: a key in single quotes at line 1, column 2; a string in single quotes at line 1, column 6.',
      "{\n  'a': 'it'\n}",
    ],
    [
      'keys without quotes',
      '{order:1,$id:2}',
      'Not JSON: a key without quotes at line 1, column 2 (2 times).',
      '{\n  order: 1,\n  $id: 2\n}',
    ],
    ['keys that are numbers', '{1:"a"}', 'Not JSON: a key without quotes at line 1, column 2.', '{\n  1: "a"\n}'],
    [
      'lines of JSON',
      '{"a":1}\n{"a":2}\n{"a":3}',
      'Not JSON: a second value (of 3) at line 2, column 1.',
      '{\n  "a": 1\n}\n{\n  "a": 2\n}\n{\n  "a": 3\n}',
    ],
    [
      'values without anything between',
      '{"a":1}{"a":2}',
      'Not JSON: a second value at line 1, column 8.',
      '{\n  "a": 1\n}\n{\n  "a": 2\n}',
    ],
    [
      'a raw line break',
      '{"a":"one\ntwo"}',
      'Not JSON: a raw line break in a string at line 1, column 10.',
      '{\n  "a": "one\ntwo"\n}',
    ],
    [
      'a raw control character',
      '{"a":"x\u0001y"}',
      'Not JSON: a raw U+0001 in a string at line 1, column 8.',
      '{\n  "a": "x\u0001y"\n}',
    ],
    [
      'an escape of another language',
      String.raw`{"a":"\x41"}`,
      String.raw`Not JSON: the escape \x at line 1, column 7.`,
      '{\n  "a": "\\x41"\n}',
    ],
    [
      'what Python prints',
      "{'ok': True, 'at': None, 'pair': (1, 2)}",
      'Not JSON: a key in single quotes at line 1, column 2 (3 times); True at line 1, column 8; None at line 1, column 20; and 1 more of other kinds.',
      "{\n  'ok': True,\n  'at': None,\n  'pair': (1, 2)\n}",
    ],
    [
      'values of Python',
      "{'at': datetime.date(2026, 11, 30), 'raw': b'x'}",
      'Not JSON: a key in single quotes at line 1, column 2 (2 times); datetime.date( ) at line 1, column 8; the b before a string at line 1, column 44.',
      "{\n  'at': datetime.date(2026, 11, 30),\n  'raw': b'x'\n}",
    ],
    [
      'what Ruby prints',
      '{"a"=>nil}',
      'Not JSON: a => instead of a : at line 1, column 5; nil at line 1, column 7.',
      '{\n  "a"=> nil\n}',
    ],
    [
      'numbers of other languages',
      '{"a":007,"b":.5,"c":0x1F,"d":12L}',
      'Not JSON: the number 007 at line 1, column 6; the number .5 at line 1, column 14; the number 0x1F at line 1, column 21; and 1 more of other kinds.',
      '{\n  "a": 007,\n  "b": .5,\n  "c": 0x1F,\n  "d": 12L\n}',
    ],
    [
      'undefined of JavaScript',
      '{"a":undefined}',
      'Not JSON: undefined at line 1, column 6.',
      '{\n  "a": undefined\n}',
    ],
    ['a no-break space', '{"a":\u00a01}', 'Not JSON: U+00A0 between the values at line 1, column 6.', '{\n  "a": 1\n}'],
    [
      'cut off in an object',
      '{"a":1,"lines":[{"sku":"A"',
      'Not JSON: it is cut off at line 1, column 27, with a { that is never closed.',
      '{\n  "a": 1,\n  "lines": [\n    {\n      "sku": "A"',
    ],
    [
      'cut off in a string',
      '{"a":1,"note":"Leave at',
      'Not JSON: it is cut off at line 1, column 24, inside a string.',
      '{\n  "a": 1,\n  "note": "Leave at',
    ],
    [
      'cut off in a word',
      '{"a":1,"b":tru',
      'Not JSON: it is cut off at line 1, column 15, with a { that is never closed.',
      '{\n  "a": 1,\n  "b": tru',
    ],
    ['a byte order mark and more', '\ufeff{"a":NaN}', 'Not JSON: NaN at line 1, column 7.', '\ufeff{\n  "a": NaN\n}'],
    ['words after it', '{"a":1} and more', 'Not JSON: the word and at line 1, column 9.', '{\n  "a": 1\n}\nand more'],
    [
      'a mistake in the middle',
      '{"a":1,"b":?,"c":3}',
      'Not JSON: the ? at line 1, column 12.',
      '{\n  "a": 1,\n  "b":\n?,"c":3}',
    ],
  ])('%s', (_name, text, problem, laidOut) => {
    const almost = read(text);
    expect(almost?.problem).toBe(problem);
    expect(almost?.laidOut).toBe(laidOut);
  });
});

test('digits, quotes and escapes are kept as they are, and what is wrong is marked', () => {
  const text = '{"id":9007199254740993,"x":1.50,"s":"\\u00e9\\/","n":NaN}';
  const almost = read(text);
  expect(withoutBlanks(almost?.laidOut ?? '')).toBe(withoutBlanks(text));
  expect(almost?.faults.map(({ start, end }) => almost.laidOut.slice(start, end))).toEqual(['NaN']);
});

test.each([
  '{"a":1}',
  '[]',
  '\ufeff[1]',
  '',
  'words',
  '[INFO] order 41907 shipped',
  '[2026-11-30 10:00:00] ERROR: it failed',
  '[ ] write tests',
  '{name} has {count} items',
  '{0} of {1}',
  '{{mustache}}',
  '[1] first [2] second',
  '{ font: bold italic; }',
  'function () { return 1 }',
  '[link](https://example.org)',
  '{}}{',
  '{:',
  '<a>{"b":NaN}</a>',
])('%j is no such text', (text) => {
  expect(read(text)).toBeUndefined();
});

test('the badge of its row is not that of JSON, however far in it goes wrong', () => {
  for (const size of [10, 100, 400]) {
    const lines = Array.from({ length: size }, (_, at) => `{"sku":"LMP-${at}"}`).join();
    const text = `{"lines":[${lines}],"total":NaN}`;
    const guess = guessFormat(text);
    // A longer one is looked at off the page.
    expect(guess.format === 'TEXT' || guess.isPacked).toBe(true);
    expect(guessFormat(text.replace('NaN', '1')).format).toBe('JSON');
  }
});

test('work is bounded: by levels, by tokens, and linear in the text', () => {
  expect(read(`${'['.repeat(MAX_DEPTH + 2)}NaN`)).toBeUndefined();
  expect(almostJson(`[${'NaN,'.repeat(2000)}NaN]`, { tokens: 1000 })).toBeUndefined();
  expect(read(`${'[1,'.repeat(MAX_DEPTH - 1)}NaN`)?.laidOut.length).toBeLessThan(MAX_DEPTH * 150);
  for (const text of [
    `{"a":${'9'.repeat(1_000_000)}`,
    `[${'"'.repeat(1_000_000)}`,
    `[NaN,${'/*'.repeat(500_000)}`,
    `{"a":"${'\\'.repeat(1_000_000)}`,
    `[NaN,${' '.repeat(1_000_000)}`,
    `{${'a'.repeat(1_000_000)}:1}`,
  ])
    expect((read(text)?.laidOut.length ?? 0) <= 2 * text.length).toBe(true);
});

test('whatever the text is, the layout has the same characters, and it is never JSON', () => {
  const piece = fc.constantFrom(
    ...`{ } [ ] ( ) , : "a" 'b' " ' NaN None key 1 - .5 // /* */ # => date( \\ true é \ufeff \u00a0`.split(' '),
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = `${parts[0] === '[' ? '' : '{"a":1,'}${parts.join('')}`;
      const almost = read(text);
      if (!almost) return;
      expect(() => JSON.parse(text) as unknown).toThrow();
      expect(withoutBlanks(almost.laidOut)).toBe(withoutBlanks(text));
      for (const { start, end } of almost.faults) expect(almost.laidOut.slice(start, end).trim()).not.toBe('');
      expect(almost.problem).toMatch(/^Not JSON: .* at line \d+, column \d+.*\.$/s);
    }),
    { numRuns: 2000 },
  );
});
