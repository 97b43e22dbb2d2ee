import type { Grant } from './grant';
import type { Incoming } from './incoming';
import { needsOf, type Operation } from './operation';
import { Refused } from './refused';
import { checkSas, type SasGround } from './sas-check';
import { checkSharedKey } from './shared-key-check';

/** Where the real service sends those who bring no credentials; there is nobody at this address. */
const CHALLENGE = {
  'www-authenticate':
    'Bearer authorization_uri=https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/authorize resource_id=https://storage.azure.com',
};

/**
 * Finds out what a request may do by its credentials.
 * @throws Refused when there are none, or none that hold.
 */
export async function authenticate(incoming: Incoming, ground: SasGround): Promise<Grant> {
  const authorization = incoming.headers.get('authorization');
  if (authorization === undefined) {
    if (incoming.query.has('sig')) return checkSas(incoming, ground);
    // Older versions do not admit that there is anything to see.
    if (!incoming.headers.has('x-ms-version') || incoming.version < '2019-12-12') throw new Refused('ResourceNotFound');
    throw new Refused('NoAuthenticationInformation', {}, { headers: CHALLENGE });
  }
  if (/^Bearer /i.test(authorization)) throw refusedToken(incoming);
  await checkSharedKey(incoming, authorization, ground.account, ground.sign, ground.now);
  return { kind: 'key' };
}

/** There is no directory here whose tokens could be believed. */
function refusedToken({ version }: Incoming): Refused {
  if (version < '2017-11-09') {
    return new Refused('AuthenticationFailed', {
      AuthenticationErrorDetail: 'Authentication scheme Bearer is not supported in this version.',
    });
  }
  return new Refused(
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
 * @throws Refused
 */
export function authorise(grant: Grant, operation: Operation): void {
  if (grant.kind === 'key') return;
  const needs = needsOf(operation);
  if (grant.kind === 'queue-sas') {
    if (needs.queue === undefined || !grant.permissions.includes(needs.queue)) {
      throw new Refused('AuthorizationPermissionMismatch');
    }
    return;
  }
  if (!needs.account) throw new Refused('AuthorizationPermissionMismatch');
  const [type, letters] = needs.account;
  if (!grant.types.includes(type)) throw new Refused('AuthorizationResourceTypeMismatch');
  if (!letters.split('').some((letter) => grant.permissions.includes(letter))) {
    throw new Refused('AuthorizationPermissionMismatch');
  }
}
