import { EMULATOR } from '@/azure/emulator';
import type { StoredConnection } from '@/state/connections';
import { isSandbox } from '@/state/sandbox';

type Named = Pick<StoredConnection, 'account' | 'endpoint' | 'local' | 'relay'>;

/** What a person calls a connection: the account's name, and for an emulator its place, since all share one name. */
export function connectionName({ account, endpoint, local }: Named) {
  if (isSandbox({ endpoint })) return 'Sandbox';
  if (!local) return account;
  return `${account === EMULATOR.account ? 'Azurite' : account} on ${new URL(endpoint).host}`;
}

/** The name with the environment, for controls that show neither: "Azurite on 127.0.0.1:10001, local". */
export function connectionLabel(connection: Named) {
  const name = connectionName(connection);
  if (isSandbox(connection)) return `${name}, in this browser`;
  return [name, connection.local && 'local', connection.relay && 'by relay'].filter(Boolean).join(', ');
}
