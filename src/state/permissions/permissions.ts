import { useMemo } from 'react';
import { create } from 'zustand';
import type { SasPermission } from '@/azure/credentials/sas-permissions';
import type { Connection } from '@/azure/protocol/connection';
import { NoConnectionError, ReadOnlyError, type StorageError } from '@/azure/protocol/errors';
import type { Observe } from '@/azure/protocol/exchange';
import { type OperationName, permissionsFor, READS_SECONDARY } from '@/azure/protocol/operation-table';
import { insist } from '@/parts/insist';
import { connectionOf, isOpen, useConnection } from '../connections/connections';
import { isReadOnly, useIsReadOnly } from '../connections/read-only';
import { secondaryFor, useReadsSecondary } from '../connections/secondary-reads';
import type { CredentialPermissions } from './credential-permissions';

/**
 * Whether a connection allows an operation: by read-only, by its endpoint, by its credential, and by earlier refusals.
 */
export type Permission = SasPermission;

/** What an action may take, with the operations that must all be allowed. */
export const PERMISSIONS = {
  peek: ['Peek Messages'],
  receive: ['Get Messages'],
  // An update releases the messages.
  browse: ['Get Messages', 'Update Message'],
  lease: ['Get Messages', 'Update Message'],
  add: ['Put Message'],
  edit: ['Update Message'],
  extend: ['Update Message'],
  release: ['Update Message'],
  delete: ['Delete Message'],
  move: ['Get Messages', 'Delete Message'],
  copy: ['Get Messages', 'Update Message'],
  changeMany: ['Get Messages', 'Update Message'],
  exportAll: ['Get Messages', 'Update Message'],
  createQueue: ['Create Queue'],
  deleteQueue: ['Delete Queue'],
  clearQueue: ['Clear Messages'],
  setMetadata: ['Set Queue Metadata'],
  listQueues: ['List Queues'],
  count: ['Get Queue Metadata'],
  setPolicies: ['Set Queue ACL'],
  setProperties: ['Set Queue Service Properties'],
} as const satisfies Record<string, readonly OperationName[]>;

export type PermissionName = keyof typeof PERMISSIONS;

const store = create<{
  credentialPermissions: CredentialPermissions | undefined;
  /** Counts changes of the permissions, so that components render. */
  round: number;
}>(() => ({ credentialPermissions: undefined, round: 0 }));

const redraw = () => store.setState(({ round }) => ({ round: round + 1 }));

let loading: Promise<CredentialPermissions> | undefined;

/** Loads the permissions of SAS and token credentials; until then theirs are `unknown`. */
export function loadCredentialPermissions(): Promise<CredentialPermissions> {
  loading ??= insist(() => import('./credential-permissions')).then(({ credentialPermissions }) => {
    credentialPermissions.subscribe(redraw);
    store.setState({ credentialPermissions });
    return credentialPermissions;
  });
  return loading;
}

const ALLOWED: Permission = { allowed: true };
const UNKNOWN: Permission = { allowed: 'unknown' };

/** Whether a connection allows an operation on a queue; `unknown` when only the service knows. */
export function checkPermission(connectionId: string, operation: OperationName, queue?: string): Permission {
  const { changes } = permissionsFor(operation);
  if (changes && isReadOnly(connectionId)) return { allowed: false, reason: readOnlyReason(operation) };
  const connection = connectionOf(connectionId);
  if (changes && (secondaryFor(connectionId).reads || isSecondary(connection))) {
    return { allowed: false, reason: READS_SECONDARY };
  }
  if (!connection) return UNKNOWN;
  if (connection.credential.kind === 'key') return ALLOWED;
  return store.getState().credentialPermissions?.mayDo(connectionId, connection, operation, queue) ?? UNKNOWN;
}

const readOnlyReason = (operation: OperationName) =>
  operation === 'Get Messages'
    ? 'Read-only: receiving would hide messages and raise their dequeue counts'
    : 'Read-only: allow changes to this connection first';

/** True for the host of a secondary, which allows no writes. */
const isSecondary = (connection: Connection | undefined) =>
  connection !== undefined && new URL(connection.endpoint).hostname.startsWith(`${connection.account}-secondary.`);

/** Why an action is denied, for a tooltip; undefined when it is allowed or unknown. */
export function denialReason(connectionId: string, permission: PermissionName, queue?: string): string | undefined {
  for (const operation of PERMISSIONS[permission]) {
    const { allowed, reason } = checkPermission(connectionId, operation, queue);
    if (allowed === false) return reason;
  }
  return undefined;
}

/** `denialReason` for components. */
export function useDenialReason(connectionId: string, queue?: string): (name: PermissionName) => string | undefined {
  const connection = useConnection(connectionId);
  const readOnly = useIsReadOnly(connectionId);
  const secondary = useReadsSecondary(connectionId);
  const { credentialPermissions, round } = store();
  return useMemo(
    () => (name: PermissionName) => denialReason(connectionId, name, queue),
    // oxlint-disable-next-line react/exhaustive-deps -- `denialReason` reads these from the stores.
    [connectionId, queue, connection, readOnly, secondary, credentialPermissions, round],
  );
}

/**
 * For `Wire.guard`: throws for changes on a read-only connection, and for every request of a forgotten or locked one, whose
 * account a job may still use.
 */
export function assertAllowed(connectionId: string, { operation }: { operation: OperationName }) {
  if (!isOpen(connectionId)) throw new NoConnectionError();
  if (permissionsFor(operation).changes && isReadOnly(connectionId)) throw new ReadOnlyError(operation);
}

/** For `Wire.explain`: `explainByDetails`; also undefined when that code cannot be loaded. */
export const explainRefusal =
  (connection: Connection) =>
  (refusal: StorageError): Promise<string | undefined> =>
    import('@/azure/diagnosis/explain-refusal').then(
      ({ explainByDetails }) => explainByDetails(refusal, connection, { origin: location.origin }),
      () => undefined,
    );

/** Returns an observer that records refusals of a SAS or token credential. */
export function recordDenials(connectionId: string): Observe {
  const credentialPermissions = loadCredentialPermissions();
  return (exchange) => void credentialPermissions.then((permissions) => permissions.learn(connectionId, exchange));
}
