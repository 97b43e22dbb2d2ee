import { expect, test } from 'vitest';
import { decodedOrSame } from './decode-uri';

test.each([
  ['a%20b%2Fc', 'a b/c'],
  ['100%', '100%'],
  ['%E4', '%E4'],
  ['%C3%', '%C3%'],
])('%s reads %s, and nothing is thrown', (text, read) => {
  expect(decodedOrSame(text)).toBe(read);
});

test('of a whole address what separates its parts stays escaped', () => {
  expect(decodedOrSame('/a%20b%2Fc?d=%26', decodeURI)).toBe('/a b%2Fc?d=%26');
  expect(decodedOrSame('/a%20b%', decodeURI)).toBe('/a%20b%');
});
