export const TENANT = '66666666-7777-8888-9999-000000000000';

const base64url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** An access token that says this and is signed by nobody; `exp` and `nbf` in seconds since 1970. */
export const tokenSaying = (claims: Record<string, unknown>): string =>
  [JSON.stringify({ typ: 'JWT', alg: 'RS256' }), JSON.stringify(claims), 'signed by nobody'].map(base64url).join('.');
