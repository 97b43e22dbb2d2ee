import { expect, test } from 'vitest';
import { signedParts } from './string-to-sign';

const receive = [
  'GET',
  ...Array.from({ length: 11 }, () => ''),
  'x-ms-date:Tue, 17 Nov 2026 09:41:22 GMT',
  'x-ms-version:2024-11-04',
  '/harborlaneprod/orders/messages',
  'numofmessages:4',
  'visibilitytimeout:30',
].join('\n');

test('a string to sign has four named parts with numbered lines', () => {
  const parts = signedParts(receive);
  expect(parts.map(({ title, lines }) => [title, lines.at(0)?.number, lines.at(-1)?.number])).toEqual([
    ['Verb', 1, 1],
    ['Standard headers, all empty here', 2, 12],
    ['x-ms headers, lower case, sorted by name', 13, 14],
    ['Resource, then query sorted by name', 15, 17],
  ]);
});

test('each empty line of a string to sign names its standard header', () => {
  const [, standard] = signedParts(receive);
  expect(standard?.lines.map(({ meaning }) => meaning)).toContain('If-None-Match');
  expect(standard?.lines[5]?.meaning).toBe('Date, because x-ms-date is sent');
});

test('only the last line of a string to sign has no newline', () => {
  const lines = signedParts(receive).flatMap((part) => part.lines);
  expect(lines.filter((line) => !line.newline).map((line) => line.text)).toEqual(['visibilitytimeout:30']);
  expect(lines.at(-1)?.meaning).toBe('no newline at the end');
});

test('the standard headers are not called empty when a body has a length and a type', () => {
  const lines = receive.split('\n');
  lines[3] = '97';
  lines[5] = 'application/xml';
  expect(signedParts(lines.join('\n'))[1]?.title).toBe('Standard headers, the others empty');
});

test('a resource without a query is both path and last line', () => {
  const lines = receive.split('\n').slice(0, -2);
  expect(signedParts(lines.join('\n')).at(-1)?.lines.at(-1)?.meaning).toBe('account, path; no newline at the end');
});

test('the lines of a string to sign join to its text', () => {
  const again = signedParts(receive).flatMap((part) =>
    part.lines.map((line) => line.text + (line.newline ? '\n' : '')),
  );
  expect(again.join('')).toBe(receive);
});
