import { EMULATOR } from '@/azure/protocol/emulator';
import { accountAndQueue } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { isSandbox } from '@/state/sandbox/sandbox';

type Named = Pick<StoredConnection, 'account' | 'endpoint' | 'local' | 'queue' | 'environment' | 'relay'>;

/** The name of a connection: the account's, and for an emulator its address, since all share one name. */
export function connectionName(connection: Named) {
  const { account, endpoint, local, queue } = connection;
  if (isSandbox({ endpoint })) return 'Sandbox';
  if (!local) return accountAndQueue(connection);
  const place = `${account === EMULATOR.account ? 'Azurite' : account} on ${new URL(endpoint).host}`;
  return queue === undefined ? place : `${queue} of ${place}`;
}

/** The name where the address or the environment stands beside it. */
export const shownName = (connection: Named): string =>
  isSandbox(connection) ? connectionName(connection) : accountAndQueue(connection);

/** The name with the environment, for controls that show neither: "Azurite on 127.0.0.1:10001, local". */
export function connectionLabel(connection: Named) {
  const name = connectionName(connection);
  const environment = environmentOf(connection.environment);
  if (environment) return `${name}, ${environment.spoken}`;
  if (isSandbox(connection)) return `${name}, in this browser`;
  return [name, connection.local && 'local', connection.relay && 'by relay'].filter(Boolean).join(', ');
}
