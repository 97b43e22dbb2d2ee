import type { Connection } from '@/azure/protocol/connection';
import { relayFetch } from '@/azure/relay/relay-fetch';
import type { StoredConnection } from '../connections/connections';
import { isSandbox, sandboxFetch } from '../sandbox/sandbox';
import { mayReach, pageFetch } from '../tab/page-policy';

let lane: typeof globalThis.fetch | undefined;
let isLoading = false;

/**
 * The way through the server of this page, one for all connections. Until the part with the lane is there, and where it does not
 * arrive, requests go one by one.
 */
const throughServer: typeof globalThis.fetch = (input, init) => {
  if (!lane && !isLoading) void loadLane();
  return (lane ?? relayFetch(location.origin))(input, init);
};

/** Loads it with the first request, and after a failure with the next one. */
async function loadLane(): Promise<void> {
  isLoading = true;
  try {
    const { laneFetch } = await import('@/azure/relay/lane-fetch');
    lane = laneFetch(location.origin);
  } catch {
    // The next request asks for it again.
  }
  isLoading = false;
}

/** The `fetch` of the sandbox, of the relay, or of this page, which knows what its content policy allows. */
export function fetchForConnection(connection: Pick<Connection, 'endpoint' | 'relay'>): typeof globalThis.fetch {
  if (isSandbox(connection)) return sandboxFetch;
  return connection.relay ? throughServer : pageFetch;
}

/** True when requests to the connection are not kept back by the content policy of this page. */
export const isReachable = ({ endpoint, relay }: Pick<StoredConnection, 'endpoint' | 'relay'>): boolean =>
  isSandbox({ endpoint }) || relay === true || mayReach(endpoint);
