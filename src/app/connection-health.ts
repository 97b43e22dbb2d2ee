import type { NetworkLoss } from '@/azure/protocol/errors';
import type { LoggedExchange } from '@/state/activity/request-log';
import type { StoredConnection } from '@/state/connections/connections';
import { isSandbox } from '@/state/sandbox/sandbox';
import { clockTime } from '@/words/times';

type Health = { tone: 'neutral' | 'accent' | 'danger'; words: string };

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

/** The health of a connection by what is missing on the way to it, and else by its newest finished exchange. An error status other than 401 and 403 counts as an answer. */
export function connectionHealth(
  connection: StoredConnection,
  exchanges: readonly LoggedExchange[],
  loss?: NetworkLoss,
): Health {
  if (connection.locked) return { tone: 'neutral', words: 'Locked' };
  if (loss !== undefined)
    return { tone: 'danger', words: loss === 'server' ? 'The local server does not answer' : 'No network' };
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
  if (isSandbox(connection)) return { tone: 'accent', words: 'Connected to the sandbox in this tab' };
  const way = connection.relay ? ', by relay' : '';
  return { tone: 'accent', words: `Connected with ${WITH[connection.kind]}${way}` };
}
