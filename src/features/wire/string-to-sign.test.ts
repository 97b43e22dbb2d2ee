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

test('names the four parts of a string to sign and numbers its lines', () => {
  const parts = signedParts(receive);
  expect(parts.map(({ title, lines }) => [title, lines.at(0)?.number, lines.at(-1)?.number])).toEqual([
    ['Verb', 1, 1],
    ['Standard headers, all empty here', 2, 12],
    ['x-ms headers, lower case, sorted by name', 13, 14],
    ['Resource, then query sorted by name', 15, 17],
  ]);
});

test('says which standard header each empty line stands for', () => {
  const [, standard] = signedParts(receive);
  expect(standard?.lines.map(({ meaning }) => meaning)).toContain('If-None-Match');
  expect(standard?.lines[5]?.meaning).toBe('Date, because x-ms-date is sent');
});

test('only the last line has no newline after it', () => {
  const lines = signedParts(receive).flatMap((part) => part.lines);
  expect(lines.filter((line) => !line.newline).map((line) => line.text)).toEqual(['visibilitytimeout:30']);
  expect(lines.at(-1)?.meaning).toBe('no newline at the end');
});

test('does not call the standard headers empty when a body has a length and a type', () => {
  const lines = receive.split('\n');
  lines[3] = '97';
  lines[5] = 'application/xml';
  expect(signedParts(lines.join('\n'))[1]?.title).toBe('Standard headers, the others empty');
});

test('a resource without a query is path and end at once', () => {
  const lines = receive.split('\n').slice(0, -2);
  expect(signedParts(lines.join('\n')).at(-1)?.lines.at(-1)?.meaning).toBe('account, path; no newline at the end');
});

test('together the lines are the text again', () => {
  const again = signedParts(receive).flatMap((part) =>
    part.lines.map((line) => line.text + (line.newline ? '\n' : '')),
  );
  expect(again.join('')).toBe(receive);
});
