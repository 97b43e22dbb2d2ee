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
  ['', 'value', { name: 'Needs a name' }],
  ['1a', 'x', { name: 'Starts with a letter or underscore' }],
  ['a-b', 'x', { name: 'Only letters a to z, digits and underscores' }],
  ['größe', 'x', { name: 'Only letters a to z, digits and underscores' }],
  ['a', '', { value: 'Needs a value' }],
  ['a', 'Zürich', { value: 'Only printable ASCII can travel in a header' }],
  ['a', 'line\nbreak', { value: 'Only printable ASCII can travel in a header' }],
  ['a', ' x', { value: 'Spaces at the ends would be lost' }],
  ['a', 'x  y', { value: 'Spaces in a row would be lost' }],
  ['1', '€', { name: 'Starts with a letter or underscore', value: 'Only printable ASCII can travel in a header' }],
])('refuses %j: %j', (name, value, problem) => {
  expect(problemOf(name, value)).toEqual(problem);
});

test('names that differ in case alone clash, and the later one is told', () => {
  const first = metadataRow('Owner', 'a');
  const second = metadataRow('owner', 'b');

  const problems = metadataProblems([first, second]);
  expect(problems.get(first.id)).toBeUndefined();
  expect(problems.get(second.id)).toEqual({ name: 'Already used above; case makes no difference' });
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
