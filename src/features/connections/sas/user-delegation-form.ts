import type { UserDelegationSasFields } from '@/azure/credentials/sas-generate';
import { describeError } from '@/azure/diagnosis/failure-text';
import { USER_DELEGATION_SAS_VERSION } from '@/azure/operations/user-delegation-key';
import { StorageError } from '@/azure/protocol/errors';
import { ACCEPTED_SKEW_MS, LONGEST_USER_DELEGATION_MS } from '@/azure/protocol/limits';
import { type FormProblems, formProblems, LASTING, type SasForm, toFields } from './sas-form';

export const SHORT_LASTING = LASTING.filter(
  ({ value }) => value === 'exact' || Number(value) * 60_000 <= LONGEST_USER_DELEGATION_MS,
);

/** The fields of the signature that the form asks for, `now` in ms; always with a start, as the key has one, too. */
export function delegationFields(form: SasForm, now: number): UserDelegationSasFields {
  return { ...toFields(form, undefined, now), sv: USER_DELEGATION_SAS_VERSION };
}

/** From when to when the key has to hold for such a signature. */
export function keySpan({ st, se = '' }: UserDelegationSasFields, now: number): { startsAt: Date; expiresAt: Date } {
  return { startsAt: new Date(st === undefined ? now - ACCEPTED_SKEW_MS : Date.parse(st)), expiresAt: new Date(se) };
}

/** What keeps the service from accepting such a signature, field by field. */
export function delegationProblems(form: SasForm, now: number): FormProblems {
  const problems = formProblems(form, undefined, now);
  const { expiresAt } = keySpan(delegationFields(form, now), now);
  const isLong = expiresAt.getTime() - now > LONGEST_USER_DELEGATION_MS + 60_000;
  return { ...(isLong && { expiry: 'A user delegation SAS lasts 7 days at most.' }), ...problems };
}

/** Why there is no key to sign with, as a sentence with the way out. */
export function keyFailure(error: unknown): string {
  if (error instanceof StorageError && error.status === 403) {
    return 'Azure gave no key to sign with: that takes the role Storage Queue Delegator, or Storage Queue Data Contributor, on the account. A new role takes up to 30 minutes to apply.';
  }
  if (error instanceof StorageError && error.status === 400) {
    return `This service gives no user delegation keys for queues (${describeError(error).code}). Emulators have none, and in Azure they are new in version ${USER_DELEGATION_SAS_VERSION}.`;
  }
  return describeError(error).reason;
}
