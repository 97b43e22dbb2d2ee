/**
 * What each operation needs of a credential, by the documentation's names:
 * learn.microsoft.com/rest/api/storageservices/create-account-sas, create-service-sas, and the data actions of
 * learn.microsoft.com/azure/role-based-access-control/permissions/storage.
 */
type OperationPermissions = {
  /** Resource type (`srt`) and letters (`sp`) of an account SAS, any of which will do; undefined: never by SAS. */
  accountSas?: { type: 's' | 'c' | 'o'; letters: string };
  /** Letter of a queue SAS; undefined: not by a queue SAS. */
  queueSas?: string;
  /** Built-in role that allows it with the fewest other rights; undefined: in no built-in data role. */
  role?: string;
  /** Changes something at the service; receiving counts, since it hides messages and raises their dequeue counts. */
  changes: boolean;
};

const CONTRIBUTOR = 'Storage Queue Data Contributor';
const READER = 'Storage Queue Data Reader';
const PROCESSOR = 'Storage Queue Data Message Processor';
const SENDER = 'Storage Queue Data Message Sender';

export const OPERATION_PERMISSIONS = {
  'List Queues': { accountSas: { type: 's', letters: 'l' }, role: READER, changes: false },
  'Get Queue Service Properties': { accountSas: { type: 's', letters: 'r' }, changes: false },
  'Set Queue Service Properties': { accountSas: { type: 's', letters: 'w' }, changes: true },
  'Get Queue Service Stats': { accountSas: { type: 's', letters: 'r' }, changes: false },
  'Get User Delegation Key': { role: 'Storage Queue Delegator', changes: false },
  'Create Queue': { accountSas: { type: 'c', letters: 'cw' }, role: CONTRIBUTOR, changes: true },
  'Delete Queue': { accountSas: { type: 'c', letters: 'd' }, role: CONTRIBUTOR, changes: true },
  'Get Queue Metadata': { accountSas: { type: 'c', letters: 'r' }, queueSas: 'r', role: READER, changes: false },
  'Set Queue Metadata': { accountSas: { type: 'c', letters: 'w' }, role: CONTRIBUTOR, changes: true },
  'Get Queue ACL': { changes: false },
  'Set Queue ACL': { changes: true },
  'Put Message': { accountSas: { type: 'o', letters: 'a' }, queueSas: 'a', role: SENDER, changes: true },
  'Get Messages': { accountSas: { type: 'o', letters: 'p' }, queueSas: 'p', role: PROCESSOR, changes: true },
  'Peek Messages': { accountSas: { type: 'o', letters: 'r' }, queueSas: 'r', role: READER, changes: false },
  'Update Message': { accountSas: { type: 'o', letters: 'u' }, queueSas: 'u', role: CONTRIBUTOR, changes: true },
  'Delete Message': { accountSas: { type: 'o', letters: 'p' }, queueSas: 'p', role: PROCESSOR, changes: true },
  'Clear Messages': { accountSas: { type: 'o', letters: 'd' }, role: CONTRIBUTOR, changes: true },
} as const satisfies Record<string, OperationPermissions>;

/** An operation of the REST API, as `Call.operation` and `Exchange.operation` name it. */
export type OperationName = keyof typeof OPERATION_PERMISSIONS;

/** What an operation needs of a credential. */
export const permissionsFor = (operation: OperationName): OperationPermissions => OPERATION_PERMISSIONS[operation];

/** Why nothing is changed through a secondary, as a sentence without its full stop. */
export const READS_SECONDARY = 'This page reads the secondary endpoint, which is read-only';
