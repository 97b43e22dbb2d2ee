import { type Account, connect } from '@/azure/account';
import type { Credential } from '@/azure/connection';
import { carrierOf } from '@/state/carrier';
import { nowOf } from '@/state/clocks';
import { connectionOf, useConnection } from '@/state/connections';
import { recordExchange } from '@/state/exchanges';
import { signingTime } from '@/state/signing-time';

const accounts = new Map<string, { credential: Credential; relay: boolean; account: Account }>();

/** The account of a connection, the same object until its credential or its way changes; undefined when the connection is not known. */
export function accountFor(connectionId: string): Account | undefined {
  const connection = connectionOf(connectionId);
  if (!connection) return undefined;
  const { credential, relay = false } = connection;
  const known = accounts.get(connectionId);
  if (known?.credential === credential && known.relay === relay) return known.account;
  const fetch = carrierOf(connection);
  const account: Account = connect(connection, {
    observe: recordExchange(connectionId),
    now: () => nowOf(connectionId),
    ...(fetch && { fetch }),
    signingTime: () => signingTime(connectionId, account.clockSkew()),
  });
  accounts.set(connectionId, { credential, relay, account });
  return account;
}

/** The account of a connection, for components. */
export function useAccount(connectionId: string | undefined): Account | undefined {
  const connection = useConnection(connectionId);
  return connection && accountFor(connection.id);
}
