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

/** An access token in a pasted text; undefined when there is none. `now` in ms, to see whether it has expired. */
export function parseTokenInput(text: string, now: number): ConnectionInput | undefined {
  const token = tokenIn(text);
  if (token === undefined) return undefined;
  const claims = readTokenClaims(token);
  if (claims) return at(token, claims, placeInAudience(claims), '', now);
  const message = 'This looks like an access token, but what it says cannot be read: a part of it may be missing.';
  return { kind: 'unknown', problems: [inputError('token', message)] };
}

/** The token together with where it is to be used: an account name or an endpoint, as a person typed it. */
export function tokenAt(recognised: RecognisedToken, place: string, account = '', now = Date.now()): RecognisedToken {
  const { token, claims } = recognised;
  const typed = place.trim();
  if (typed === '') return recognised;
  const endpoint = /[:/.]/.test(typed) ? readEndpoint(typed) : endpointOf(typed);
  if (endpoint) return at(token, claims, endpoint, account, now);
  const message = 'An endpoint is an address that starts with https://.';
  return { ...at(token, claims, undefined, account, now), problems: [inputError('endpoint', message)] };
}

/** A token for one account alone names its queue service. */
const placeInAudience = (claims: TokenClaims): Endpoint | undefined =>
  accountInAudience(claims) === undefined ? undefined : readEndpoint(claims.audience);

function at(
  token: string,
  claims: TokenClaims,
  endpoint: Endpoint | undefined,
  given: string,
  now: number,
): RecognisedToken {
  const account = endpoint?.account ?? given;
  const problems: ConnectionProblem[] = [];
  const late = timeProblem(claims, now);
  if (late !== undefined) problems.push(inputError('token', late));
  // A warning: the service has the last word on what it accepts.
  const audience = audienceProblem(claims, account);
  if (audience !== undefined) problems.push(inputWarning('token', audience));
  if (endpoint?.endpoint.startsWith('http:')) {
    problems.push(inputError('endpoint', 'A token is sent over https only, and this endpoint is http.'));
  }
  const { endpoint: address = '', ...rest } = endpoint ?? {};
  return { kind: 'token', token, claims, ...parsedBase({ ...rest, endpoint: address }, account, problems) };
}
