import { connectSources, isCovered } from '@/azure/protocol/content-policy';
import { urlOf } from '@/azure/protocol/decode-uri';
import { PageBlockedError } from '@/azure/protocol/errors';

/** Origins that the browser kept a request from: a host may send a narrower policy than the page brings along. */
const refused = new Set<string>();

let sources: { of: readonly string[] | undefined } | undefined;

/** The sources of the policy that the page brings along; undefined without one, as from the development server. */
function ownSources(): readonly string[] | undefined {
  if (!sources) {
    const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
    sources = { of: meta ? connectSources(meta.content) : undefined };
  }
  return sources.of;
}

/** The origins of addresses by how these begin, and whether the page's own policy allows them. */
const known = new Map<string, { origin: string; isAllowed: boolean }>();

/** What of an address says where it goes; others are looked at anew each time, also those with a password in them. */
const PLACE = /^https?:\/\/[\w.:-]+(?=[/?]|$)/;

/**
 * True when the content policy of this page allows requests to an address, as far as the page knows: the server of this page
 * writes its policy into the page too, and what the browser refuses all the same is remembered.
 */
export function mayReach(address: string): boolean {
  const place = PLACE.exec(address)?.[0];
  let found = place === undefined ? undefined : known.get(place);
  if (!found) {
    found = lookUp(address);
    if (place !== undefined) known.set(place, found);
  }
  return found.isAllowed && !(refused.has(found.origin) && found.origin !== location.origin);
}

function lookUp(address: string) {
  const { origin } = new URL(address, location.href);
  const listed = ownSources();
  return { origin, isAllowed: origin === location.origin || listed === undefined || isCovered(listed, address) };
}

/** True when the browser kept requests to the address back although the page's own policy allows them. */
export const isKeptBackByHost = (address: string): boolean => refused.has(new URL(address).origin);

let isListening = false;

function listen() {
  if (isListening) return;
  isListening = true;
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition }) => {
    if (effectiveDirective === 'connect-src' && disposition === 'enforce' && urlOf(blockedURI))
      refused.add(new URL(blockedURI).origin);
  });
}

/**
 * `fetch` that tells the content policy from the network.
 * @throws PageBlockedError in place of a TypeError when the policy keeps the request back
 */
export const pageFetch: typeof globalThis.fetch = async (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  if (!mayReach(address)) throw new PageBlockedError(address);
  listen();
  try {
    return await globalThis.fetch(input, init);
  } catch (cause) {
    // The browser tells of a refusal in a task of its own.
    await new Promise((told) => setTimeout(told));
    if (mayReach(address)) throw cause;
    throw new PageBlockedError(address, { cause });
  }
};
