import type { Grant } from './grant';
import type { Incoming } from './incoming';
import { needsOf, type Operation } from './operation';
import { checkSas, type SasContext } from './sas-check';
import { checkSharedKey } from './shared-key-check';
import { StorageFault } from './storage-fault';

/** Where the real service sends those who bring no credentials; there is nobody at this address. */
const CHALLENGE = {
  'www-authenticate':
    'Bearer authorization_uri=https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/authorize resource_id=https://storage.azure.com',
};

/**
 * Finds out what a request may do by its credentials.
 * @throws StorageFault when there are none, or none that hold.
 */
export async function authenticate(incoming: Incoming, context: SasContext): Promise<Grant> {
  const authorization = incoming.headers.get('authorization');
  if (authorization === undefined) {
    if (incoming.query.has('sig')) return checkSas(incoming, context);
    // Older versions do not admit that there is anything to see.
    if (!incoming.headers.has('x-ms-version') || incoming.version < '2019-12-12')
      throw new StorageFault('ResourceNotFound');
    throw new StorageFault('NoAuthenticationInformation', {}, { headers: CHALLENGE });
  }
  if (/^Bearer /i.test(authorization)) throw refusedToken(incoming);
  await checkSharedKey(incoming, authorization, context.account, context.sign, context.now);
  return { kind: 'key' };
}

/** There is no directory here whose tokens could be believed. */
function refusedToken({ version }: Incoming): StorageFault {
  if (version < '2017-11-09') {
    return new StorageFault('AuthenticationFailed', {
      AuthenticationErrorDetail: 'Authentication scheme Bearer is not supported in this version.',
    });
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
 * Compares what was granted with what an operation needs.
 * @throws StorageFault
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
  const [type, letters] = needs.account;
  if (!grant.types.includes(type)) throw new StorageFault('AuthorizationResourceTypeMismatch');
  if (!letters.split('').some((letter) => grant.permissions.includes(letter))) {
    throw new StorageFault('AuthorizationPermissionMismatch');
  }
}
