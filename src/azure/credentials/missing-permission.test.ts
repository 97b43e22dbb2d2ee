import { expect, test } from 'vitest';
import { describeError } from '../diagnosis/failure-text';
import { StorageError } from '../protocol/errors';
import { OPERATION_PERMISSIONS, type OperationName } from '../protocol/operation-table';
import { missingPermission } from './missing-permission';

const operations = Object.keys(OPERATION_PERMISSIONS) as OperationName[];
const refused = (code: string, operation: OperationName, credential: 'key' | 'sas' | 'token') =>
  missingPermission(new StorageError('No.', { status: 403, code, operation, credential }));

test('a signature lacks a letter, a resource type or the service', () => {
  expect(refused('AuthorizationPermissionMismatch', 'Get Messages', 'sas')).toBe(
    'Get Messages needs p (process) among the permissions (sp) of the signature.',
  );
  expect(refused('AuthorizationPermissionMismatch', 'Create Queue', 'sas')).toBe(
    'Create Queue needs c (create) or w (write) among the permissions (sp) of the signature, and a signature for the account.',
  );
  expect(refused('AuthorizationResourceTypeMismatch', 'List Queues', 'sas')).toBe(
    'List Queues needs s (service) among the resource types (srt) of the signature.',
  );
  expect(refused('AuthorizationServiceMismatch', 'Put Message', 'sas')).toContain('q (queue)');
});

test('a sign-in lacks a role, and some operations are in none', () => {
  expect(refused('AuthorizationPermissionMismatch', 'Get Messages', 'token')).toContain(
    'Storage Queue Data Message Processor',
  );
  expect(refused('AuthorizationPermissionMismatch', 'Set Queue ACL', 'token')).toContain('needs the account key');
});

test.each(operations)('%s: what is missing is said for every kind of credential but a key', (operation) => {
  expect(refused('AuthorizationPermissionMismatch', operation, 'sas')).toContain(operation);
  expect(refused('AuthorizationPermissionMismatch', operation, 'token')).toContain(operation);
  expect(refused('AuthorizationPermissionMismatch', operation, 'key')).toBeUndefined();
  expect(refused('AuthenticationFailed', operation, 'sas')).toBeUndefined();
});

test('a failed call names the missing permission in its description', () => {
  const error = new StorageError('This request is not authorized to perform this operation using this permission.', {
    status: 403,
    code: 'AuthorizationPermissionMismatch',
    operation: 'Put Message',
    credential: 'sas',
  });
  error.explanation = missingPermission(error);
  expect(describeError(error)).toMatchObject({
    reason: 'Put Message needs a (add) among the permissions (sp) of the signature.',
    code: '403 AuthorizationPermissionMismatch',
  });
});
