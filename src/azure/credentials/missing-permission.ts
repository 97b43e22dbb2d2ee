import type { StorageError } from '../protocol/errors';
import { permissionsFor } from '../protocol/operation-table';
import { PERMISSION_WORDS, TYPE_WORDS } from './sas-permissions';

/** Refusals that are about what a credential may do, and so hold until it is replaced or given more rights. */
const LACKS = new Set([
  'AuthorizationPermissionMismatch',
  'AuthorizationResourceTypeMismatch',
  'AuthorizationServiceMismatch',
]);

export const isLackOfRights = (code: string | undefined): boolean => LACKS.has(code ?? '');

type Refused = Pick<StorageError, 'code' | 'operation' | 'credential'>;

/**
 * Which right a refusal says is missing, as a sentence: a letter of the signature, or a role. Undefined when the
 * refusal is not about rights, or when it is not known what was asked with what.
 */
export function missingRight({ code, operation, credential }: Refused): string | undefined {
  if (!isLackOfRights(code) || operation === undefined || credential === undefined) return undefined;
  const { accountSas, queueSas, role } = permissionsFor(operation);
  if (credential === 'token') {
    return role === undefined
      ? `${operation} is not in any built-in data role of Azure: it needs the account key.`
      : `${operation} needs the role ${role}, or one with more rights, on this account or queue. Owner and Contributor are not enough, and a new role takes up to 30 minutes to apply.`;
  }
  if (credential === 'key') return undefined;
  if (code === 'AuthorizationServiceMismatch')
    return `${operation} needs q (queue) among the services (ss) of the signature.`;
  if (!accountSas) return `${operation} is never allowed by a shared access signature: it needs the account key.`;
  if (code === 'AuthorizationResourceTypeMismatch')
    return `${operation} needs ${accountSas.type} (${TYPE_WORDS[accountSas.type]}) among the resource types (srt) of the signature.`;
  const letters = accountSas.letters
    .split('')
    .map((letter) => `${letter} (${PERMISSION_WORDS[letter]})`)
    .join(' or ');
  const only = queueSas === undefined ? ', and a signature for the account' : '';
  return `${operation} needs ${letters} among the permissions (sp) of the signature${only}.`;
}
