/**
 * Permissions that each operation needs, by the documentation's names:
 * learn.microsoft.com/rest/api/storageservices/create-account-sas, create-service-sas, and the data actions of
 * learn.microsoft.com/azure/role-based-access-control/permissions/storage.
 */
type OperationPermissions = {
  /** Resource type (`srt`) and permissions (`sp`) of an account SAS, any of which suffices; undefined: no SAS allows it. */
  accountSas?: { type: 's' | 'c' | 'o'; permissions: string };
  /** Permission of a queue SAS; undefined: no queue SAS allows it. */
  queueSas?: string;
  /** Built-in role with the fewest other permissions; undefined: no built-in data role allows it. */
  role?: string;
  /** True when it changes something; receiving does, since it hides messages and raises their dequeue counts. */
  changes: boolean;
};

const CONTRIBUTOR = 'Storage Queue Data Contributor';
const READER = 'Storage Queue Data Reader';
const PROCESSOR = 'Storage Queue Data Message Processor';
const SENDER = 'Storage Queue Data Message Sender';

export const OPERATION_PERMISSIONS = {
  'List Queues': { accountSas: { type: 's', permissions: 'l' }, role: READER, changes: false },
  'Get Queue Service Properties': { accountSas: { type: 's', permissions: 'r' }, changes: false },
  'Set Queue Service Properties': { accountSas: { type: 's', permissions: 'w' }, changes: true },
  'Get Queue Service Stats': { accountSas: { type: 's', permissions: 'r' }, changes: false },
  'Get User Delegation Key': { role: 'Storage Queue Delegator', changes: false },
  'Create Queue': { accountSas: { type: 'c', permissions: 'cw' }, role: CONTRIBUTOR, changes: true },
  'Delete Queue': { accountSas: { type: 'c', permissions: 'd' }, role: CONTRIBUTOR, changes: true },
  'Get Queue Metadata': { accountSas: { type: 'c', permissions: 'r' }, queueSas: 'r', role: READER, changes: false },
  'Set Queue Metadata': { accountSas: { type: 'c', permissions: 'w' }, role: CONTRIBUTOR, changes: true },
  'Get Queue ACL': { changes: false },
  'Set Queue ACL': { changes: true },
  'Put Message': { accountSas: { type: 'o', permissions: 'a' }, queueSas: 'a', role: SENDER, changes: true },
  'Get Messages': { accountSas: { type: 'o', permissions: 'p' }, queueSas: 'p', role: PROCESSOR, changes: true },
  'Peek Messages': { accountSas: { type: 'o', permissions: 'r' }, queueSas: 'r', role: READER, changes: false },
  'Update Message': { accountSas: { type: 'o', permissions: 'u' }, queueSas: 'u', role: CONTRIBUTOR, changes: true },
  'Delete Message': { accountSas: { type: 'o', permissions: 'p' }, queueSas: 'p', role: PROCESSOR, changes: true },
  'Clear Messages': { accountSas: { type: 'o', permissions: 'd' }, role: CONTRIBUTOR, changes: true },
} as const satisfies Record<string, OperationPermissions>;

/** An operation of the REST API, as `Call.operation` and `Exchange.operation` name it. */
export type OperationName = keyof typeof OPERATION_PERMISSIONS;

export const permissionsFor = (operation: OperationName): OperationPermissions => OPERATION_PERMISSIONS[operation];

/** Why the secondary allows no changes, as a sentence without its full stop. */
export const READS_SECONDARY = 'This page reads the secondary endpoint, which is read-only';
