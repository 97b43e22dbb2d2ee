import type { StoredConnection } from './connections';

/** What a connection shows for itself to Azure, in words that stand in a sentence: `account key`. */
export function secretText({ kind, signIn }: Pick<StoredConnection, 'kind' | 'signIn'>): string {
  // Of a sign-in there is no token to keep.
  return signIn ? 'Microsoft sign-in' : SECRETS[kind];
}

const SECRETS: Record<StoredConnection['kind'], string> = {
  key: 'account key',
  sas: 'shared access signature',
  token: 'access token',
};

/** `harborlane`, and `harborlane/orders` when it is for that queue alone. */
export const accountAndQueue = ({ account, queue }: Pick<StoredConnection, 'account' | 'queue'>): string =>
  queue === undefined ? account : `${account}/${queue}`;
