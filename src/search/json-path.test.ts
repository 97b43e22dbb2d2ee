import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareValues } from './compare-values';
import { isExact, parseExactly } from './exact-json';
import { goAlong, type Path, parsePath, pathsIn, printPath, shownAt } from './json-path';

/** What a cell shows at one path. */
const shown = (text: string, path: Path) => shownAt(text, [printPath(path)]).get(printPath(path));

const BODY =
  '{"order":{"id":9007199254740993,"lines":[{"sku":"A-1","qty":1.10},{"sku":"B"}]},"unit price":null,"2fa":{"code":"X7"},"x@y":true,"a":1,"a":2}';

test.each([
  ['order.id', '9007199254740993'],
  ['$.order.lines[0].qty', '1.10'],
  ['order.lines[1]', '{"sku":"B"}'],
  ['["unit price"]', 'null'],
  ['unit price', 'null'],
  ['2fa.code', 'X7'],
  ['x@y', 'true'],
  ['.order.lines[1]sku', 'B'],
  ['order.lines', '[{"sku":"A-1","qty":1.10},{"sku":"B"}]'],
  ['a', '2'],
  ['order.lines[7].sku', undefined],
  ['nothing', undefined],
])('%s is the piece of the text itself, a string without its quotes: %s', (path, source) => {
  expect(shownAt(BODY, [path]).get(path)).toBe(source);
});

test('one walk finds the values of all columns, a bad path among them', () => {
  expect([...shownAt(BODY, ['a', 'order..id', 'order.lines[1].sku', 'none'])]).toEqual([
    ['a', '2'],
    ['order..id', undefined],
    ['order.lines[1].sku', 'B'],
    ['none', undefined],
  ]);
});

test('lists the paths to plain values in the order of the text', () => {
  const paths = pathsIn(BODY, 10).map(printPath);
  expect(paths).toEqual([
    'order.id',
    'order.lines[0].sku',
    'order.lines[0].qty',
    'order.lines[1].sku',
    '["unit price"]',
    '["2fa"].code',
    '["x@y"]',
    'a',
  ]);
  expect(pathsIn(BODY, 2)).toHaveLength(2);
});

test.each([
  ['order..id', /character 6/],
  ['order[', /character 6/],
  ['order[id]', /character 6/],
  ['order"id"', /character 6/],
  ['$..id', /character 2/],
])('%j is no path, and it says where', (text, words) => {
  expect(parsePath(text)).toMatch(words);
});

test.each(['', '$', ' $. '])('%j is the path to the whole value', (text) => {
  expect(parsePath(text)).toEqual([]);
});

test('a path is read back as it was printed', () => {
  expect(parsePath(printPath(['$A', 'a']))).toEqual(['$A', 'a']);
  const part = fc.oneof(fc.nat(), fc.string(), fc.constantFrom('a', '$', 'b-c', 'é'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (path) => {
      expect(parsePath(printPath(path))).toEqual(path);
    }),
  );
});

test('finds in any JSON text what JSON.parse finds', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.array(fc.oneof(fc.nat(3), fc.string()), { minLength: 1, maxLength: 3 }),
      (value, path) => {
        const text = JSON.stringify(value);
        for (const at of [path, ...pathsIn(text, 20)]) {
          const cell = shown(text, at);
          if (cell === undefined) continue;
          // A list knows its places as numbers and as text; a text has pieces by number alone.
          const found = goAlong(JSON.parse(text), at).value;
          expect(typeof found === 'string' ? cell : JSON.parse(cell)).toEqual(found);
        }
        for (const at of pathsIn(text, 20)) expect(shown(text, at)).toBeDefined();
      },
    ),
  );
});

test('numbers that JavaScript would round are kept as their digits, all others as numbers', () => {
  expect(
    parseExactly('{"a":9007199254740993,"b":[1.10,-12345678901234567890,0.30000000000000004],"c":"9007199254740993"}'),
  ).toEqual({
    a: '9007199254740993',
    b: [1.1, '-12345678901234567890', 0.30000000000000004],
    c: '9007199254740993',
  });
  expect(parseExactly('"text"')).toBeUndefined();
  expect(parseExactly('{"a":')).toBeUndefined();
  expect(parseExactly('\ufeff[1]')).toEqual([1]);
});

test('a number is exact when its digits come back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(isExact(String(value))).toBe(true);
    }),
  );
  expect(isExact('9007199254740993')).toBe(false);
  expect(isExact('9007199254740992')).toBe(true);
  expect(isExact('1000000000000000000000')).toBe(true);
});

test('values have one order: numbers by their exact worth, words, truth, null', () => {
  const values = ['b', null, '9007199254740993', 9007199254740992, true, -1, 'a', '12345678901234567890'];
  expect(values.toSorted(compareValues)).toEqual([
    -1,
    9007199254740992,
    '9007199254740993',
    '12345678901234567890',
    'a',
    'b',
    true,
    null,
  ]);
});
