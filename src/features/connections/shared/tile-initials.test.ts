import { expect, test } from 'vitest';
import { initialsOf, tileLetters } from './tile-initials';

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

test('tiles with the same letters are told apart by a number', () => {
  const connections = ['harborlane', 'harborlane:orders', 'harborlane~2', 'cornerfold'].map((id) => ({
    id,
    account: id.replace(/[:~].*/, ''),
    local: false,
  }));
  expect(connections.map((one) => tileLetters(one, connections))).toEqual(['HA', 'H2', 'H3', 'CO']);
  // One that is not stored yet.
  expect(tileLetters({ id: 'other', account: 'harborlane', local: false }, connections)).toBe('HA');
});
