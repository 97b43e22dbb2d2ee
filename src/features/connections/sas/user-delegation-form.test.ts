import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { SasForm } from './sas-form';
import { delegationFields, delegationProblems, keyFailure, keySpan, SHORT_LASTING } from './user-delegation-form';

const NOW = Date.UTC(2026, 0, 2, 3, 0);
const FORM: SasForm = {
  scope: 'queue',
  queue: 'orders',
  policy: '',
  types: '',
  letters: 'pr',
  start: '',
  lasts: '10080',
  expiry: '',
  address: '',
  httpsOnly: true,
};

test('it holds 7 days at most, and longer ones are not offered', () => {
  expect(delegationProblems(FORM, NOW)).toEqual({});
  expect(SHORT_LASTING.map(({ value }) => value)).toEqual(['60', '480', '1440', '10080', 'exact']);
  const long = { ...FORM, lasts: 'exact', expiry: '2026-01-09T23:00' };
  expect(delegationProblems(long, NOW)).toEqual({ expiry: 'A user delegation SAS lasts 7 days at most.' });
});

test('the key holds as long as the signature, and from before where clocks differ', () => {
  const fields = delegationFields({ ...FORM, lasts: '60' }, NOW);
  expect(fields).toMatchObject({ sv: '2025-07-05', sp: 'rp', se: '2026-01-02T04:00:00Z', spr: 'https' });
  expect(keySpan(fields, NOW)).toEqual({
    startsAt: new Date(NOW - 15 * 60_000),
    expiresAt: new Date(NOW + 3_600_000),
  });
});

describe('a key that was not given', () => {
  test.each([
    [403, 'AuthorizationPermissionMismatch', /role Storage Queue Delegator.*30 minutes/],
    [400, 'InvalidQueryParameterValue', /no user delegation keys for queues \(400 InvalidQueryParameterValue\)/],
    [404, 'ResourceNotFound', /gone/],
  ])('%i %s is said in plain words', (status, code, words) => {
    expect(keyFailure(new StorageError('It is gone.', { status, code }))).toMatch(words);
  });
});
