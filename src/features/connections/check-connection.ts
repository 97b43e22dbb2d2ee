import { connect } from '@/azure/account';
import { accountId, type Connection } from '@/azure/connection';
import { type Diagnosis, diagnose } from '@/azure/diagnosis';
import { recordExchange } from '@/state/exchanges';

/** `works` once the account has answered a signed request. */
export type Check = Diagnosis & { works: boolean };

/**
 * Tries a connection with one real, signed request, List Queues, and when that fails finds out why; each value is all
 * that is known so far. Its requests are in the wire log like all others. Throws only what an abort throws.
 */
export async function* checkConnection(connection: Connection, signal: AbortSignal): AsyncGenerator<Check, void> {
  yield { works: false, steps: [{ step: 'host', label: 'Host', state: 'running', detail: 'Asking' }] };
  const account = connect(connection, { observe: recordExchange(accountId(connection)) });
  const start = performance.now();
  try {
    await account.listQueues({ signal }).next();
  } catch (error) {
    signal.throwIfAborted();
    const clockSkew = account.clockSkew();
    for await (const diagnosis of diagnose(connection, error, { clockSkew, signal }))
      yield { works: false, ...diagnosis };
    return;
  }
  const detail = `Host answers in ${Math.round(performance.now() - start)} ms`;
  yield {
    works: true,
    steps: [
      { step: 'host', label: 'Host', state: 'ok', detail },
      { step: 'browserAccess', label: 'Browser access', state: 'ok', detail: 'Replies can be read' },
      { step: 'credential', label: 'Credential', state: 'ok', detail: 'Accepted' },
    ],
  };
}
