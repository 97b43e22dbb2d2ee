import type { QueryClient } from '@tanstack/react-query';
import { currentConnections } from '@/state/connections/connections';
import { currentRoute } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { preferences } from '@/state/settings/preferences';
import { isReachable } from '@/state/start/fetch-for-connection';
import { peekedMessages } from './messages';
import { queueList, queueProperties } from './queues';
import { accountFor } from './use-account';

const toldLater = () => undefined;

/**
 * Asks the service what the first screen of the address will ask, before that screen has run: its messages, its queues. A failure is
 * told by the screen, which asks again. Needs the connections.
 */
export function askFirst(client: QueryClient): void {
  const route = currentRoute();
  if (route && route.screen !== 'explorer') return;
  const connection = currentConnections().find(({ id }) => !route || id === route.connectionId);
  if (!connection || connection.locked || isSandbox(connection) || !isReachable(connection)) return;
  const account = accountFor(connection.id);
  if (!account) return;
  if (route?.queue !== undefined) {
    client.fetchQuery(peekedMessages(account, route.queue, preferences().peekCount)).catch(toldLater);
    client.fetchQuery(queueProperties(account, route.queue)).catch(toldLater);
  }
  client.fetchQuery(queueList(account)).catch(toldLater);
}
