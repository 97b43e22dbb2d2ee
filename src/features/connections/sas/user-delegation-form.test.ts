import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { SasForm } from './sas-form';
import {
  delegationFields,
  delegationProblems,
  describeKeyError,
  keyPeriod,
  SHORT_DURATIONS,
} from './user-delegation-form';

const NOW = Date.UTC(2026, 0, 2, 3, 0);
const FORM: SasForm = {
  scope: 'queue',
  queue: 'orders',
  policy: '',
  types: '',
  permissions: 'pr',
  start: '',
  duration: '10080',
  expiry: '',
  address: '',
  httpsOnly: true,
};

test('a user delegation SAS lasts 7 days at most, and no longer duration is offered', () => {
  expect(delegationProblems(FORM, NOW)).toEqual({});
  expect(SHORT_DURATIONS.map(({ value }) => value)).toEqual(['60', '480', '1440', '10080', 'exact']);
  const long = { ...FORM, duration: 'exact', expiry: '2026-01-09T23:00' };
  expect(delegationProblems(long, NOW)).toEqual({ expiry: 'A user delegation SAS lasts 7 days at most.' });
});

test('the key is valid as long as the signature, from 15 minutes before', () => {
  const fields = delegationFields({ ...FORM, duration: '60' }, NOW);
  expect(fields).toMatchObject({ sv: '2025-07-05', sp: 'rp', se: '2026-01-02T04:00:00Z', spr: 'https' });
  expect(keyPeriod(fields, NOW)).toEqual({
    startsAt: new Date(NOW - 15 * 60_000),
    expiresAt: new Date(NOW + 3_600_000),
  });
});

describe('the error of a key', () => {
  test.each([
    [403, 'AuthorizationPermissionMismatch', /role Storage Queue Delegator.*30 minutes/],
    [400, 'InvalidQueryParameterValue', /no user delegation keys for queues \(400 InvalidQueryParameterValue\)/],
    [404, 'ResourceNotFound', /gone/],
  ])('a key refused with %i %s is explained', (status, code, text) => {
    expect(describeKeyError(new StorageError('It is gone.', { status, code }))).toMatch(text);
  });
});
