/**
 * The account of the sandbox. Its key is public: it opens only the service in this tab. Hosts under `.invalid` never resolve
 * (RFC 2606), so no server receives a request that leaves the page by mistake.
 *
 * Imports nothing, so that the shell has the account without loading the service.
 */
export const SANDBOX = {
  account: 'sandbox',
  endpoint: 'https://sandbox.queue.invalid',
  secondaryEndpoint: 'https://sandbox-secondary.queue.invalid',
  /** Base64 of a text of 64 bytes. */
  key: 'VGhpcyBrZXkgaXMgcHVibGljIGFuZCBtYWRlIHVwLiBJdCBvcGVucyB0aGlzIHRhYidzIHNhbmRib3ggb25seQ==',
} as const;
