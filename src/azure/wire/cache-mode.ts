import type { Exchange } from '../protocol/exchange';

/**
 * How the browser's caches take part in a request. Nothing that an account answers is ever served from a cache or kept on the disk,
 * and an answer to a preflight is kept where that goes together:
 *
 * - a read is `no-store`, since any other mode keeps it on the disk, with its address. For that mode Chromium and Firefox ask about
 *   each read with headers of ours, every time; WebKit does not. `createReadSignatures` reads without such headers.
 * - a write takes the usual mode, which keeps preflights and no answer; but Firefox keeps answers to POST, receipts included.
 *
 * Seen in Chromium 147, Firefox 153 and WebKitGTK 2.50, and held by `e2e/preflights.spec.ts`.
 */
export const cacheMode = (method: Exchange['method'], keepsPosts = isFirefox()): RequestCache =>
  method === 'GET' || (method === 'POST' && keepsPosts) ? 'no-store' : 'default';

const isFirefox = (): boolean => 'mozInnerScreenX' in globalThis;
