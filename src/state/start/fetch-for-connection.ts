import type { Connection } from '@/azure/protocol/connection';
import { relayFetch } from '@/azure/wire/relay-fetch';
import { isSandbox, sandboxFetch } from '../sandbox/sandbox';

/** The `fetch` of the sandbox or the relay; undefined for other connections. */
export function fetchForConnection(
  connection: Pick<Connection, 'endpoint' | 'relay'>,
): typeof globalThis.fetch | undefined {
  if (isSandbox(connection)) return sandboxFetch;
  return connection.relay ? relayFetch(location.origin) : undefined;
}
