import type { Connection } from '@/azure/protocol/connection';
import { relayFetch } from '@/azure/wire/relay-fetch';
import type { StoredConnection } from '../connections/connections';
import { isSandbox, sandboxFetch } from '../sandbox/sandbox';
import { mayReach, pageFetch } from '../tab/page-policy';

/** The `fetch` of the sandbox, of the relay, or of this page, which knows what its content policy allows. */
export function fetchForConnection(connection: Pick<Connection, 'endpoint' | 'relay'>): typeof globalThis.fetch {
  if (isSandbox(connection)) return sandboxFetch;
  return connection.relay ? relayFetch(location.origin) : pageFetch;
}

/** True when requests to the connection are not kept back by the content policy of this page. */
export const isReachable = ({ endpoint, relay }: Pick<StoredConnection, 'endpoint' | 'relay'>): boolean =>
  isSandbox({ endpoint }) || relay === true || mayReach(endpoint);
