import { useMemo } from 'react';
import { create } from 'zustand';
import type { Connection, Credential } from '@/azure/connection';
import { ReadOnlyError, StorageError } from '@/azure/errors';
import type { Observe } from '@/azure/exchange';
import { isLackOfRights, missingRight } from '@/azure/missing-right';
import { OPERATION_RIGHTS, type OperationName, rightsFor } from '@/azure/operation-rights';
import { type SasVerdict, sasAllows } from '@/azure/sas-reader';
import { readSasToken } from '@/azure/sas-token';
import { connectionOf, useConnection } from './connections';
import { isReadOnly, useIsReadOnly } from './read-only';

/**
 * What a connection may do, asked in one place: by what the person said (read-only), by where it leads, by what the
 * credential says of itself, and by what the service has refused before.
 */
export type Verdict = SasVerdict;

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

/** By operation, or operation and queue: why the service said no. Of one credential: another one begins anew. */
type Learned = { credential: Credential; refusals: Readonly<Record<string, string>> };

const store = create<{ learned: Readonly<Record<string, Learned>> }>(() => ({ learned: {} }));

const ALLOWED: Verdict = { allowed: true };

/** Whether an operation may be done on a connection, in a queue; `unknown` when only trying it can tell. */
export function mayDo(connectionId: string, operation: OperationName, queue?: string): Verdict {
  const { changes } = rightsFor(operation);
  if (changes && isReadOnly(connectionId)) return { allowed: false, reason: readOnlyReason(operation) };
  const connection = connectionOf(connectionId);
  if (!connection) return { allowed: 'unknown' };
  const { credential } = connection;
  const said = bySecondary(connection, changes) ?? byCredential(connection, operation);
  if (said.allowed === false) return said;
  const refused = refusalOf(connectionId, credential, operation, queue);
  return refused === undefined ? said : { allowed: false, reason: refused };
}

const readOnlyReason = (operation: OperationName) =>
  operation === 'Get Messages'
    ? 'Read-only: receiving would hide messages and raise their dequeue counts'
    : 'Read-only: allow changes to this connection first';

/** The secondary of a geo-redundant account takes no writes. Its host is the account's with `-secondary` behind it. */
function bySecondary({ account, endpoint }: Connection, changes: boolean): Verdict | undefined {
  const isSecondary = new URL(endpoint).hostname.startsWith(`${account}-secondary.`);
  return isSecondary && changes ? { allowed: false, reason: 'The secondary endpoint is for reading only' } : undefined;
}

function byCredential({ credential, endpoint }: Connection, operation: OperationName): Verdict {
  const isPlain = endpoint.startsWith('http:');
  switch (credential.kind) {
    case 'key':
      return ALLOWED;
    case 'token':
      if (isPlain) return { allowed: false, reason: 'Azure takes access tokens over https only' };
      return { allowed: 'unknown', reason: 'The roles of the sign-in decide, and a token does not tell them.' };
    case 'sas': {
      const { fields } = readSasToken(credential.token);
      if (isPlain && fields['spr'] === 'https')
        return { allowed: false, reason: 'This SAS is for https only (spr), and the endpoint is http' };
      return sasAllows(fields, operation, Date.now());
    }
  }
}

function refusalOf(connectionId: string, credential: Credential, operation: OperationName, queue: string | undefined) {
  const learned = store.getState().learned[connectionId];
  if (learned?.credential !== credential) return undefined;
  return learned.refusals[operation] ?? (queue === undefined ? undefined : learned.refusals[`${operation} ${queue}`]);
}

/** Why a verb cannot be done, in words for a tooltip; undefined when it can, or when only trying it can tell. */
export function whyNot(connectionId: string, verb: Verb, queue?: string): string | undefined {
  for (const operation of VERBS[verb]) {
    const { allowed, reason } = mayDo(connectionId, operation, queue);
    if (allowed === false) return reason;
  }
  return undefined;
}

/** `whyNot` for components: asks again when the connection, its read-only mode or what was learned changes. */
export function useWhyNot(connectionId: string, queue?: string): (verb: Verb) => string | undefined {
  const connection = useConnection(connectionId);
  const readOnly = useIsReadOnly(connectionId);
  const learned = store((state) => state.learned[connectionId]);
  return useMemo(
    () => (verb: Verb) => whyNot(connectionId, verb, queue),
    // oxlint-disable-next-line react/exhaustive-deps -- What the answer is read from, though not by name.
    [connectionId, queue, connection, readOnly, learned],
  );
}

/** Throws before anything is sent, for `Wire.guard`: whatever the page shows, no change leaves a read-only connection. */
export function refuseReadOnly(connectionId: string, { operation }: { operation: OperationName }) {
  if (rightsFor(operation).changes && isReadOnly(connectionId)) throw new ReadOnlyError(operation);
}

const isOperation = (name: string): name is OperationName => name in OPERATION_RIGHTS;

/**
 * Learns from what the service answers: a refusal for want of a right holds until the same is allowed once, the
 * credential changes, or a person has it checked again. Roles may be given for one queue, so of tokens it holds for that.
 */
export function learnRights(connectionId: string): Observe {
  return ({ operation, url, response, failure }) => {
    const connection = connectionOf(connectionId);
    if (!response || !connection || !isOperation(operation)) return;
    const { credential } = connection;
    const known = store.getState().learned[connectionId];
    const refusals = known?.credential === credential ? known.refusals : {};
    const queue = credential.kind === 'token' ? queueIn(url, connection) : undefined;
    const key = queue === undefined ? operation : `${operation} ${queue}`;
    if (response.status < 400) {
      if (key in refusals) keep(connectionId, credential, without(refusals, key));
      return;
    }
    if (!isLackOfRights(failure?.code)) return;
    const facts = { status: response.status, code: failure?.code, operation, credential: credential.kind };
    const missing = missingRight(new StorageError(failure?.message ?? '', facts));
    keep(connectionId, credential, {
      ...refusals,
      [key]: `Azure refused it. ${missing ?? 'This credential may not.'}`,
    });
  };
}

/** The queue in the address of a request; undefined for the account itself. */
function queueIn(url: string, { endpoint, secondaryEndpoint }: Connection): string | undefined {
  const base = [endpoint, secondaryEndpoint].find((one) => one !== undefined && url.startsWith(one));
  return base === undefined ? undefined : url.slice(base.length).split(/[/?]/)[1] || undefined;
}

const keep = (connectionId: string, credential: Credential, refusals: Learned['refusals']) =>
  store.setState(({ learned }) => ({ learned: { ...learned, [connectionId]: { credential, refusals } } }));

const without = (refusals: Learned['refusals'], key: string) =>
  Object.fromEntries(Object.entries(refusals).filter(([one]) => one !== key));

/** What the service has refused this credential so far: operation, with its queue where it holds for that alone, and why. */
export function useLearnedRefusals(connectionId: string): Learned['refusals'] {
  const learned = store((state) => state.learned[connectionId]);
  const connection = useConnection(connectionId);
  return connection && learned?.credential === connectionOf(connectionId)?.credential ? (learned?.refusals ?? {}) : {};
}

/** Forgets what was learned, so that the next try asks the service again. */
export const checkRightsAgain = (connectionId: string) =>
  store.setState(({ learned }) => ({
    learned: Object.fromEntries(Object.entries(learned).filter(([id]) => id !== connectionId)),
  }));
