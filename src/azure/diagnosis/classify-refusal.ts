import type { Credential } from '../protocol/connection';
import type { StorageError } from '../protocol/errors';
import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import type { VerdictKind } from './verdict';

const KINDS: Record<string, VerdictKind> = {
  AuthenticationFailed: 'wrongKey',
  // Azurite with tokens switched on answers a bad key so.
  InvalidAuthenticationInfo: 'wrongKey',
  NoAuthenticationInformation: 'wrongKey',
  KeyBasedAuthenticationNotPermitted: 'keyDisabled',
  AuthorizationFailure: 'permission',
  AuthorizationPermissionMismatch: 'permission',
  AuthorizationProtocolMismatch: 'permission',
  AuthorizationResourceTypeMismatch: 'permission',
  AuthorizationServiceMismatch: 'permission',
  AuthorizationSourceIPMismatch: 'permission',
  InsufficientAccountPermissions: 'permission',
  AccountIsDisabled: 'permission',
  ResourceNotFound: 'wrongAccount',
};

/** Why the service refused, as far as its answer tells. `clockSkew` in ms, as `Account.clockSkew` gives it. */
export function refusalKind(error: StorageError, clockSkew?: number, credential?: Credential['kind']): VerdictKind {
  const detail = error.details['AuthenticationErrorDetail'] ?? '';
  const { code, status, requestId } = error;
  // A token holds no signature of ours, so neither a key nor the clock is to blame.
  if (credential === 'token' && (status === 401 || code === 'AuthenticationFailed')) return 'tokenRefused';
  if (code === 'AuthenticationFailed') {
    const late = /date header|too old/i.test(detail) || Math.abs(clockSkew ?? 0) > ACCEPTED_SKEW_MS;
    return late ? 'clockSkew' : 'wrongKey';
  }
  if (code === 'InvalidHeaderValue' && error.details['HeaderName']?.toLowerCase() === 'x-ms-version')
    return 'versionRefused';
  if (code !== undefined) return KINDS[code] ?? 'unknown';
  // Azurite can refuse without a code, but never without its id where a rule shows headers; a 2xx without XML is nobody's.
  return status < 400 || (requestId === undefined && [404, 405, 501].includes(status)) ? 'notAzure' : 'unknown';
}
