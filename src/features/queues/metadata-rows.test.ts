import { expect, test } from 'vitest';
import { metadataProblems, metadataRow, metadataSize, toMetadata, toRows } from './metadata-rows';

const problemOf = (name: string, value: string) => {
  const row = metadataRow(name, value);
  return metadataProblems([row]).get(row.id);
};

test.each([
  ['Owner', 'Team Orders'],
  ['_x1', '!"#$%&()*+,-./:;<=>?@[]^_`{|}~'],
  ['a_b', '1'],
])('takes %s: %s', (name, value) => {
  expect(problemOf(name, value)).toBeUndefined();
});

test.each([
  ['', 'value', { name: 'A metadata name has at least one character.' }],
  ['1a', 'x', { name: 'A metadata name starts with a letter or an underscore.' }],
  ['a-b', 'x', { name: 'A metadata name has only the letters a to z, digits and underscores.' }],
  ['a', 'Zürich', { value: 'A metadata value has only printable ASCII characters.' }],
  ['a', ' x', { value: 'A metadata value does not start or end with a space.' }],
  ['a', 'x  y', { value: 'A metadata value has no two spaces in a row.' }],
  [
    '1',
    '€',
    {
      name: 'A metadata name starts with a letter or an underscore.',
      value: 'A metadata value has only printable ASCII characters.',
    },
  ],
])('tells %j: %j which rule it breaks', (name, value, problem) => {
  expect(problemOf(name, value)).toEqual(problem);
});

test('names that differ in case alone clash, and the later one is told', () => {
  const first = metadataRow('Owner', 'a');
  const second = metadataRow('owner', 'b');

  const problems = metadataProblems([first, second]);
  expect(problems.get(first.id)).toBeUndefined();
  expect(problems.get(second.id)).toEqual({ name: 'This name is used above; case makes no difference.' });
});

test('a row left empty is no problem and is not saved', () => {
  const rows = [metadataRow('Owner', 'a'), metadataRow()];

  expect(metadataProblems(rows).size).toBe(0);
  expect(toMetadata(rows)).toEqual({ Owner: 'a' });
});

test('rows and metadata turn into each other, case kept', () => {
  const metadata = { Owner: 'a', region: 'EU West' };

  expect(toMetadata(toRows(metadata))).toEqual(metadata);
});

test('counts the bytes of names and values', () => {
  expect(metadataSize([metadataRow('Owner', 'team'), metadataRow('x', 'y')])).toBe(11);
});
