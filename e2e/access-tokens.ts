import { type KeyObject, sign } from 'node:crypto';

/** `time`: epoch ms of its creation. */
export type TokenTerms = { time: number; lives?: number; audience?: string; who?: string; key?: KeyObject };

export const TENANT = '66666666-7777-8888-9999-000000000000';

/**
 * An access token as Microsoft Entra ID makes them, though signed by nobody unless a key is given: Azurite reads what a
 * token says and does not check its signature. `lives` in seconds.
 */
export function accessToken({
  time,
  lives = 3600,
  audience = 'https://storage.azure.com',
  who = 'ada@contoso.example',
  key,
}: TokenTerms): string {
  const now = Math.floor(time / 1000);
  return jwt(
    {
      aud: audience,
      iss: `https://sts.windows.net/${TENANT}/`,
      iat: now - 60,
      nbf: now - 60,
      exp: now + lives,
      oid: '11111111-2222-3333-4444-555555555555',
      tid: TENANT,
      upn: who,
    },
    key,
  );
}

/** A token with these claims, signed with RS256. */
export function jwt(claims: Record<string, unknown>, key?: KeyObject): string {
  const text = [{ typ: 'JWT', alg: 'RS256', kid: 'test' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = key ? sign('sha256', Buffer.from(text), key) : Buffer.from('signed by nobody, for tests alone');
  return `${text}.${signature.toString('base64url')}`;
}
