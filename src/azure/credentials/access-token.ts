import { STORAGE_RESOURCE } from '../protocol/clouds';
import { minuteOf } from '../protocol/utc-minute';

/**
 * What an access token of Microsoft Entra ID says of itself. Read and not verified: its signature is the service's to
 * check. Nothing here opens anything.
 */
export type TokenClaims = {
  /** What it is for (`aud`); empty when it does not say. */
  audience: string;
  /** Directory id (`tid`). */
  tenant?: string;
  /** A person's sign-in name, or the id of an application or object; empty when it does not say. */
  who: string;
  expiresAt?: Date;
  startsAt?: Date;
};

/** The command that gives the right one. */
export const TOKEN_COMMAND = `az account get-access-token --resource ${STORAGE_RESOURCE}`;

const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const NAMED_TOKEN =
  /(?:\btoken["']?\s{0,9}[:=]|access_?token["']?\s{0,9}[:=]|\bbearer\s)\s{0,9}["']?(eyJ[\w-]+\.[\w-]+\.[\w-]+)/i;

/**
 * The access token in a pasted text, or undefined when there is none: alone, behind `Bearer` or `Authorization: Bearer`,
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

/** The claims in the middle part of a token, or undefined when that cannot be read. */
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

/** Seconds since 1970, as RFC 7519 has it; what no date can hold is no date. */
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

/** The resource id of Azure Storage, which some tokens name in place of its address. */
const STORAGE_ID = 'e406a681-f3d4-42a8-90b6-c2b029497af1';
const QUEUE_HOST = /^https:\/\/(?<account>[a-z0-9]+)\.(?:z\d+\.)?queue\.[a-z0-9.-]+\/?$/;

/** The account that a token is for alone; undefined when it is for all that its holder may reach. */
export const accountInAudience = ({ audience }: TokenClaims): string | undefined =>
  QUEUE_HOST.exec(audience)?.groups?.['account'];

/**
 * Why a queue service will not take this token, judged by its audience and by `account`, if that is known; a sentence
 * with the way to the right token.
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

/** How a token stands in time, `now` in ms; undefined while it is valid. Azure allows clocks to differ by 5 minutes. */
export function timeProblem({ expiresAt, startsAt }: TokenClaims, now: number): string | undefined {
  if (expiresAt && expiresAt.getTime() <= now) {
    return `This token expired on ${minuteOf(expiresAt)}. Get a new one: ${TOKEN_COMMAND}`;
  }
  return startsAt && startsAt.getTime() - now > 5 * 60_000
    ? `This token is not valid before ${minuteOf(startsAt)}.`
    : undefined;
}
