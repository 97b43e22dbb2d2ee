import { useMemo } from 'react';
import { create } from 'zustand';
import type { SasPermission } from '@/azure/credentials/sas-permissions';
import type { Connection } from '@/azure/protocol/connection';
import { NoConnectionError, ReadOnlyError, type StorageError } from '@/azure/protocol/errors';
import type { Observe } from '@/azure/protocol/exchange';
import { type OperationName, permissionsFor, READS_SECONDARY } from '@/azure/protocol/operation-table';
import { connectionOf, useConnection } from '../connections/connections';
import { isReadOnly, useIsReadOnly } from '../connections/read-only';
import { secondaryFor, useReadsSecondary } from '../connections/secondary-reads';
import type { CredentialPermissions } from './credential-permissions';

/**
 * What a connection may do, asked in one place: by what the person said (read-only), by where it leads, by what the
 * credential says of itself, and by what the service has refused before.
 */
export type Permission = SasPermission;

/** What a person can do, by the operations that all have to be allowed for it. */
export const VERBS = {
  peek: ['Peek Messages'],
  receive: ['Get Messages'],
  // What was leased on the way is made visible again by an update.
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

export type Verb = keyof typeof VERBS;

const store = create<{
  credentialPermissions: CredentialPermissions | undefined;
  /** Counts what was learned, so that whoever asked asks again. */
  round: number;
}>(() => ({ credentialPermissions: undefined, round: 0 }));

/** Has whoever shows what may be done ask again. */
const askAgain = () => store.setState(({ round }) => ({ round: round + 1 }));

let loading: Promise<CredentialPermissions> | undefined;

/** Has the limits of signatures and tokens known; until then they count as unknown. */
export function loadCredentialPermissions(): Promise<CredentialPermissions> {
  loading ??= import('./credential-permissions').then(({ credentialPermissions }) => {
    credentialPermissions.subscribe(askAgain);
    store.setState({ credentialPermissions });
    return credentialPermissions;
  });
  return loading;
}

const ALLOWED: Permission = { allowed: true };
const UNKNOWN: Permission = { allowed: 'unknown' };

/** Whether an operation may be done on a connection, in a queue; `unknown` when only trying it can tell. */
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

/** The secondary of a geo-redundant account takes no writes. Its host is the account's with `-secondary` behind it. */
const isSecondary = (connection: Connection | undefined) =>
  connection !== undefined && new URL(connection.endpoint).hostname.startsWith(`${connection.account}-secondary.`);

/** Why a verb cannot be done, in words for a tooltip; undefined when it can, or when only trying it can tell. */
export function denialReason(connectionId: string, verb: Verb, queue?: string): string | undefined {
  for (const operation of VERBS[verb]) {
    const { allowed, reason } = checkPermission(connectionId, operation, queue);
    if (allowed === false) return reason;
  }
  return undefined;
}

/** `denialReason` for components: asks again when the connection, its read-only mode or what was learned changes. */
export function useDenialReason(connectionId: string, queue?: string): (verb: Verb) => string | undefined {
  const connection = useConnection(connectionId);
  const readOnly = useIsReadOnly(connectionId);
  const secondary = useReadsSecondary(connectionId);
  const { credentialPermissions, round } = store();
  return useMemo(
    () => (verb: Verb) => denialReason(connectionId, verb, queue),
    // oxlint-disable-next-line react/exhaustive-deps -- What the answer is read from, though not by name.
    [connectionId, queue, connection, readOnly, secondary, credentialPermissions, round],
  );
}

/**
 * Throws before anything is sent, for `Wire.guard`: whatever the page shows, no change leaves a read-only connection, and
 * nothing one that was forgotten or locked, though a job may still hold its account.
 */
export function assertAllowed(connectionId: string, { operation }: { operation: OperationName }) {
  if (!connectionOf(connectionId)) throw new NoConnectionError();
  if (permissionsFor(operation).changes && isReadOnly(connectionId)) throw new ReadOnlyError(operation);
}

/** Which right a refusal says is missing, for `Wire.explain`; undefined too where the code that knows cannot be had. */
export async function explainRefusal(refusal: StorageError): Promise<string | undefined> {
  return (await loadCredentialPermissions().catch(() => undefined))?.missingRight(refusal);
}

/** Learns from what the service answers to a credential of limited rights. */
export function recordDenials(connectionId: string): Observe {
  const credentialPermissions = loadCredentialPermissions();
  return (exchange) => void credentialPermissions.then((known) => known.learn(connectionId, exchange));
}
