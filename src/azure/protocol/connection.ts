/** A secret that lets requests through, in the form the transport can use. Never a printable account key. */
export type Credential =
  /** Shared Key: a non-extractable HMAC-SHA256 key, imported once. */
  | { kind: 'key'; key: CryptoKey }
  /** A shared access signature, without the leading `?`. It travels in the query string. */
  | { kind: 'sas'; token: string }
  /** Microsoft Entra ID: asked for the access token before each request. */
  | {
      kind: 'token';
      /** @throws TokenNeededError when there is none and nobody gives one. */
      getToken: (signal?: AbortSignal) => Promise<string>;
      /**
       * Another token in place of one that the service refused, which may mean asking a person. Left out where there is
       * nobody to ask. @throws TokenNeededError when there is none to be had.
       */
      renewToken?: (refused: string, signal?: AbortSignal) => Promise<string>;
    };

/** One queue service and the right to speak to it. */
export type Connection = {
  /** Storage account name, 3–24 lower-case letters and digits. */
  account: string;
  /** Queue endpoint without a trailing slash; path-style endpoints end in the account name. */
  endpoint: string;
  /** Read-only endpoint of a geo-redundant account, without a trailing slash. */
  secondaryEndpoint?: string;
  credential: Credential;
  /** The one queue that the credential is for: then nothing of the account can be asked, not even for its queues. */
  queue?: string;
  /** True when the server of this page passes its requests on, so that no CORS rule is needed. */
  relay?: boolean;
};

/**
 * Says which account at which host, without a secret, in characters that stay as they are in a URL's hash: the name for
 * an account of the public cloud, else `name@host[:port]`; with `:queue` behind it when it is for one queue.
 */
export function accountId({ account, endpoint, queue }: Pick<Connection, 'account' | 'endpoint' | 'queue'>): string {
  const { protocol, host } = new URL(endpoint);
  const name = protocol === 'https:' && host === `${account}.queue.core.windows.net` ? account : `${account}@${host}`;
  return queue === undefined ? name : `${name}:${queue}`;
}
