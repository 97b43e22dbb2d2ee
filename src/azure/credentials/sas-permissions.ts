import { OPERATION_PERMISSIONS, type OperationName, permissionsFor } from '../protocol/operation-table';
import { sasTimeProblem } from './sas-validity';

/** Whether a shared access signature allows an operation, as far as its fields tell. */
export type SasPermission = {
  /** `unknown` when a stored access policy, which the signature only names, has the permissions. */
  allowed: boolean | 'unknown';
  /** A sentence: why not, or why it is unknown. */
  reason?: string;
};

/** Gerund of each operation, for `which … needs` and `No SAS allows …`. */
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

/** Permissions of `sp`, for queues: learn.microsoft.com/rest/api/storageservices/create-account-sas */
const PERMISSION_WORDS: Readonly<Record<string, string>> = {
  r: 'read',
  w: 'write',
  d: 'delete',
  l: 'list',
  a: 'add',
  c: 'create',
  u: 'update',
  p: 'process',
};

/** Each permission with its name: `r (read)`. */
export const namedPermissions = (permissions: string): string[] =>
  permissions.split('').map((permission) => `${permission} (${PERMISSION_WORDS[permission] ?? 'not for queues'})`);

/** Resource types of `srt`. */
export const TYPE_WORDS: Readonly<Record<string, string>> = { s: 'service', c: 'container', o: 'object' };

/**
 * Whether the signature with these fields (as `readSasToken` returns them, by their short names) allows `operation` at
 * `now` (epoch ms), by the documentation. The service may still refuse it.
 */
export function sasAllows(
  fields: Readonly<Record<string, string>>,
  operation: OperationName,
  now: number,
): SasPermission {
  const problem = sasTimeProblem(fields, now);
  return problem === undefined ? (isAccountSas(fields) ? byAccountSas : byQueueSas)(fields, operation) : no(problem);
}

/** True for an account SAS, which alone names services and resource types. */
export const isAccountSas = (fields: Readonly<Record<string, string>>): boolean =>
  fields['ss'] !== undefined || fields['srt'] !== undefined;

/**
 * True when a person has to name the queue to open: for a queue SAS, and for an account SAS that may not list queues.
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
  return hasOneOf(sp, needed.permissions) ? { allowed: true } : lacks(needed.permissions, doing);
}

function byQueueSas(fields: Readonly<Record<string, string>>, operation: OperationName): SasPermission {
  const { sr, sp, si } = fields;
  const doing = DOING[operation];
  if (sr !== undefined && sr !== 'q') return no(`This SAS is for a blob, container or file, which rules out ${doing}.`);
  const { accountSas, queueSas } = permissionsFor(operation);
  if (!accountSas) return no(beyondAnySas(operation));
  if (queueSas === undefined) return no(`This SAS is for one queue, which rules out ${doing}.`);
  if (sp === undefined && si !== undefined) {
    return {
      allowed: 'unknown',
      reason: `The stored access policy "${si}" holds the permissions, and the SAS does not tell them.`,
    };
  }
  return hasOneOf(sp ?? '', queueSas) ? { allowed: true } : lacks(queueSas, doing);
}

const no = (reason: string): SasPermission => ({ allowed: false, reason });

const hasOneOf = (permissions: string, needed: string): boolean =>
  needed.split('').some((permission) => permissions.includes(permission));

const lacks = (permissions: string, doing: string): SasPermission =>
  no(`This SAS lacks the letter ${namedPermissions(permissions).join(' or ')}, which ${doing} needs.`);

const beyondAnySas = (operation: OperationName): string =>
  operation === 'Get User Delegation Key'
    ? `No SAS allows ${DOING[operation]}. It needs a sign-in with Microsoft Entra ID.`
    : `No SAS allows ${DOING[operation]}. It needs the account key.`;

/** Names of all operations. */
export const OPERATIONS = Object.keys(OPERATION_PERMISSIONS) as OperationName[];
