import { keyLength } from '../credentials/shared-key';
import { damageOf } from './mend-secrets';
import { unfilled } from './placeholders';

export type ConnectionField =
  | 'text'
  | 'accountName'
  | 'accountKey'
  | 'endpoint'
  | 'secondaryEndpoint'
  | 'sas'
  | 'token'
  | 'queue';

/** A rule that a pasted text breaks, as a sentence that quotes no secret. */
export type ConnectionProblem = {
  field: ConnectionField;
  /** An `error` prevents a connection; a `warning` does not. */
  severity: 'error' | 'warning';
  message: string;
};

export const inputError = (field: ConnectionField, message: string): ConnectionProblem => ({
  field,
  severity: 'error',
  message,
});
export const inputWarning = (field: ConnectionField, message: string): ConnectionProblem => ({
  field,
  severity: 'warning',
  message,
});

export const KEY_AND_SAS = inputWarning(
  'sas',
  'Both a key and a shared access signature are here. The signature is used, as it allows less.',
);

/** The beginning of what is said of a key of another length. */
export const KEY_LENGTH = 'An account key has 64 bytes.';

/**
 * Why a text is no account key, without quoting it; undefined for a key. At an `endpoint` with the account in its path an
 * emulator answers, whose keys have any length.
 */
export function keyProblem(key: string, endpoint = ''): ConnectionProblem | undefined {
  if (key === '') return inputError('accountKey', 'The account key is empty.');
  const length = keyLength(key);
  const open = length === undefined ? unfilled(key) : undefined;
  if (open) return inputError('accountKey', open === 'masked' ? 'The key is masked here.' : 'This is a placeholder.');
  if (length === undefined) return inputError('accountKey', damageOf(key) ?? 'The account key is not Base64.');
  return length === 64 || /:\/\/[^/]+\/./.test(endpoint)
    ? undefined
    : inputWarning('accountKey', `${KEY_LENGTH} This one has ${length}, so a part may be missing.`);
}
