import type { StoredConnection } from './connections';

/** Names the credential of a connection within a sentence: `account key`. */
export function secretText({ kind, signIn }: Pick<StoredConnection, 'kind' | 'signIn'>): string {
  // The tokens of a sign-in are not stored.
  return signIn ? 'Microsoft sign-in' : SECRETS[kind];
}

const SECRETS: Record<StoredConnection['kind'], string> = {
  key: 'account key',
  sas: 'shared access signature',
  token: 'access token',
};

/** `harborlane`, `harborlane/orders` when it is for that queue alone, and `harborlane (2)` for a second one beside it. */
export const accountAndQueue = ({
  account,
  queue,
  beside,
}: Pick<StoredConnection, 'account' | 'queue' | 'beside'>): string =>
  `${queue === undefined ? account : `${account}/${queue}`}${beside === undefined ? '' : ` (${beside})`}`;
