import { create } from 'zustand';
import { isMissingPermission, missingPermission } from '@/azure/credentials/missing-permission';
import { readSasToken } from '@/azure/credentials/sas-parse';
import { type SasPermission, sasAllows } from '@/azure/credentials/sas-permissions';
import type { Connection, Credential } from '@/azure/protocol/connection';
import { StorageError } from '@/azure/protocol/errors';
import type { Exchange } from '@/azure/protocol/exchange';
import { OPERATION_PERMISSIONS, type OperationName } from '@/azure/protocol/operation-table';
import { connectionOf, currentConnections, useConnection } from '../connections/connections';
import { serviceNowOf } from '../time/connection-clocks';

/** Permissions of SAS and token credentials. Loaded with the first of them. */
export type CredentialPermissions = {
  /** Whether the operation is allowed, by the fields of the credential and by earlier refusals. */
  mayDo(connectionId: string, connection: Connection, operation: OperationName, queue?: string): SasPermission;
  learn(connectionId: string, exchange: Exchange): void;
  /** Calls `listener` when a response may have changed the permissions. */
  subscribe(listener: () => void): void;
};

/** Reasons of refusals, by operation, or by operation and queue. */
export type Refusals = Readonly<Record<string, string>>;

/** Refusals of one credential and token owner; another one starts without. */
type LearnedRefusals = { credential: Credential; who: string | undefined; refusals: Refusals };

const store = create<Readonly<Record<string, LearnedRefusals>>>(() => ({}));

const listeners = new Set<() => void>();
const permissionsChanged = () => {
  for (const listener of listeners) listener();
};

export const credentialPermissions: CredentialPermissions = {
  subscribe: (listener) => void listeners.add(listener),

  mayDo(connectionId, connection, operation, queue) {
    const permission = byCredential(connection, operation, serviceNowOf(connectionId));
    if (permission.allowed === false) return permission;
    const refusals = refusalsOf(connectionId, connection.credential);
    const refused = refusals[operation] ?? (queue === undefined ? undefined : refusals[`${operation} ${queue}`]);
    return refused === undefined ? permission : { allowed: false, reason: refused };
  },

  /**
   * Records a refusal for a missing permission until the operation is allowed once, the credential changes, or a person checks
   * again. For tokens it counts for one queue, since roles may be assigned to queues.
   */
  learn(connectionId, { operation, url, response, failure }) {
    const connection = connectionOf(connectionId);
    if (!response || !connection || !isOperation(operation)) return;
    const { credential } = connection;
    const refusals = refusalsOf(connectionId, credential);
    const queue = credential.kind === 'token' ? queueIn(url, connection) : undefined;
    const key = queue === undefined ? operation : `${operation} ${queue}`;
    if (response.status < 400) {
      if (key in refusals) setRefusals(connectionId, credential, without(refusals, key));
      return;
    }
    if (!isMissingPermission(failure?.code)) return;
    const facts = { status: response.status, code: failure?.code, operation, credential: credential.kind };
    const missing = missingPermission(new StorageError('', facts)) ?? 'This credential may not do that here.';
    setRefusals(connectionId, credential, { ...refusals, [key]: `Azure refused it. ${missing}` });
  },
};

/** `now` is epoch ms by the service's clock. */
function byCredential({ credential, endpoint }: Connection, operation: OperationName, now: number): SasPermission {
  const isPlain = endpoint.startsWith('http:');
  switch (credential.kind) {
    case 'key':
      return { allowed: true };
    case 'token':
      if (isPlain) return { allowed: false, reason: 'Azure takes access tokens over https only' };
      return { allowed: 'unknown', reason: 'The roles of the sign-in decide, and a token does not tell them.' };
    case 'sas': {
      const { fields } = readSasToken(credential.token);
      if (isPlain && fields['spr'] === 'https')
        return { allowed: false, reason: 'This SAS is for https only (spr), and the endpoint is http' };
      return sasAllows(fields, operation, now);
    }
  }
}

function refusalsOf(connectionId: string, credential: Credential | undefined): Refusals {
  const learned = store.getState()[connectionId];
  return learned && learned.credential === credential && learned.who === whoseOf(connectionId) ? learned.refusals : {};
}

/** Owner of the token, which can change under the same credential. */
const whoseOf = (connectionId: string) => currentConnections().find(({ id }) => id === connectionId)?.holder?.who;

const isOperation = (name: string): name is OperationName => name in OPERATION_PERMISSIONS;

/** The queue in the address of a request; undefined for the account itself. */
function queueIn(url: Exchange['url'], { endpoint, secondaryEndpoint }: Connection): string | undefined {
  const base = [endpoint, secondaryEndpoint].find((one) => one !== undefined && url.startsWith(one));
  return base === undefined ? undefined : url.slice(base.length).split(/[/?]/)[1] || undefined;
}

function setRefusals(connectionId: string, credential: Credential, refusals: Refusals) {
  store.setState({ [connectionId]: { credential, who: whoseOf(connectionId), refusals } });
  permissionsChanged();
}

const without = (refusals: Refusals, key: string): Refusals =>
  Object.fromEntries(Object.entries(refusals).filter(([one]) => one !== key));

/** Refusals of this credential so far, by operation or `operation queue`. */
export function useLearnedRefusals(connectionId: string): Refusals {
  store((state) => state[connectionId]);
  useConnection(connectionId);
  return refusalsOf(connectionId, connectionOf(connectionId)?.credential);
}

/** Forgets the refusals, so that the next attempt asks the service again. */
export function forgetRefusals(connectionId: string) {
  store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);
  permissionsChanged();
}
