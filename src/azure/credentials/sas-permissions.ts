import { OPERATION_PERMISSIONS, type OperationName, permissionsFor } from '../protocol/operation-table';
import { sasTimeProblem } from './sas-validity';

/** Whether a shared access signature lets an operation through, as far as it says so itself. */
export type SasPermission = {
  /** `unknown` when a stored access policy, which the signature only names, holds the permissions. */
  allowed: boolean | 'unknown';
  /** A sentence that says why not, or why it is unknown. */
  reason?: string;
};

/** What each operation does, to follow "which" and "allows": `receiving needs`. */
const DOING: Record<OperationName, string> = {
  'List Queues': 'listing queues',
  'Get Queue Service Properties': 'reading service properties',
  'Set Queue Service Properties': 'changing service properties',
  'Get Queue Service Stats': 'reading service stats',
  'Get User Delegation Key': 'asking for a user delegation key',
  'Create Queue': 'creating queues',
  'Delete Queue': 'deleting queues',
  'Get Queue Metadata': 'reading metadata and counts',
  'Set Queue Metadata': 'changing metadata',
  'Get Queue ACL': 'reading stored access policies',
  'Set Queue ACL': 'changing stored access policies',
  'Put Message': 'adding messages',
  'Get Messages': 'receiving',
  'Peek Messages': 'peeking',
  'Update Message': 'updating messages',
  'Delete Message': 'deleting messages',
  'Clear Messages': 'clearing queues',
};

/** Permission letters of `sp`, for queues: learn.microsoft.com/rest/api/storageservices/create-account-sas */
export const PERMISSION_WORDS: Readonly<Record<string, string>> = {
  r: 'read',
  w: 'write',
  d: 'delete',
  l: 'list',
  a: 'add',
  c: 'create',
  u: 'update',
  p: 'process',
};

/** Resource types of `srt`. */
export const TYPE_WORDS: Readonly<Record<string, string>> = { s: 'service', c: 'container', o: 'object' };

/**
 * Whether the signature with these fields (as `readSasToken` gives them, by their short names) lets `operation` through
 * at `now` (ms). It speaks by the documentation; a refusal by the service has the last word.
 */
export function sasAllows(
  fields: Readonly<Record<string, string>>,
  operation: OperationName,
  now: number,
): SasPermission {
  const problem = sasTimeProblem(fields, now);
  return problem === undefined ? (isAccountSas(fields) ? byAccountSas : byQueueSas)(fields, operation) : no(problem);
}

/** Of an account rather than of one queue: only those name services and resource types. */
export const isAccountSas = (fields: Readonly<Record<string, string>>): boolean =>
  fields['ss'] !== undefined || fields['srt'] !== undefined;

/**
 * Good for one queue at a time: a queue SAS, or one of the account that may not list, so that somebody has to say which
 * queue to open.
 */
export const isForOneQueue = (fields: Readonly<Record<string, string>>): boolean =>
  !isAccountSas(fields) ||
  ((fields['ss'] ?? '').includes('q') && byAccountSas(fields, 'List Queues').allowed === false);

function byAccountSas(fields: Readonly<Record<string, string>>, operation: OperationName): SasPermission {
  const { ss = '', srt = '', sp = '' } = fields;
  const doing = DOING[operation];
  if (!ss.includes('q')) return no(`This SAS lacks the service q (queue), which ${doing} needs.`);
  const needed = permissionsFor(operation).accountSas;
  if (!needed) return no(beyondAnySas(operation));
  if (!srt.includes(needed.type)) {
    return no(`This SAS lacks the resource type ${needed.type} (${TYPE_WORDS[needed.type]}), which ${doing} needs.`);
  }
  return hasOneOf(sp, needed.letters) ? { allowed: true } : lacks(needed.letters, doing);
}

function byQueueSas(fields: Readonly<Record<string, string>>, operation: OperationName): SasPermission {
  const { sr, sp, si } = fields;
  const doing = DOING[operation];
  if (sr !== undefined && sr !== 'q') return no(`This SAS is for a blob, container or file, which rules out ${doing}.`);
  const rights = permissionsFor(operation);
  if (!rights.accountSas) return no(beyondAnySas(operation));
  if (rights.queueSas === undefined) return no(`This SAS is for one queue, which rules out ${doing}.`);
  if (sp === undefined && si !== undefined) {
    return {
      allowed: 'unknown',
      reason: `The stored access policy "${si}" holds the permissions, and the SAS does not tell them.`,
    };
  }
  return hasOneOf(sp ?? '', rights.queueSas) ? { allowed: true } : lacks(rights.queueSas, doing);
}

const no = (reason: string): SasPermission => ({ allowed: false, reason });

const hasOneOf = (letters: string, needed: string): boolean =>
  needed.split('').some((letter) => letters.includes(letter));

function lacks(letters: string, doing: string): SasPermission {
  const named = letters.split('').map((letter) => `${letter} (${PERMISSION_WORDS[letter]})`);
  return no(`This SAS lacks the letter ${named.join(' or ')}, which ${doing} needs.`);
}

const beyondAnySas = (operation: OperationName): string =>
  operation === 'Get User Delegation Key'
    ? `No SAS allows ${DOING[operation]}. It needs a sign-in with Microsoft Entra ID.`
    : `No SAS allows ${DOING[operation]}. It needs the account key.`;

/** Every operation that a page may ask about. */
export const OPERATIONS = Object.keys(OPERATION_PERMISSIONS) as OperationName[];
