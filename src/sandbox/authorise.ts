import type { Incoming } from './incoming';
import { needsOf, type Operation } from './operation';
import { checkSas, type Grant, type SasContext } from './sas-check';
import { checkSharedKey } from './shared-key-check';
import { authenticationFailed, StorageFault } from './storage-fault';

/** The challenge of the real service; this directory does not exist. */
const CHALLENGE = {
  'www-authenticate':
    'Bearer authorization_uri=https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/authorize resource_id=https://storage.azure.com',
};

/**
 * Returns what the credentials of a request allow.
 * @throws StorageFault without valid credentials.
 */
export async function authenticate(incoming: Incoming, context: SasContext): Promise<Grant> {
  const authorization = incoming.headers.get('authorization');
  if (authorization === undefined) {
    if (incoming.query.has('sig')) return checkSas(incoming, context);
    // Older versions answer as if there were no resource.
    if (!incoming.headers.has('x-ms-version') || incoming.version < '2019-12-12')
      throw new StorageFault('ResourceNotFound');
    throw new StorageFault('NoAuthenticationInformation', {}, { headers: CHALLENGE });
  }
  if (/^Bearer /i.test(authorization)) throw refusedToken(incoming);
  await checkSharedKey(incoming, authorization, context.account, context.sign, context.now);
  return { kind: 'key' };
}

/** Refuses every token, as the sandbox trusts no directory. */
function refusedToken({ version }: Incoming): StorageFault {
  if (version < '2017-11-09') {
    return authenticationFailed('Authentication scheme Bearer is not supported in this version.');
  }
  return new StorageFault(
    'InvalidAuthenticationInfo',
    { AuthenticationErrorDetail: 'Issuer validation failed. Issuer did not match.' },
    {
      status: 401,
      message:
        'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
      headers: CHALLENGE,
    },
  );
}

/**
 * Compares the granted permissions with those that an operation needs.
 * @throws StorageFault when one is missing.
 */
export function authorise(grant: Grant, operation: Operation): void {
  if (grant.kind === 'key') return;
  const needs = needsOf(operation);
  if (grant.kind === 'queue-sas') {
    if (needs.queue === undefined || !grant.permissions.includes(needs.queue)) {
      throw new StorageFault('AuthorizationPermissionMismatch');
    }
    return;
  }
  if (!needs.account) throw new StorageFault('AuthorizationPermissionMismatch');
  const [type, permissions] = needs.account;
  if (!grant.types.includes(type)) throw new StorageFault('AuthorizationResourceTypeMismatch');
  if (!permissions.split('').some((permission) => grant.permissions.includes(permission))) {
    throw new StorageFault('AuthorizationPermissionMismatch');
  }
}
