import type { UserDelegationSasFields } from '@/azure/credentials/sas-generate';
import { describeError } from '@/azure/diagnosis/failure-text';
import { USER_DELEGATION_SAS_VERSION } from '@/azure/operations/user-delegation-key';
import { StorageError } from '@/azure/protocol/errors';
import { ACCEPTED_SKEW_MS, LONGEST_USER_DELEGATION_MS } from '@/azure/protocol/limits';
import { DURATIONS, type FormProblems, formProblems, type SasForm, toFields } from './sas-form';

export const SHORT_DURATIONS = DURATIONS.filter(
  ({ value }) => value === 'exact' || Number(value) * 60_000 <= LONGEST_USER_DELEGATION_MS,
);

/** The signed fields of a form; `now` in epoch ms. */
export function delegationFields(form: SasForm, now: number): UserDelegationSasFields {
  return { ...toFields(form, undefined, now), sv: USER_DELEGATION_SAS_VERSION };
}

/** The period in which the key has to be valid for a signature. */
export function keyPeriod({ st, se = '' }: UserDelegationSasFields, now: number): { startsAt: Date; expiresAt: Date } {
  return { startsAt: new Date(st === undefined ? now - ACCEPTED_SKEW_MS : Date.parse(st)), expiresAt: new Date(se) };
}

/** Why the service would refuse the signature of a form, by field. */
export function delegationProblems(form: SasForm, now: number): FormProblems {
  const problems = formProblems(form, undefined, now);
  const { expiresAt } = keyPeriod(delegationFields(form, now), now);
  const isLong = expiresAt.getTime() - now > LONGEST_USER_DELEGATION_MS + 60_000;
  return { ...(isLong && { expiry: 'A user delegation SAS lasts 7 days at most.' }), ...problems };
}

/** Explains why there is no key to sign with, and what to do. */
export function describeKeyError(error: unknown): string {
  if (error instanceof StorageError && error.status === 403) {
    return 'Azure gave no key to sign with. It needs the role Storage Queue Delegator or Storage Queue Data Contributor on the account. A new role takes up to 30 minutes to apply.';
  }
  if (error instanceof StorageError && error.status === 400) {
    return `This service gives no user delegation keys for queues (${describeError(error).code}). Emulators have none; Azure has them since version ${USER_DELEGATION_SAS_VERSION}.`;
  }
  return describeError(error).reason;
}
