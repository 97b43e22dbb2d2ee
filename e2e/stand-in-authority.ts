import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { accessToken, jwt, TENANT } from './access-tokens';
import { CERTIFICATE } from './token-service';

export const CLIENT_ID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const WHO = 'ada@contoso.example';
const OBJECT_ID = '11111111-2222-3333-4444-555555555555';

/** The sign-in that an authorisation code stands for. */
type Grant = { challenge: string; redirectUri: string; nonce: string; scope: string };

/**
 * What of Microsoft Entra ID signing in needs: discovery, a page to sign in, codes that only the right verifier turns
 * into tokens (PKCE), refresh tokens that work once, and signing out.
 * @param time ms; what its tokens are dated by
 */
export async function startAuthority(time: () => Promise<number>) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();
  const given: string[] = [];
  /** `grant_type` of each token request. */
  const grants: string[] = [];
  let origin = '';

  const server = createServer(
    { cert: readFileSync(CERTIFICATE.cert), key: readFileSync(CERTIFICATE.key) },
    (request, response) => void answer(request, response),
  );

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', origin);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (request.method === 'OPTIONS') return void response.end();
    const path = url.pathname.replace(`/${TENANT}`, '');
    if (path === '/v2.0/.well-known/openid-configuration') return json(response, 200, discovery());
    if (path === '/keys')
      return json(response, 200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }] });
    if (path === '/authorize') return signInPage(url.searchParams, response);
    if (path === '/logout') return signOutPage(url.searchParams, response);
    if (path === '/token') return giveToken(new URLSearchParams(await textOf(request)), response);
    json(response, 404, { error: 'not_found' });
  }

  const discovery = () => ({
    issuer: `${origin}/${TENANT}/v2.0`,
    authorization_endpoint: `${origin}/${TENANT}/authorize`,
    token_endpoint: `${origin}/${TENANT}/token`,
    end_session_endpoint: `${origin}/${TENANT}/logout`,
    jwks_uri: `${origin}/${TENANT}/keys`,
    response_modes_supported: ['fragment'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  });

  function signInPage(asked: URLSearchParams, response: ServerResponse) {
    const of = (name: string) => asked.get(name) ?? '';
    if (of('client_id') !== CLIENT_ID || of('response_type') !== 'code' || of('code_challenge_method') !== 'S256') {
      return json(response, 400, { error: 'invalid_request' });
    }
    const code = crypto.randomUUID();
    const redirectUri = of('redirect_uri');
    codes.set(code, { challenge: of('code_challenge'), redirectUri, nonce: of('nonce'), scope: of('scope') });
    const back = `${redirectUri}#${new URLSearchParams({ code, state: of('state'), client_info: clientInfo })}`;
    const who = of('login_hint') || WHO;
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Sign in</title><a href="${back.replaceAll('&', '&amp;')}">${who}</a>`);
  }

  async function giveToken(asked: URLSearchParams, response: ServerResponse) {
    const of = (name: string) => asked.get(name) ?? '';
    const grant = take(of('grant_type') === 'refresh_token' ? refreshTokens : codes, of('refresh_token') || of('code'));
    const isProven =
      of('grant_type') === 'refresh_token' ||
      (createHash('sha256').update(of('code_verifier')).digest('base64url') === grant?.challenge &&
        of('redirect_uri') === grant.redirectUri);
    if (!grant || !isProven || of('client_id') !== CLIENT_ID) return json(response, 400, { error: 'invalid_grant' });

    const now = await time();
    const refreshToken = `refresh-${crypto.randomUUID()}`;
    refreshTokens.set(refreshToken, grant);
    // Dated by the service's clock, which tests move; the browser's clock dates the id.
    const access = accessToken({ time: now, key: privateKey });
    given.push(access, refreshToken);
    grants.push(of('grant_type'));
    const seconds = Math.floor(Date.now() / 1000);
    json(response, 200, {
      token_type: 'Bearer',
      scope: grant.scope,
      expires_in: 3600,
      access_token: access,
      refresh_token: refreshToken,
      client_info: clientInfo,
      id_token: jwt(
        {
          iss: `${origin}/${TENANT}/v2.0`,
          aud: CLIENT_ID,
          sub: OBJECT_ID,
          oid: OBJECT_ID,
          tid: TENANT,
          iat: seconds,
          nbf: seconds,
          exp: seconds + 3600,
          preferred_username: WHO,
          name: 'Ada',
          nonce: grant.nonce,
          // "Stay signed in", for which MSAL would store tokens unencrypted where it stores any.
          signin_state: ['kmsi'],
        },
        privateKey,
      ),
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    origin,
    grants,
    /** Every issued token, to search for where none may be. */
    given,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const clientInfo = Buffer.from(JSON.stringify({ uid: OBJECT_ID, utid: TENANT })).toString('base64url');

/** Codes and refresh tokens work once. */
function take(from: Map<string, Grant>, name: string): Grant | undefined {
  const found = from.get(name);
  from.delete(name);
  return found;
}

function signOutPage(asked: URLSearchParams, response: ServerResponse) {
  const back = `${asked.get('post_logout_redirect_uri')}#${new URLSearchParams({ state: asked.get('state') ?? '' })}`;
  response.writeHead(302, { location: back }).end();
}

function json(response: ServerResponse, status: number, value: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
