/** What the local server of the page can find at an address, by one request without a credential. */
export const REACH_CAUSES = [
  /** Nothing listens at the port. */
  'refused',
  'timedOut',
  /** The name has no address. */
  'noName',
  /** This machine has no way to the address. */
  'noRoute',
  /** A name of Azure leads to an address that is not on the internet, where the server does not go. */
  'privateAddress',
  /** `detail`: a `CertificateFault`, and behind a blank the names that the certificate is for. */
  'certificate',
  /** http is spoken where the address says https, or the other way round. */
  'otherScheme',
  /** The connection is closed without an answer. */
  'closed',
  /** What is spoken is not HTTP. */
  'notHttp',
  /** Another service of storage answers; `detail`: `blob`, `table` or `file`. */
  'otherService',
  /** Something else answers; `detail`: its status. */
  'notQueueService',
  /** `detail`: the status. */
  'proxy',
  /** `detail`: the host that the redirect leads to. */
  'redirected',
  'queueService',
] as const;

export type Reach = { cause: (typeof REACH_CAUSES)[number]; detail?: string };

export type CertificateFault =
  | 'selfSigned'
  | 'expired'
  | 'notYetValid'
  | 'wrongName'
  | 'unknownAuthority'
  | 'notTrusted';
