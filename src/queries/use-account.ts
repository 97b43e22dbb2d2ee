import { type Account, connect } from '@/azure/account';
import { currentConnections, type StoredConnection, secretOf, useConnection } from '@/state/connections';
import { recordExchange } from '@/state/exchanges';
import type { Secret } from '@/state/vault';

const accounts = new Map<string, { secret: Secret; account: Account }>();

/** The account of a connection, the same object until its key changes; undefined when the connection is not known. */
export function accountFor(connectionId: string): Account | undefined {
  const connection = currentConnections().find(({ id }) => id === connectionId);
  return connection && accountOf(connection);
}

/** The account of a connection, for components. */
export function useAccount(connectionId: string | undefined): Account | undefined {
  const connection = useConnection(connectionId);
  return connection && accountOf(connection);
}

function accountOf({ id, account: name, endpoint, secondaryEndpoint }: StoredConnection): Account | undefined {
  const secret = secretOf(id);
  if (!secret) return undefined;
  const known = accounts.get(id);
  if (known?.secret === secret) return known.account;
  const connection = { account: name, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), credential: secret };
  const account = connect(connection, { observe: recordExchange(id) });
  accounts.set(id, { secret, account });
  return account;
}
