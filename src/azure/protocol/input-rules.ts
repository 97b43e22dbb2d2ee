import { counted, exact, exactly } from '../../words/counts';
import { InvalidInputError } from './errors';
import {
  ACCOUNT_NAME,
  LONGEST_POLICY_ID,
  LONGEST_TIME_TO_LIVE_SECONDS,
  LONGEST_VISIBILITY_TIMEOUT_SECONDS,
  MAX_METADATA_BYTES,
  MOST_MESSAGES,
  MOST_POLICIES,
  QUEUE_NAME,
  USUAL_TIME_TO_LIVE_SECONDS,
} from './limits';
import type { AccessPolicy, Draft } from './model';

/**
 * The service's documented rules, checked before a request is sent. Each `…Problem` returns the rule that an input breaks
 * as a sentence, or undefined, for forms to show while a person types; `check` throws it.
 */

type Problem = string | undefined;

const grouped = (count: number) => exact(count);

/** @throws InvalidInputError when there is a problem. */
export function check(field: string, problem: Problem): void {
  if (problem !== undefined) throw new InvalidInputError(field, problem);
}

export const accountNameProblem = (name: string): Problem =>
  ACCOUNT_NAME.test(name) ? undefined : 'An account name has 3 to 24 lower-case letters and digits.';

/** learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata */
export const QUEUE_NAME_RULES: readonly { words: string; isMet: (name: string) => boolean }[] = [
  {
    words: `has ${QUEUE_NAME.shortest} to ${exactly(QUEUE_NAME.longest, 'character')}`,
    isMet: ({ length }) => length >= QUEUE_NAME.shortest && length <= QUEUE_NAME.longest,
  },
  { words: 'has only lower-case letters a to z, digits and hyphens', isMet: (name) => /^[a-z0-9-]*$/.test(name) },
  { words: 'starts and ends with a letter or digit', isMet: (name) => /^[a-z0-9](?:.*[a-z0-9])?$/is.test(name) },
  { words: 'has no two hyphens in a row', isMet: (name) => !name.includes('--') },
];

export function queueNameProblem(name: string): Problem {
  const broken = QUEUE_NAME_RULES.find(({ isMet }) => !isMet(name));
  return broken && `A queue name ${broken.words}.`;
}

/** The shortest legal continuation of a queue name: a rule that it breaks cannot be kept by typing on. */
export const typedOn = (name: string): string =>
  name.padEnd(QUEUE_NAME.shortest, 'a') + (name.endsWith('-') ? 'a' : '');

/** Names are sent as HTTP header names and must be C# identifiers. */
export function metadataNameProblem(name: string): Problem {
  if (name === '') return 'A metadata name has at least one character.';
  if (!/^[A-Za-z0-9_]*$/.test(name)) return 'A metadata name has only the letters a to z, digits and underscores.';
  return /^\d/.test(name) ? 'A metadata name starts with a letter or an underscore.' : undefined;
}

/** Values are sent as HTTP header values, which get trimmed, folded and read as Latin-1. */
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
  return bytes > MAX_METADATA_BYTES
    ? `Metadata has at most ${exactly(MAX_METADATA_BYTES, 'byte')}, names and values together. This has ${grouped(bytes)}.`
    : undefined;
}

/** Seconds. */
export const timeToLiveProblem = (timeToLive: number | 'never'): Problem =>
  timeToLive === 'never' || isWhole(timeToLive, 1, LONGEST_TIME_TO_LIVE_SECONDS)
    ? undefined
    : `The time to live is a whole number of seconds from 1 to ${grouped(LONGEST_TIME_TO_LIVE_SECONDS)}, or never.`;

/** Both in seconds; `timeToLive` as in the draft, 7 days by default. */
export function visibilityDelayProblem(
  delay: number,
  timeToLive: number | 'never' = USUAL_TIME_TO_LIVE_SECONDS,
): Problem {
  const problem = hiddenProblem('visibility delay', delay, 0);
  if (problem !== undefined) return problem;
  return timeToLive !== 'never' && delay >= timeToLive
    ? 'The visibility delay must be shorter than the time to live.'
    : undefined;
}

export const visibilityTimeoutProblem = (seconds: number): Problem => hiddenProblem('visibility timeout', seconds, 1);

/** 0 makes the message visible at once. */
export const updatedVisibilityTimeoutProblem = (seconds: number): Problem =>
  hiddenProblem('visibility timeout of an update', seconds, 0);

const hiddenProblem = (what: string, seconds: number, least: number): Problem =>
  isWhole(seconds, least, LONGEST_VISIBILITY_TIMEOUT_SECONDS)
    ? undefined
    : `The ${what} is a whole number of seconds from ${least} to ${grouped(LONGEST_VISIBILITY_TIMEOUT_SECONDS)} (7 days).`;

/** For messages in one receive or peek. */
export const countProblem = (count: number): Problem =>
  isWhole(count, 1, MOST_MESSAGES) ? undefined : `The count is a whole number from 1 to ${MOST_MESSAGES}.`;

/** learn.microsoft.com/rest/api/storageservices/set-queue-acl */
export function accessPoliciesProblem(policies: readonly AccessPolicy[]): Problem {
  if (policies.length > MOST_POLICIES)
    return `A queue has at most ${counted(MOST_POLICIES, 'stored access policy', 'stored access policies')}.`;
  if (new Set(policies.map(({ id }) => id)).size < policies.length) return 'Each stored access policy has its own id.';
  if (policies.some(({ id }) => id.length < 1 || id.length > LONGEST_POLICY_ID)) {
    return `The id of a stored access policy has 1 to ${exactly(LONGEST_POLICY_ID, 'character')}.`;
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
