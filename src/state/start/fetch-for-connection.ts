import type { Connection } from '@/azure/protocol/connection';
import { relayFetch } from '@/azure/wire/relay-fetch';
import { isSandbox, sandboxFetch } from '../sandbox/sandbox';

/** What carries a connection's requests in place of the network, if anything does: the sandbox, or the relay. */
export function fetchForConnection(
  connection: Pick<Connection, 'endpoint' | 'relay'>,
): typeof globalThis.fetch | undefined {
  if (isSandbox(connection)) return sandboxFetch;
  return connection.relay ? relayFetch(location.origin) : undefined;
}
