import { connect } from '@/azure/account';
import { type Diagnosis, diagnose } from '@/azure/diagnosis/diagnose';
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
  /** Ms from this device's clock to the service's, once that is known. */
  clockSkew?: number | undefined;
};

/**
 * Tries a connection with one signed request that changes nothing: List Queues or, for one queue, Get Queue Metadata. When
 * it fails, a diagnosis finds out why. Each value is all that is known so far. A `thorough` check also asks for everything
 * that the page needs, which shows what the CORS rules leave out.
 * @throws only what an abort throws
 */
export async function* checkConnection(
  connection: Connection,
  signal: AbortSignal,
  thorough = false,
): AsyncGenerator<Check, void> {
  yield { works: false, steps: [{ step: 'host', state: 'running', detail: 'Asking' }] };
  const start = performance.now();
  const { error: failure, clockSkew } = await tryOnce(connection, signal);
  signal.throwIfAborted();
  const isAccepted = isAcceptedWithoutReading(connection, failure);
  const error = isAccepted ? undefined : failure;
  const fetch = fetchForConnection(connection);
  const network = { signal, fetch, reach: findReach };
  if (error) {
    // A request signed with the service's time does not depend on this device's clock.
    const options = { ...network, clockSkew: signsWithAzureTime(accountId(connection)) ? undefined : clockSkew };
    for await (const diagnosis of diagnose(connection, error, options)) yield { works: false, clockSkew, ...diagnosis };
    return;
  }
  const detail = `Host answers in ${Math.round(performance.now() - start)} ms`;
  const accepted = {
    step: 'credential',
    state: 'ok',
    detail: isAccepted ? 'Accepted, without read permission' : 'Accepted',
  } as const;
  if (thorough) {
    for await (const { steps, ...diagnosis } of diagnose(connection, undefined, network))
      yield { works: true, ...diagnosis, steps: [...steps, accepted] };
    return;
  }
  yield {
    works: true,
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

/** Sends the request once: when it gets no answer, the diagnosis tells more than a retry. */
async function tryOnce(connection: Connection, signal: AbortSignal) {
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
    if (connection.queue === undefined) await account.listQueues(either).next();
    else await account.getQueueProperties(connection.queue, either);
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
  queue !== undefined &&
  error instanceof StorageError &&
  (error.code === 'AuthorizationPermissionMismatch' || error.code === 'AuthorizationResourceTypeMismatch');
