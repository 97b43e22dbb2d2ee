/**
 * The account of the sandbox. Its key is made up and public: it opens nothing but the service in this tab. Hosts under
 * `.invalid` never resolve (RFC 2606), so a request that leaves the page by mistake is answered by nobody.
 *
 * Imports nothing, so that the shell can know the account without loading the service.
 */
export const SANDBOX = {
  account: 'sandbox',
  endpoint: 'https://sandbox.queue.invalid',
  secondaryEndpoint: 'https://sandbox-secondary.queue.invalid',
  /** Base64 of 64 bytes that say what they are. */
  key: 'VGhpcyBrZXkgaXMgcHVibGljIGFuZCBtYWRlIHVwLiBJdCBvcGVucyB0aGlzIHRhYidzIHNhbmRib3ggb25seQ==',
} as const;
