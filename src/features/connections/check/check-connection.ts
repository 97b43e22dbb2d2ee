import { connect } from '@/azure/account';
import { missingPermission } from '@/azure/credentials/missing-permission';
import { type Diagnosis, diagnose } from '@/azure/diagnosis/diagnose';
import { type Verdict, type VerdictKind, verdict } from '@/azure/diagnosis/verdict-text';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Observe } from '@/azure/protocol/exchange';
import type { Account } from '@/azure/protocol/model';
import { recordExchange } from '@/state/activity/request-log';
import { findReach } from '@/state/connections/find-reach';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { nextRequestId } from '@/state/tab/request-ids';
import { signingTime, signsWithAzureTime } from '@/state/time/signing-time';

/** `works` once the account has answered a signed request. */
export type Check = Diagnosis & {
  works: boolean;
  /** The queue that was read in place of a list, which was refused. */
  readInstead?: string | undefined;
  /** Ms from this device's clock to the service's, once that is known. */
  clockSkew?: number | undefined;
};

export type CheckOptions = {
  /** Also asks for everything that the page needs, which shows what the CORS rules leave out. */
  thorough?: boolean | undefined;
  /** A queue to read where the list of all is refused. */
  queue?: string | undefined;
};

/**
 * Tries a connection with one signed request that changes nothing: List Queues or, for one queue, Get Queue Metadata. A list that
 * is refused is no failure where the queue that `options` name can be read. When the connection fails, a diagnosis finds out why.
 * Each value is all that is known so far.
 * @throws only what an abort throws
 */
export async function* checkConnection(
  connection: Connection,
  signal: AbortSignal,
  { thorough = false, queue }: CheckOptions = {},
): AsyncGenerator<Check, void> {
  yield { works: false, steps: [{ step: 'host', state: 'running', detail: 'Asking' }] };
  const start = performance.now();
  const tried = await tryOnce(connection, signal);
  signal.throwIfAborted();
  const instead =
    queue !== undefined && connection.queue === undefined && tried.error !== undefined
      ? await tryQueue(connection, queue, signal)
      : undefined;
  signal.throwIfAborted();
  const isRead = instead !== undefined && instead.error === undefined;
  const { clockSkew } = isRead ? instead : tried;
  const failure = isRead ? undefined : tried.error;
  const isAccepted = isAcceptedWithoutReading(connection, failure);
  const error = isAccepted ? undefined : failure;
  const fetch = fetchForConnection(connection);
  const network = { signal, fetch, reach: findReach };
  if (error) {
    // A request signed with the service's time does not depend on this device's clock.
    const options = { ...network, clockSkew: signsWithAzureTime(accountId(connection)) ? undefined : clockSkew };
    for await (const { steps, verdict: found } of diagnose(connection, error, options)) {
      const likeliest = found && (aboutTheList(connection, error, { queue, error: instead?.error }) ?? found);
      yield { works: false, clockSkew, steps, ...(likeliest && { verdict: likeliest }) };
    }
    return;
  }
  const detail = `Host answers in ${Math.round(performance.now() - start)} ms`;
  const accepted = {
    step: 'credential',
    state: 'ok',
    detail: isRead
      ? `Accepted for ${queue}, without the list of queues`
      : isAccepted
        ? 'Accepted, without read permission'
        : 'Accepted',
  } as const;
  const readInstead = isRead ? queue : undefined;
  if (thorough) {
    for await (const { steps, ...diagnosis } of diagnose(connection, undefined, network))
      yield { works: true, readInstead, ...diagnosis, steps: [...steps, accepted] };
    return;
  }
  yield {
    works: true,
    readInstead,
    steps: [
      { step: 'host', state: 'ok', detail },
      {
        step: 'browserAccess',
        state: 'ok',
        detail: connection.relay ? 'By the relay of this local server' : 'Replies can be read',
      },
      accepted,
    ],
  };
}

type Read = (account: Account, options: { signal: AbortSignal }) => Promise<unknown>;

/** Reads what the credential is for: the list of queues, or the one queue. */
const readWhatItIsFor =
  ({ queue }: Connection): Read =>
  (account, options) =>
    queue === undefined ? account.listQueues(options).next() : account.getQueueProperties(queue, options);

/** Reads one queue of an account: its properties, or with a role for messages alone its first message. */
async function tryQueue(connection: Connection, queue: string, signal: AbortSignal) {
  const properties = await tryOnce(connection, signal, (account, options) =>
    account.getQueueProperties(queue, options),
  );
  if (!isRefusedPermission(properties.error)) return properties;
  const peeked = await tryOnce(connection, signal, (account, options) =>
    account.peekMessages(queue, { ...options, count: 1 }),
  );
  return isRefusedPermission(peeked.error) ? properties : peeked;
}

/** Codes of a list that a valid credential may not read. */
const isRefusedPermission = (error: unknown): boolean =>
  error instanceof StorageError &&
  (error.code === 'AuthorizationPermissionMismatch' || error.code === 'AuthorizationResourceTypeMismatch');

/**
 * The verdict on a credential that is valid and may not list the queues, with what became of the queue that was tried in place of
 * the list; undefined for other failures.
 */
function aboutTheList(
  connection: Connection,
  error: unknown,
  tried: { queue: string | undefined; error: unknown },
): Verdict | undefined {
  if (connection.queue !== undefined || !isRefusedPermission(error)) return undefined;
  const about = (kind: VerdictKind, refusal: unknown) => {
    const reason = refusal instanceof StorageError ? (missingPermission(refusal) ?? refusal.message) : undefined;
    return verdict(kind, { connection, origin: location.origin, reason });
  };
  if (tried.queue === undefined) return about('mayNotList', error);
  const isMissing = tried.error instanceof StorageError && tried.error.code === 'QueueNotFound';
  return about(isMissing ? 'queueMissing' : 'queueRefused', tried.error);
}

/** Sends the request once: when it gets no answer, the diagnosis tells more than a retry. */
async function tryOnce(connection: Connection, signal: AbortSignal, read = readWhatItIsFor(connection)) {
  const unanswered = new AbortController();
  const id = accountId(connection);
  const record = recordExchange(id);
  const observe: Observe = (exchange) => {
    record(exchange);
    const { willRetry, response, failure } = exchange;
    if (willRetry && !response)
      unanswered.abort(new UnreachableError(failure?.message ?? '', { ambiguous: false, exchangeId: exchange.id }));
  };
  const fetch = fetchForConnection(connection);
  const account: Account = connect(connection, {
    observe,
    nextId: nextRequestId,
    fetch,
    signingTime: () => signingTime(id, account.clockSkew()),
  });
  try {
    const either = { signal: AbortSignal.any([signal, unanswered.signal]) };
    await read(account, either);
    return { error: undefined, clockSkew: account.clockSkew() };
  } catch (error) {
    return { error: unanswered.signal.aborted ? unanswered.signal.reason : error, clockSkew: account.clockSkew() };
  }
}

/**
 * True when a signature without read permission was accepted: Azure refuses the permission only after it diagnosis the
 * signature valid.
 */
const isAcceptedWithoutReading = ({ queue }: Connection, error: unknown): boolean =>
  queue !== undefined && isRefusedPermission(error);
