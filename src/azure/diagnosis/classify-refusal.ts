import type { Credential } from '../protocol/connection';
import type { StorageError } from '../protocol/errors';
import { ACCEPTED_SKEW_MS } from '../protocol/limits';
import { mayBeUnreadableMessage } from './failure-text';
import type { VerdictKind } from './verdict-text';

const KINDS: Record<string, VerdictKind> = {
  AuthenticationFailed: 'wrongKey',
  // Azurite with `--oauth` answers a bad key with this.
  InvalidAuthenticationInfo: 'wrongKey',
  NoAuthenticationInformation: 'wrongKey',
  KeyBasedAuthenticationNotPermitted: 'keyDisabled',
  AuthorizationFailure: 'networkRules',
  AuthorizationPermissionMismatch: 'permission',
  AccountRequiresHttps: 'httpsOnly',
  AuthorizationProtocolMismatch: 'httpsOnly',
  FeatureNotSupportedForAccount: 'noQueues',
  AuthorizationResourceTypeMismatch: 'permission',
  AuthorizationServiceMismatch: 'permission',
  AuthorizationSourceIPMismatch: 'networkRules',
  InsufficientAccountPermissions: 'permission',
  AccountIsDisabled: 'accountDisabled',
  AccountBeingCreated: 'accountBeingCreated',
  ServerBusy: 'busy',
  OperationTimedOut: 'busy',
  ResourceNotFound: 'wrongAccount',
};

/** Classifies a refusal as far as its answer tells. `clockSkew` in ms, as in `Account.clockSkew`. */
export function refusalKind(error: StorageError, clockSkew?: number, credential?: Credential['kind']): VerdictKind {
  const detail = error.details['AuthenticationErrorDetail'] ?? '';
  const { code, status, requestId } = error;
  if (code === undefined && error.isWebPage) return status === 407 || status >= 500 ? 'proxy' : 'notAzure';
  if (mayBeUnreadableMessage(error)) return 'unreadableMessage';
  // A request with a token is not signed here, so neither key nor clock is the cause.
  if (credential === 'token' && (status === 401 || code === 'AuthenticationFailed')) return 'tokenRefused';
  if (code === 'AuthenticationFailed') {
    // A SAS has times of its own, and is not signed by the clock of this device.
    const isOff = credential !== 'sas' && Math.abs(clockSkew ?? 0) > ACCEPTED_SKEW_MS;
    return isOff || /date header|too old/i.test(detail) ? 'clockSkew' : 'wrongKey';
  }
  if (code === 'InvalidHeaderValue' && error.details['HeaderName']?.toLowerCase() === 'x-ms-version')
    return 'versionRefused';
  if (code !== undefined) return KINDS[code] ?? 'unknown';
  // Azurite may refuse without a code, but never without a request id where a rule shows headers; no queue service answers 2xx without XML.
  return status < 400 || (requestId === undefined && [404, 405, 501].includes(status)) ? 'notAzure' : 'unknown';
}
