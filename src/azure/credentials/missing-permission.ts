import type { StorageError } from '../protocol/errors';
import { permissionsFor } from '../protocol/operation-table';
import { namedPermissions, TYPE_WORDS } from './sas-permissions';

/** Error codes for a permission that the credential lacks. They recur until it is replaced or gets the permission. */
const PERMISSION_CODES = new Set([
  'AuthorizationPermissionMismatch',
  'AuthorizationResourceTypeMismatch',
  'AuthorizationServiceMismatch',
]);

export const isMissingPermission = (code: string | undefined): boolean => PERMISSION_CODES.has(code ?? '');

type Refused = Pick<StorageError, 'code' | 'operation' | 'credential'>;

/**
 * Names the missing permission of a refusal in a sentence: a permission of the SAS, or a role. Undefined for other refusals
 * and when operation or credential are not known.
 */
export function missingPermission({ code, operation, credential }: Refused): string | undefined {
  if (!isMissingPermission(code) || operation === undefined || credential === undefined) return undefined;
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
  const permissions = namedPermissions(accountSas.permissions).join(' or ');
  const only = queueSas === undefined ? ', and a signature for the account' : '';
  return `${operation} needs ${permissions} among the permissions (sp) of the signature${only}.`;
}
