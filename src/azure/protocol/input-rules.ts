import { InvalidInputError } from './errors';
import type { AccessPolicy, Draft } from './model';

/**
 * The service's documented rules, checked before anything is sent. Each `…Problem` gives the rule that an input breaks
 * as a sentence, or undefined, so that a form can show it while a person types; `check` throws it.
 */

/** Seconds in 7 days: the longest invisibility, and the time to live when none is given. */
const SEVEN_DAYS = 604_800;
const LONGEST_TIME_TO_LIVE = 2_147_483_647;
const MOST_MESSAGES = 32;
const METADATA_BYTES = 8_192;
const MOST_POLICIES = 5;

type Problem = string | undefined;

/** @throws InvalidInputError when there is a problem. */
export function check(field: string, problem: Problem): void {
  if (problem !== undefined) throw new InvalidInputError(field, problem);
}

/** learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
export const accountNameProblem = (name: string): Problem =>
  /^[a-z0-9]{3,24}$/.test(name) ? undefined : 'An account name has 3 to 24 lower-case letters and digits.';

/** learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata */
export function queueNameProblem(name: string): Problem {
  if (name.length < 3 || name.length > 63) return 'A queue name has 3 to 63 characters.';
  if (!/^[a-z0-9-]*$/.test(name)) return 'A queue name has only lower-case letters, digits and hyphens.';
  if (name.startsWith('-') || name.endsWith('-')) return 'A queue name starts and ends with a letter or digit.';
  if (name.includes('--')) return 'A queue name has no two hyphens in a row.';
  return undefined;
}

/** Names travel as HTTP header names and must be C# identifiers. */
export function metadataNameProblem(name: string): Problem {
  if (name === '') return 'A metadata name has at least one character.';
  if (!/^[A-Za-z0-9_]*$/.test(name)) return 'A metadata name has only the letters a to z, digits and underscores.';
  return /^\d/.test(name) ? 'A metadata name starts with a letter or an underscore.' : undefined;
}

/** Values travel as HTTP header values, which are trimmed, folded and read as Latin-1 on the way. */
export function metadataValueProblem(value: string): Problem {
  if (!/^[ -~]*$/.test(value)) return 'A metadata value has only printable ASCII characters.';
  if (value !== value.trim()) return 'A metadata value does not start or end with a space.';
  return value.includes('  ') ? 'A metadata value has no two spaces in a row.' : undefined;
}

/** Rules for the whole set: each name and value, no name twice (case does not count), 8 KiB together. */
export function metadataProblem(metadata: Record<string, string>): Problem {
  const names = new Set<string>();
  let bytes = 0;
  for (const [name, value] of Object.entries(metadata)) {
    const problem = metadataNameProblem(name) ?? metadataValueProblem(value);
    if (problem !== undefined) return `${problem} "${name}" breaks that rule.`;
    if (names.has(name.toLowerCase())) return `Metadata names differ by more than case. "${name}" is there twice.`;
    names.add(name.toLowerCase());
    bytes += name.length + value.length;
  }
  return bytes > METADATA_BYTES
    ? `Metadata has at most 8,192 bytes, names and values together. This has ${bytes.toLocaleString('en')}.`
    : undefined;
}

/** Seconds. */
export const timeToLiveProblem = (timeToLive: number | 'never'): Problem =>
  timeToLive === 'never' || isWhole(timeToLive, 1, LONGEST_TIME_TO_LIVE)
    ? undefined
    : 'The time to live is a whole number of seconds from 1 to 2,147,483,647, or never.';

/** Seconds; `timeToLive` as in the draft, 7 days when left out. */
export function visibilityDelayProblem(delay: number, timeToLive: number | 'never' = SEVEN_DAYS): Problem {
  if (!isWhole(delay, 0, SEVEN_DAYS)) {
    return 'The visibility delay is a whole number of seconds from 0 to 604,800 (7 days).';
  }
  return timeToLive !== 'never' && delay >= timeToLive
    ? 'The visibility delay is shorter than the time to live.'
    : undefined;
}

/** Seconds that a received message stays hidden. */
export const visibilityTimeoutProblem = (seconds: number): Problem =>
  isWhole(seconds, 1, SEVEN_DAYS)
    ? undefined
    : 'The visibility timeout is a whole number of seconds from 1 to 604,800 (7 days).';

/** Seconds that an updated message stays hidden; 0 shows it at once. */
export const updatedVisibilityTimeoutProblem = (seconds: number): Problem =>
  isWhole(seconds, 0, SEVEN_DAYS)
    ? undefined
    : 'The visibility timeout of an update is a whole number of seconds from 0 to 604,800 (7 days).';

/** Messages in one receive or peek. */
export const countProblem = (count: number): Problem =>
  isWhole(count, 1, MOST_MESSAGES) ? undefined : 'The count is a whole number from 1 to 32.';

/** learn.microsoft.com/rest/api/storageservices/set-queue-acl */
export function accessPoliciesProblem(policies: readonly AccessPolicy[]): Problem {
  if (policies.length > MOST_POLICIES) return 'A queue has at most 5 stored access policies.';
  if (new Set(policies.map(({ id }) => id)).size < policies.length) return 'Each stored access policy has its own id.';
  if (policies.some(({ id }) => id.length < 1 || id.length > 64)) {
    return 'The id of a stored access policy has 1 to 64 characters.';
  }
  return policies.some(({ permissions = '' }) => !/^r?a?u?p?$/.test(permissions))
    ? 'Permissions are letters out of r, a, u, p, in that order.'
    : undefined;
}

/** @throws InvalidInputError for field `queueName`. */
export const checkQueueName = (name: string): void => check('queueName', queueNameProblem(name));

/** @throws InvalidInputError for `timeToLive` or `visibilityDelay`. */
export function checkTimes({ timeToLive, visibilityDelay }: Draft): void {
  if (timeToLive !== undefined) check('timeToLive', timeToLiveProblem(timeToLive));
  if (visibilityDelay !== undefined) check('visibilityDelay', visibilityDelayProblem(visibilityDelay, timeToLive));
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
