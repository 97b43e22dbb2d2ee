import { connect } from '@/azure/account';
import { type Diagnosis, diagnose } from '@/azure/diagnosis/diagnose';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Observe } from '@/azure/protocol/exchange';
import type { Account } from '@/azure/protocol/model';
import { recordExchange } from '@/state/activity/request-log';
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
 * Tries a connection with one real, signed request that changes nothing, List Queues or, for one queue, Get Queue
 * Metadata, and when that fails finds out why; each value is all that is known so far. Its requests are in the wire log
 * like all others. Throws only what an abort throws. A `thorough` one then asks for all that the page may want, which
 * tells what the CORS rules leave out.
 */
export async function* checkConnection(
  connection: Connection,
  signal: AbortSignal,
  thorough = false,
): AsyncGenerator<Check, void> {
  yield { works: false, steps: [{ step: 'host', label: 'Host', state: 'running', detail: 'Asking' }] };
  const start = performance.now();
  const { error: failure, clockSkew } = await tryOnce(connection, signal);
  signal.throwIfAborted();
  const isBlind = isAcceptedWithoutReading(connection, failure);
  const error = isBlind ? undefined : failure;
  const fetch = fetchForConnection(connection);
  const carried = { signal, ...(fetch && { fetch }) };
  if (error) {
    // Signed with the service's time, this device's clock is not to blame.
    const told = { ...carried, clockSkew: signsWithAzureTime(accountId(connection)) ? undefined : clockSkew };
    for await (const found of diagnose(connection, error, told)) yield { works: false, clockSkew, ...found };
    return;
  }
  const detail = `Host answers in ${Math.round(performance.now() - start)} ms`;
  const accepted = {
    step: 'credential',
    label: 'Credential',
    state: 'ok',
    detail: isBlind ? 'Accepted, without the right to read' : 'Accepted',
  } as const;
  if (thorough) {
    for await (const { steps, ...found } of diagnose(connection, undefined, carried))
      yield { works: true, ...found, steps: [...steps, accepted] };
    return;
  }
  yield {
    works: true,
    steps: [
      { step: 'host', label: 'Host', state: 'ok', detail },
      {
        step: 'browserAccess',
        label: 'Browser access',
        state: 'ok',
        detail: connection.relay ? 'By the relay of this local server' : 'Replies can be read',
      },
      accepted,
    ],
  };
}

/** Gives up when the first attempt gets no answer: a person waits, and the diagnosis tells more than a repetition. */
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
    ...(fetch && { fetch }),
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
 * A signature may allow adding or receiving alone. Nothing harmless can be tried then, and this refusal
 * comes only after the signature itself was found right.
 */
const isAcceptedWithoutReading = ({ queue }: Connection, error: unknown): boolean =>
  queue !== undefined &&
  error instanceof StorageError &&
  (error.code === 'AuthorizationPermissionMismatch' || error.code === 'AuthorizationResourceTypeMismatch');
