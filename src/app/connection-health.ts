import type { NetworkLoss } from '@/azure/protocol/errors';
import { useNetworkLoss } from '@/state/activity/network';
import { type LoggedExchange, useExchanges } from '@/state/activity/request-log';
import type { StoredConnection } from '@/state/connections/connections';
import { isSandbox } from '@/state/sandbox/sandbox';
import { useIsTokenMissing } from '@/state/sign-in/token-prompts';
import { clockTime } from '@/words/times';

/** `accent`: it answers; `neutral`: it was not asked yet, or cannot be; else something is wrong. */
type Health = { tone: 'neutral' | 'accent' | 'warn' | 'danger'; words: string };

/** What keeps requests of a connection from being sent. */
type Missing = { loss?: NetworkLoss | undefined; isTokenMissing?: boolean };

const WITH: Record<StoredConnection['kind'], string> = {
  key: 'Shared Key',
  sas: 'a shared access signature',
  token: 'Microsoft Entra ID',
};

/** Sent to the secondary endpoint, which most accounts do not have. */
const OF_SECONDARY = 'Get Queue Service Stats';

/** True for a refused list where queues are opened by name: what is told of them counts. */
const isListAlone = ({ openedQueues }: StoredConnection, { operation, response }: LoggedExchange): boolean =>
  operation === 'List Queues' && response?.status === 403 && Boolean(openedQueues?.length);

/**
 * The health of a connection by what its requests miss, and else by its newest finished exchange. An error status other than
 * 401, 403 and 503 counts as an answer.
 */
export function connectionHealth(
  connection: StoredConnection,
  exchanges: readonly LoggedExchange[],
  { loss, isTokenMissing = false }: Missing = {},
): Health {
  if (connection.locked) return { tone: 'neutral', words: 'Locked' };
  if (loss !== undefined)
    return { tone: 'danger', words: loss === 'server' ? 'The local server does not answer' : 'No network' };
  if (isTokenMissing) return { tone: 'danger', words: connection.signIn ? 'Signed out' : 'No access token' };
  const newest = exchanges.find(
    (exchange) =>
      exchange.connectionId === connection.id &&
      exchange.operation !== OF_SECONDARY &&
      !isListAlone(connection, exchange) &&
      (exchange.response || (exchange.failure && exchange.failure.message !== 'Cancelled')),
  );
  if (!newest) return { tone: 'neutral', words: 'Not asked yet' };
  const { response, failure, startedAt } = newest;
  if (!response) return { tone: 'danger', words: `No readable answer since ${clockTime(startedAt)}` };
  if (response.status === 401 || response.status === 403)
    return { tone: 'danger', words: `Refused: ${failure?.code ?? response.status}` };
  if (response.status === 503) return { tone: 'warn', words: `Service busy: ${failure?.code ?? 503}` };
  if (isSandbox(connection)) return { tone: 'accent', words: 'Connected to the sandbox in this tab' };
  const way = connection.relay ? ', by relay' : '';
  return { tone: 'accent', words: `Connected with ${WITH[connection.kind]}${way}` };
}

/** `connectionHealth` for components. */
export function useConnectionHealth(connection: StoredConnection): Health {
  const loss = useNetworkLoss(connection.id);
  const isTokenMissing = useIsTokenMissing(connection.id);
  return connectionHealth(connection, useExchanges(), { loss, isTokenMissing });
}
