import { describe, expect, test } from 'vitest';
import { accountAndQueue, secretText } from './connection-labels';

const signIn = { clientId: 'an-app', tenant: 'a-tenant', authority: 'https://login.example', username: 'ada@example' };

describe('the words for a secret', () => {
  test.each([
    ['key', 'account key'],
    ['sas', 'shared access signature'],
    ['token', 'access token'],
  ] as const)('%s', (kind, words) => expect(secretText({ kind })).toBe(words));

  test('a sign-in is not said to keep a token', () => {
    expect(secretText({ kind: 'token', signIn: { ...signIn, homeAccountId: 'a-home' } })).toBe('Microsoft sign-in');
  });
});

test('a connection for one queue has that queue in its name', () => {
  expect(accountAndQueue({ account: 'harborlane' })).toBe('harborlane');
  expect(accountAndQueue({ account: 'harborlane', queue: 'orders' })).toBe('harborlane/orders');
});
