import { keyBytes } from '../credentials/shared-key';

export type ConnectionField =
  | 'text'
  | 'accountName'
  | 'accountKey'
  | 'endpoint'
  | 'secondaryEndpoint'
  | 'sas'
  | 'token'
  | 'queue';

/** A rule that a pasted text breaks, as a sentence that never quotes a secret. */
export type ConnectionProblem = {
  field: ConnectionField;
  /** An `error` keeps it from being used; a `warning` is worth a look. */
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

/** What is wrong with an account key; the key itself is never quoted. */
export function keyProblem(key: string): ConnectionProblem | undefined {
  if (key === '') return inputError('accountKey', 'The account key is empty.');
  const bytes = keyBytes(key);
  if (!bytes) return inputError('accountKey', 'The account key is not Base64.');
  return bytes.length === 64
    ? undefined
    : inputWarning(
        'accountKey',
        `An account key has 64 bytes. This one has ${bytes.length}, so a part may be missing.`,
      );
}
