import {
  accountInAudience,
  audienceProblem,
  readTokenClaims,
  type TokenClaims,
  timeProblem,
  tokenIn,
} from '../credentials/access-token';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { type ConnectionProblem, inputError, inputWarning } from './input-problem';
import { type ConnectionInput, parsedBase } from './parsed-connection';

type RecognisedToken = Extract<ConnectionInput, { kind: 'token' }>;

/** A token that is a word of a text, such as the line below an address. */
const WORD = /(?<![^\s"'`])eyJ[\w-]{8,4000}\.[\w-]{8,8000}\.[\w-]{3,4000}(?![^\s"'`])/;

/** Finds an access token in a pasted text; undefined without one. `now` in epoch ms, to see whether it has expired. */
export function parseTokenInput(text: string, now: number): ConnectionInput | undefined {
  const token = tokenIn(text) ?? WORD.exec(text)?.[0];
  if (token === undefined) return undefined;
  const claims = readTokenClaims(token);
  if (claims) return withEndpoint(token, claims, endpointInAudience(claims), '', now);
  const message = 'This looks like an access token, but what it says cannot be read: a part of it may be missing.';
  return { kind: 'unknown', problems: [inputError('token', message)] };
}

/** Combines the token with the account name or endpoint that a person typed. */
export function tokenAt(recognised: RecognisedToken, address: string, account = '', now = Date.now()): RecognisedToken {
  const { token, claims } = recognised;
  const typed = address.trim();
  if (typed === '') return recognised;
  const endpoint = /[:/.]/.test(typed) ? readEndpoint(typed) : endpointOf(typed);
  if (endpoint) return withEndpoint(token, claims, endpoint, account, now);
  const message = 'An endpoint is an address that starts with https://.';
  return { ...withEndpoint(token, claims, undefined, account, now), problems: [inputError('endpoint', message)] };
}

/** The endpoint in the audience of a token for one account; undefined for a token for all accounts. */
const endpointInAudience = (claims: TokenClaims): Endpoint | undefined =>
  accountInAudience(claims) === undefined ? undefined : readEndpoint(claims.audience);

function withEndpoint(
  token: string,
  claims: TokenClaims,
  endpoint: Endpoint | undefined,
  typedAccount: string,
  now: number,
): RecognisedToken {
  const account = endpoint?.account ?? typedAccount;
  const problems: ConnectionProblem[] = [];
  const time = timeProblem(claims, now);
  if (time !== undefined) problems.push(inputError('token', time));
  // A warning, since only the service knows which audiences it accepts.
  const audience = audienceProblem(claims, account);
  if (audience !== undefined) problems.push(inputWarning('token', audience));
  if (endpoint?.endpoint.startsWith('http:')) {
    problems.push(inputError('endpoint', 'A token is sent over https only, and this endpoint is http.'));
  }
  const { endpoint: address = '', ...rest } = endpoint ?? {};
  return { kind: 'token', token, claims, ...parsedBase({ ...rest, endpoint: address }, account, problems) };
}
