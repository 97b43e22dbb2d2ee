/** A secret that lets requests through, in the form the transport can use. Never a printable account key. */
export type Credential =
  /** Shared Key: a non-extractable HMAC-SHA256 key, imported once. */
  | { kind: 'key'; key: CryptoKey }
  /** A shared access signature, without the leading `?`. It travels in the query string. */
  | { kind: 'sas'; token: string }
  /** Microsoft Entra ID: asked for a fresh access token before each request. */
  | { kind: 'token'; getToken: (signal?: AbortSignal) => Promise<string> };

/** One queue service and the right to speak to it. */
export type Connection = {
  /** Storage account name, 3–24 lower-case letters and digits. */
  account: string;
  /** Queue endpoint without a trailing slash; path-style endpoints end in the account name. */
  endpoint: string;
  /** Read-only endpoint of a geo-redundant account, without a trailing slash. */
  secondaryEndpoint?: string;
  credential: Credential;
  /** True when the server of this page passes its requests on, so that no CORS rule is needed. */
  relay?: boolean;
};

/**
 * Says which account at which host, without a secret, in characters that stay as they are in a URL's hash: the name for
 * an account of the public cloud, else `name@host[:port]`.
 */
export function accountId({ account, endpoint }: Pick<Connection, 'account' | 'endpoint'>): string {
  const { protocol, host } = new URL(endpoint);
  return protocol === 'https:' && host === `${account}.queue.core.windows.net` ? account : `${account}@${host}`;
}
