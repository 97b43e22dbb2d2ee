import { STORAGE_RESOURCE } from '../protocol/clouds';
import { minuteOf } from '../protocol/utc-minute';

/**
 * Claims of an access token of Microsoft Entra ID. Not verified: only the service checks the signature. Nothing here is
 * secret.
 */
export type TokenClaims = {
  /** Resource that it is for (`aud`); empty when absent. */
  audience: string;
  /** Directory id (`tid`). */
  tenant?: string;
  /** A person's sign-in name, or the id of an application or object; empty when absent. */
  who: string;
  expiresAt?: Date;
  startsAt?: Date;
};

/** Command that prints an access token for queues. */
export const TOKEN_COMMAND = `az account get-access-token --resource ${STORAGE_RESOURCE}`;

const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const NAMED_TOKEN =
  /(?:\btoken["']?\s{0,9}[:=]|access_?token["']?\s{0,9}[:=]|\bbearer\s)\s{0,9}["']?(eyJ[\w-]+\.[\w-]+\.[\w-]+)/i;

/**
 * Finds the access token in a pasted text; undefined without one: alone, behind `Bearer` or `Authorization: Bearer`,
 * cut into lines by a terminal, in the JSON that `az` and PowerShell print, or in a command.
 */
export function tokenIn(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/\s+/g, '');
  return JWT.test(bare) ? bare : NAMED_TOKEN.exec(text)?.[1];
}

/** Reads the claims in the middle part of a token; undefined when they cannot be decoded. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const claims = jsonIn(token.split('.')[1] ?? '');
  if (!claims) return undefined;
  const text = (...names: string[]) => names.map((name) => claims[name]).find(isText);
  const tenant = text('tid');
  const startsAt = dateOf(claims['nbf']);
  const expiresAt = dateOf(claims['exp']);
  return {
    audience: text('aud') ?? '',
    who:
      text('upn', 'preferred_username', 'unique_name', 'email', 'name', 'app_displayname', 'appid', 'azp', 'oid') ?? '',
    ...(tenant !== undefined && { tenant }),
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Epoch seconds (RFC 7519) as a date; undefined when out of its range. */
function dateOf(seconds: unknown): Date | undefined {
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function jsonIn(base64url: string): Record<string, unknown> | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Application id of Azure Storage, which some tokens have as audience in place of its address. */
const STORAGE_ID = 'e406a681-f3d4-42a8-90b6-c2b029497af1';
const QUEUE_HOST = /^https:\/\/(?<account>[a-z0-9]+)\.(?:z\d+\.)?queue\.[a-z0-9.-]+\/?$/;

/** The one account that a token is for; undefined for a token for all accounts. */
export const accountInAudience = ({ audience }: TokenClaims): string | undefined =>
  QUEUE_HOST.exec(audience)?.groups?.['account'];

/**
 * Why a queue service will not accept this token, judged by its audience and, if known, by `account`: a sentence that says
 * how to get the right token.
 */
export function audienceProblem(claims: TokenClaims, account = ''): string | undefined {
  const { audience } = claims;
  const only = accountInAudience(claims);
  if (only !== undefined) {
    return account !== '' && account !== only
      ? `This token is for the account ${only} alone, not for ${account}.`
      : undefined;
  }
  if (audience.replace(/\/$/, '') === STORAGE_RESOURCE || audience === STORAGE_ID) return undefined;
  const isFor = audience === '' ? 'This token does not say what it is for' : `This token is for ${shortened(audience)}`;
  return `${isFor}, and queues need one for ${shortened(STORAGE_RESOURCE)}: ${TOKEN_COMMAND}`;
}

const shortened = (audience: string) => audience.replace(/^https:\/\//, '').replace(/\/$/, '');

/** Why a token is not valid at `now` (epoch ms); undefined while it is. Azure allows clocks to differ by 5 minutes. */
export function timeProblem({ expiresAt, startsAt }: TokenClaims, now: number): string | undefined {
  if (expiresAt && expiresAt.getTime() <= now) {
    return `This token expired on ${minuteOf(expiresAt)}. Get a new one: ${TOKEN_COMMAND}`;
  }
  return startsAt && startsAt.getTime() - now > 5 * 60_000
    ? `This token is not valid before ${minuteOf(startsAt)}.`
    : undefined;
}
