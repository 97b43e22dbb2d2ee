import { expect, test } from 'vitest';
import { initialsOf } from './tile-initials';

test.each([
  ['harborlane', 'HA'],
  ['harborlaneprod', 'HP'],
  ['harborlaneproduction2', 'HP'],
  ['harborlaneprodeu', 'HP'],
  ['harborlanestaging', 'HS'],
  ['harborlanedev01', 'HD'],
  ['prod', 'PR'],
  ['products', 'PR'],
  ['ab2', 'AB'],
])('the tile of %s reads %s', (account, letters) => expect(initialsOf({ account, local: false })).toBe(letters));

test('only the tile of the emulator on this machine reads Az', () => {
  expect(initialsOf({ account: 'devstoreaccount1', local: true })).toBe('Az');
  expect(initialsOf({ account: 'devstoreaccount1', local: false })).toBe('DE');
});
