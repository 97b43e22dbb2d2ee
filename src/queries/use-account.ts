import { type ComponentType, createElement } from 'react';
import { connect } from '@/azure/account';
import type { Credential } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { recordedAccount } from '@/messages/recorded-account';
import { recordExchange } from '@/state/activity/request-log';
import { connectionOf, markUsed, useConnection } from '@/state/connections/connections';
import { secondaryFor } from '@/state/connections/secondary-reads';
import { noteReceive } from '@/state/leases/receives-in-flight';
import { records } from '@/state/messages/records';
import { assertAllowed, explainRefusal, recordDenials } from '@/state/permissions/permissions';
import { isSandbox, openSandbox } from '@/state/sandbox/sandbox';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { nextRequestId } from '@/state/tab/request-ids';
import { noteSkew, nowOf } from '@/state/time/connection-clocks';
import { signingTime } from '@/state/time/signing-time';

const accounts = new Map<string, { credential: Credential; relay: boolean; account: Account }>();

/** The account of a connection, the same object until its credential or its way changes; undefined when the connection is not known. */
export function accountFor(connectionId: string): Account | undefined {
  const connection = connectionOf(connectionId);
  if (!connection) return undefined;
  const { credential, relay = false } = connection;
  const known = accounts.get(connectionId);
  if (known?.credential === credential && known.relay === relay) return known.account;
  const fetch = fetchForConnection(connection);
  const log = recordExchange(connectionId);
  // A key may do everything: there is nothing to learn or to explain.
  const isKey = credential.kind === 'key';
  const learn = isKey ? undefined : recordDenials(connectionId);
  const account: Account = recorded(
    connect(connection, {
      observe: (exchange) => {
        log(exchange);
        learn?.(exchange);
        markUsed(connectionId);
        noteSkew(connectionId, account.clockSkew());
      },
      guard: (call) => assertAllowed(connectionId, call),
      secondary: () => secondaryFor(connectionId),
      now: () => nowOf(connectionId),
      nextId: nextRequestId,
      explain: isKey ? undefined : explainRefusal,
      ...(fetch && { fetch }),
      signingTime: async () => {
        // Its clock may have been moved before: requests of a sandbox that is not open yet wait for it. That it cannot be
        // opened is said by its `fetch`.
        if (isSandbox(connection)) await openSandbox().catch(() => {});
        return signingTime(connectionId, account.clockSkew());
      },
    }),
  );
  accounts.set(connectionId, { credential, relay, account });
  return account;
}

/**
 * The same account, whose every answer about messages changes the records. Its receives are written down while they are
 * under way: a reload in the middle can then say so.
 */
const recorded = (account: Account): Account => recordedAccount(noted(account), records, () => nowOf(account.id));

const noted = (account: Account): Account => ({
  ...account,
  async receiveMessages(queue, options = {}) {
    const { count = 1, visibilityTimeout = 30 } = options;
    const until = nowOf(account.id) + visibilityTimeout * 1000;
    const ended = noteReceive({ connectionId: account.id, queue, messages: count, until });
    try {
      return await account.receiveMessages(queue, options);
    } finally {
      ended();
    }
  },
});

/** The account of a connection, for components. */
export function useAccount(connectionId: string | undefined): Account | undefined {
  const connection = useConnection(connectionId);
  return connection && accountFor(connection.id);
}

/** A component of an account as one of a connection: it draws nothing while the connection is not known. */
export const withAccount = <Props extends { account: Account }>(Drawn: ComponentType<Props>) =>
  function WithAccount({ connectionId, ...props }: Omit<Props, 'account'> & { connectionId: string }) {
    const account = useAccount(connectionId);
    return account && createElement(Drawn, { ...props, account } as unknown as Props);
  };
