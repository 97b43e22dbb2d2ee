import { type Account, connect } from '@/azure/account';
import type { Credential } from '@/azure/connection';
import { nowOf } from '@/state/clocks';
import { connectionOf, useConnection } from '@/state/connections';
import { recordExchange } from '@/state/exchanges';
import { isSandbox, openSandbox, sandboxFetch } from '@/state/sandbox';
import { signingTime } from '@/state/signing-time';

const accounts = new Map<string, { credential: Credential; account: Account }>();

/** The account of a connection, the same object until its credential changes; undefined when the connection is not known. */
export function accountFor(connectionId: string): Account | undefined {
  const connection = connectionOf(connectionId);
  if (!connection) return undefined;
  const known = accounts.get(connectionId);
  if (known?.credential === connection.credential) return known.account;
  const account: Account = connect(connection, {
    observe: recordExchange(connectionId),
    now: () => nowOf(connectionId),
    ...(isSandbox(connection) && { fetch: sandboxFetch }),
    signingTime: async () => {
      // Its clock may have been moved before: requests of a sandbox that is not open yet wait for it. That it cannot be
      // opened is said by its `fetch`.
      if (isSandbox(connection)) await openSandbox().catch(() => {});
      return signingTime(connectionId, account.clockSkew());
    },
  });
  accounts.set(connectionId, { credential: connection.credential, account });
  return account;
}

/** The account of a connection, for components. */
export function useAccount(connectionId: string | undefined): Account | undefined {
  const connection = useConnection(connectionId);
  return connection && accountFor(connection.id);
}
