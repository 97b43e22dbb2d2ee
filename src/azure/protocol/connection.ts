/** A credential in the form that the transport uses; never a printable account key. */
export type Credential =
  /** Shared Key: a non-extractable HMAC-SHA256 key, imported once. */
  | { kind: 'key'; key: CryptoKey }
  /** A shared access signature, without the leading `?`. It travels in the query string. */
  | { kind: 'sas'; token: string }
  /** Microsoft Entra ID: `getToken` is called before each request. */
  | {
      kind: 'token';
      /** @throws TokenNeededError when there is no token and the person supplies none. */
      getToken: (signal?: AbortSignal) => Promise<string>;
      /**
       * Replaces a token that the service refused, which may prompt a person. Absent where nobody can be prompted.
       * @throws TokenNeededError when there is no other token.
       */
      renewToken?: (refused: string, signal?: AbortSignal) => Promise<string>;
    };

/** One queue service and a credential for it. */
export type Connection = {
  /** Storage account name, 3–24 lower-case letters and digits. */
  account: string;
  /** Queue endpoint without a trailing slash; path-style endpoints end in the account name. */
  endpoint: string;
  /** Read-only endpoint of a geo-redundant account, without a trailing slash. */
  secondaryEndpoint?: string;
  credential: Credential;
  /** The one queue that the credential is for; it then allows no operation on the account, not even List Queues. */
  queue?: string;
  /** Number of another connection to the same account or queue, from 2, with a credential of its own; left out for the first. */
  beside?: number;
  /** True when the server of this page relays the requests, so that no CORS rule is needed. */
  relay?: boolean;
};

/**
 * Identifies the account and host without a secret, in characters that need no escape in a URL's hash: the name for an
 * account of the public cloud, else `name@host[:port]`; with a `:queue` suffix when it is for one queue, and `~2` when it is the
 * second connection to the same.
 */
export function accountId({
  account,
  endpoint,
  queue,
  beside,
}: Pick<Connection, 'account' | 'endpoint' | 'queue' | 'beside'>): string {
  const { protocol, host } = new URL(endpoint);
  const name = protocol === 'https:' && host === `${account}.queue.core.windows.net` ? account : `${account}@${host}`;
  const first = queue === undefined ? name : `${name}:${queue}`;
  return beside === undefined ? first : `${first}~${beside}`;
}
