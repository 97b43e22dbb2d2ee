import { type ComponentType, createElement } from 'react';
import { connect } from '@/azure/account';
import type { Credential } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { type ReceiveOptions, recordedAccount } from '@/messages/recorded-account';
import { followNetwork, networkOf } from '@/state/activity/network';
import { recordExchange } from '@/state/activity/request-log';
import { connectionOf, markUsed, useConnection } from '@/state/connections/connections';
import { secondaryFor } from '@/state/connections/secondary-reads';
import { noteReceive } from '@/state/leases/running-receives';
import { records } from '@/state/messages/records';
import { assertAllowed, explainRefusal, recordDenials } from '@/state/permissions/permissions';
import { isSandbox, openSandbox } from '@/state/sandbox/sandbox';
import { fetchForConnection } from '@/state/start/fetch-for-connection';
import { costsPreflights } from '@/state/start/preflights';
import { nextRequestId } from '@/state/tab/request-ids';
import { noteSkew, nowOf } from '@/state/time/connection-clocks';
import { signingTime } from '@/state/time/signing-time';

const accounts = new Map<string, { credential: Credential; relay: boolean; account: Account }>();

/** The account client of a connection, the same object until its credential or relay changes; undefined for an unknown connection. */
export function accountFor(connectionId: string): Account | undefined {
  const connection = connectionOf(connectionId);
  if (!connection) return undefined;
  const { credential, relay = false } = connection;
  const cached = accounts.get(connectionId);
  if (cached?.credential === credential && cached.relay === relay) return cached.account;
  const fetch = fetchForConnection(connection);
  if (!isSandbox(connection)) followNetwork(connectionId, { endpoint: connection.endpoint, relay, fetch });
  const log = recordExchange(connectionId);
  // A key allows everything, so no refusal needs recording.
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
      network: () => networkOf(connectionId),
      hasPreflights: costsPreflights(connection, location.origin),
      now: () => nowOf(connectionId),
      nextId: nextRequestId,
      explain: explainRefusal(connection),
      fetch,
      signingTime: async () => {
        // Requests to the sandbox wait for its clock. When it cannot be opened, its `fetch` throws.
        if (isSandbox(connection)) await openSandbox().catch(() => {});
        return signingTime(connectionId, account.clockSkew());
      },
    }),
  );
  accounts.set(connectionId, { credential, relay, account });
  return account;
}

/**
 * Wraps an account so that its responses change the records, and running receives are stored, so that a reload can report an
 * interrupted one.
 */
const recorded = (account: Account): Account =>
  recordedAccount(withStoredReceives(account), records, () => nowOf(account.id));

const withStoredReceives = (account: Account): Account => ({
  ...account,
  async receiveMessages(queue, options = {}) {
    const { count = 1, visibilityTimeout = 30, isJournaled } = options as ReceiveOptions;
    // The journal of its job tells it, also when the whole browser is killed.
    if (isJournaled) return account.receiveMessages(queue, options);
    const until = nowOf(account.id) + visibilityTimeout * 1000;
    const ended = noteReceive({ connectionId: account.id, queue, messages: count, until });
    try {
      return await account.receiveMessages(queue, options);
    } finally {
      ended();
    }
  },
});

/** `accountFor` for components. */
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
