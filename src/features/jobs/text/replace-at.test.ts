import { expect, test } from 'vitest';
import { type Path, parsePath } from '@/search/json-path';
import { replaceAt } from './replace-at';

const TEXT = '{ "id": 9007199254740993, "lines": [ {"sku":"a"}, {"sku": "b", "n": 1.0 } ], "a": {"id": 1}, "z": [] }';

test.each([
  ['id', '7', TEXT.replace('9007199254740993', '7')],
  ['lines[1].sku', '"c"', TEXT.replace('"b"', '"c"')],
  ['lines[1]', 'null', TEXT.replace('{"sku": "b", "n": 1.0 }', 'null')],
  ['a.id', '"x"', TEXT.replace('{"id": 1}', '{"id": "x"}')],
  ['z', '{}', TEXT.replace('[]', '{}')],
  ['', '0', '0'],
])('the value at %j becomes %s, and no other character changes', (path, value, after) => {
  expect(replaceAt(TEXT, parsePath(path) as Path, value)).toEqual({ text: after });
});

test.each([
  ['lines[2]', TEXT, 'There is nothing at this path.'],
  ['sku', TEXT, 'There is nothing at this path.'],
  ['lines.sku', TEXT, 'There is nothing at this path.'],
  ['a', 'plain', 'It is not JSON'],
  ['a', '{"a":1,}', 'It is not JSON'],
])('nothing can be replaced at %j, for a reason', (path, text, reason) => {
  expect(replaceAt(text, parsePath(path) as Path, '1')).toMatchObject({
    refused: expect.stringContaining(reason) as string,
  });
});

test('of a key that occurs twice the last one is replaced', () => {
  expect(replaceAt('{"a":1,"a":2}', ['a'], '3')).toEqual({ text: '{"a":1,"a":3}' });
});
