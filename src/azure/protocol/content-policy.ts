import { urlOf } from './decode-uri.ts';

/** The sources of `connect-src` in a content policy; undefined when it has none. */
export function connectSources(policy: string): string[] | undefined {
  const directive = policy.split(';').find((one) => /^\s*connect-src\s/.test(one));
  return directive?.trim().split(/\s+/).slice(1);
}

/**
 * True when one of the sources allows a request to an address, as browsers decide it (CSP 3, 6.7.2.8): a source without a
 * port is for the usual one, and `http:` covers https at the usual ports; at a named one it does not in Chromium. `'self'` is
 * not looked at.
 */
export function isCovered(sources: readonly string[], address: string): boolean {
  if (!urlOf(address)) return false;
  const url = new URL(address);
  return sources.some((source) => covers(source, url));
}

function covers(source: string, { protocol, hostname, port }: URL): boolean {
  const [, scheme, wildcard, name = '', wanted] = /^(https?):\/\/(\*\.)?([^:/*]+)(?::(\d+|\*))?$/.exec(source) ?? [];
  if (scheme === undefined || (protocol !== `${scheme}:` && protocol !== 'https:')) return false;
  const isNamed = wildcard ? hostname.endsWith(`.${name}`) : hostname === name;
  const isUpgrade = protocol !== `${scheme}:`;
  const isPort =
    wanted === '*' || (wanted === usualPort(scheme) ? port === '' : port === (wanted ?? '') && !(isUpgrade && wanted));
  return isNamed && isPort;
}

const usualPort = (scheme: string): string => (scheme === 'https' ? '443' : '80');
