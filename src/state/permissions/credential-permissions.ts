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

/** What the credential itself limits, for those that are not account keys. Its code comes with the first of them. */
export type CredentialPermissions = {
  /** By what the credential says of itself, and by what the service has refused it before. */
  mayDo(connectionId: string, connection: Connection, operation: OperationName, queue?: string): SasPermission;
  learn(connectionId: string, exchange: Exchange): void;
  /** Which right a refusal says is missing, as a sentence; undefined when it is about something else. */
  missingRight(error: StorageError): string | undefined;
  /** From now on `listener` is called when an answer may have changed what is allowed. */
  subscribe(listener: () => void): void;
};

/** Why the service said no, by operation, or by operation and queue. */
export type Refusals = Readonly<Record<string, string>>;

/** What was learned, of one credential, and of a token of one person: another begins anew. */
type Learned = { credential: Credential; who: string | undefined; refusals: Refusals };

const store = create<Readonly<Record<string, Learned>>>(() => ({}));

const listeners = new Set<() => void>();
const rightsChanged = () => {
  for (const listener of listeners) listener();
};

/** What signatures and tokens limit. */
export const credentialPermissions: CredentialPermissions = {
  subscribe: (listener) => void listeners.add(listener),

  mayDo(connectionId, connection, operation, queue) {
    const said = byCredential(connection, operation, serviceNowOf(connectionId));
    if (said.allowed === false) return said;
    const known = refusalsOf(connectionId, connection.credential);
    const refused = known[operation] ?? (queue === undefined ? undefined : known[`${operation} ${queue}`]);
    return refused === undefined ? said : { allowed: false, reason: refused };
  },

  missingRight: missingPermission,

  /**
   * A refusal for want of a right holds until the same is allowed once, the credential changes, or a person has it
   * checked again. Roles may be given for one queue, so of tokens it holds for that.
   */
  learn(connectionId, { operation, url, response, failure }) {
    const connection = connectionOf(connectionId);
    if (!response || !connection || !isOperation(operation)) return;
    const { credential } = connection;
    const known = refusalsOf(connectionId, credential);
    const queue = credential.kind === 'token' ? queueIn(url, connection) : undefined;
    const key = queue === undefined ? operation : `${operation} ${queue}`;
    if (response.status < 400) {
      if (key in known) keep(connectionId, credential, without(known, key));
      return;
    }
    if (!isMissingPermission(failure?.code)) return;
    const facts = { status: response.status, code: failure?.code, operation, credential: credential.kind };
    const missing = missingPermission(new StorageError('', facts)) ?? 'This credential may not do that here.';
    keep(connectionId, credential, { ...known, [key]: `Azure refused it. ${missing}` });
  },
};

/** `now` by the service's clock, whose word it is. */
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

/** A token can be replaced under the same credential, by one of somebody else. */
const whoseOf = (connectionId: string) => currentConnections().find(({ id }) => id === connectionId)?.holder?.who;

const isOperation = (name: string): name is OperationName => name in OPERATION_PERMISSIONS;

/** The queue in the address of a request; undefined for the account itself. */
function queueIn(url: Exchange['url'], { endpoint, secondaryEndpoint }: Connection): string | undefined {
  const base = [endpoint, secondaryEndpoint].find((one) => one !== undefined && url.startsWith(one));
  return base === undefined ? undefined : url.slice(base.length).split(/[/?]/)[1] || undefined;
}

function keep(connectionId: string, credential: Credential, refusals: Refusals) {
  store.setState({ [connectionId]: { credential, who: whoseOf(connectionId), refusals } });
  rightsChanged();
}

const without = (refusals: Refusals, key: string): Refusals =>
  Object.fromEntries(Object.entries(refusals).filter(([one]) => one !== key));

/** What the service has refused this credential so far: the operation, behind it the queue where it holds for that alone. */
export function useLearnedRefusals(connectionId: string): Refusals {
  store((state) => state[connectionId]);
  useConnection(connectionId);
  return refusalsOf(connectionId, connectionOf(connectionId)?.credential);
}

/** Forgets what was learned, so that the next try asks the service again. */
export function checkRightsAgain(connectionId: string) {
  store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);
  rightsChanged();
}
