import type { StoredConnection } from '@/state/connections';

/** What a person calls a connection: the account's name, and for an emulator its port, since all share one name. */
export function connectionName({ account, endpoint, local }: Pick<StoredConnection, 'account' | 'endpoint' | 'local'>) {
  return local ? `${account}, port ${new URL(endpoint).port || '80'}` : account;
}
