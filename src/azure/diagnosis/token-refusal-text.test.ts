import { expect, test } from 'vitest';
import { StorageError } from '../protocol/errors';
import { isTokenRefused } from '../wire/token-refused';
import { refusalKind } from './classify-refusal';
import { tokenRefusal } from './refusal-text';

const refused = (status: number, code: string, AuthenticationErrorDetail = '') =>
  new StorageError('no', { status, code, details: { AuthenticationErrorDetail } });

test.each([
  ['Lifetime validation failed. The token is expired.', 'The token has expired'],
  ['Issuer validation failed. Issuer did not match.', 'The token is from another directory'],
  ['Audience validation failed. Audience did not match.', 'The token is for another service'],
  ['', 'Azure refused the token'],
])('%j is said in plain words', (AuthenticationErrorDetail, title) => {
  expect(tokenRefusal({ AuthenticationErrorDetail })[0]).toBe(title);
});

test('the directory that the account wants is named where the challenge can be read', () => {
  const details = { AuthenticationErrorDetail: 'Issuer validation failed.', ChallengeTenant: 'contoso.example' };
  expect(tokenRefusal(details)[1]).toContain('az login --tenant contoso.example');
  expect(tokenRefusal({ ChallengeTenant: 'contoso.example' })[1]).toContain('contoso.example');
});

test('another token helps against 401 and against one that has expired, not against a wrong key or a missing role', () => {
  expect(isTokenRefused(refused(401, 'InvalidAuthenticationInfo'))).toBe(true);
  expect(isTokenRefused(refused(403, 'AuthenticationFailed', 'Lifetime validation failed.'))).toBe(true);
  expect(isTokenRefused(refused(403, 'AuthenticationFailed', 'The MAC signature is not the same.'))).toBe(false);
  expect(isTokenRefused(refused(403, 'AuthorizationPermissionMismatch'))).toBe(false);
});

test('the clock and the key are not blamed for a token', () => {
  const error = refused(403, 'AuthenticationFailed', 'Lifetime validation failed.');
  expect(refusalKind(error, 3_600_000, 'token')).toBe('tokenRefused');
  expect(refusalKind(error, 3_600_000, 'key')).toBe('clockSkew');
});
