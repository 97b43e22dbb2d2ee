import { signedText } from './canonical';
import type { Incoming } from './endpoint';
import { needsOf, type Operation } from './operation';
import { checkSas, type Grant, type SasContext } from './sas-check';
import type { Signer } from './signer';
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
  if (/^Bearer /i.test(authorization)) throw refusedToken(incoming, authorization);
  await checkSharedKey(incoming, authorization, context.account, context.sign, context.now);
  return { kind: 'key' };
}

/** Three parts of Base64url with dots between, as every access token of Microsoft Entra ID. */
const JWT = /^Bearer [\w-]+\.[\w-]+\.[\w-]*$/i;

/** Refuses every token, as the sandbox trusts no directory. */
function refusedToken({ version }: Incoming, authorization: string): StorageFault {
  if (version < '2017-11-09') {
    return authenticationFailed('Authentication scheme Bearer is not supported in this version.');
  }
  if (version < '2019-12-12' && !JWT.test(authorization)) return new StorageFault('InvalidAuthenticationInfo');
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
    if (needs.queue === undefined) throw new StorageFault('AuthorizationFailure');
    if (!grant.permissions.includes(needs.queue)) throw new StorageFault('AuthorizationPermissionMismatch');
    return;
  }
  if (!needs.account) throw new StorageFault('AuthorizationPermissionMismatch');
  const [type, permissions] = needs.account;
  if (!grant.types.includes(type)) throw new StorageFault('AuthorizationResourceTypeMismatch');
  if (!permissions.split('').some((permission) => grant.permissions.includes(permission))) {
    throw new StorageFault('AuthorizationPermissionMismatch');
  }
}

/** The date of a request may be off by so much. */
const TOLERANCE_MS = 15 * 60_000;

/**
 * Checks a signature made with the account's key.
 * @throws StorageFault when date, account or signature are wrong; its detail has the expected string-to-sign.
 */
async function checkSharedKey(
  incoming: Incoming,
  authorization: string,
  account: string,
  sign: Signer,
  now: number,
): Promise<void> {
  const [, name, signature] = /^SharedKey ([^:\s]+):(\S+)$/.exec(authorization) ?? [];
  if (name === undefined || signature === undefined) throw new StorageFault('InvalidAuthenticationInfo');
  checkDate(incoming, now);
  const text = signedText(incoming, account);
  if (name === account && (await sign(text)) === signature) return;
  throw authenticationFailed(
    `The MAC signature found in the HTTP request '${signature}' is not the same as any computed signature. Server used following string to sign: '${text}'.`,
  );
}

function checkDate({ headers }: Incoming, now: number): void {
  const text = headers.get('x-ms-date') ?? headers.get('date');
  const date = Date.parse(text ?? '');
  if (text === undefined || Number.isNaN(date))
    throw authenticationFailed('The Date header in the request is incorrect.');
  // Dates have whole seconds, so the last second is within the window.
  if (now - date >= TOLERANCE_MS + 1000) throw authenticationFailed(`Request date header too old: '${text}'`);
  if (date - now > TOLERANCE_MS) throw authenticationFailed(`Request date header too new: '${text}'`);
}
