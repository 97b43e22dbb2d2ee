import { StorageFault } from './storage-fault';

/** A URL parsed for an account. */
export type Address = {
  protocol: 'http' | 'https';
  /** True for the read-only endpoint. */
  secondary: boolean;
  /** As sent, percent-encoding and the account of a path-style endpoint included; never empty. */
  path: string;
  /** Decoded parts of the path below the endpoint. */
  segments: string[];
  /** Names in lower case, values decoded; those of a repeated name sorted and joined by commas, as they are signed. */
  query: ReadonlyMap<string, string>;
};

/** The two endpoints of an account, parsed once. */
export type Endpoints = { primary: string; secondary: string | undefined };

/** Removes the protocol, since both are allowed. */
const withoutProtocol = (url: string): string => url.replace(/^https?:\/\//, '');

export const toEndpoints = (primary: string, secondary: string | undefined): Endpoints => ({
  primary: withoutProtocol(primary),
  secondary: secondary === undefined ? undefined : withoutProtocol(secondary),
});

/** A URL that `fetch` sends unchanged: no dots to resolve, nothing to encode, no fragment. */
const PLAIN_URL =
  /^https?:\/\/[a-z0-9.:-]+(?:\/(?!\.\.?(?:\/|\?|$))[\w!$&'()*+,;=:@%.~-]*)*(?:\?[\w!$&()*+,;=:@%./?~-]*)?$/;

/**
 * Parses a URL of this account; undefined for another host.
 * @throws StorageFault for invalid percent-encoding.
 */
export function readAddress(url: string, endpoints: Endpoints): Address | undefined {
  const href = PLAIN_URL.test(url) ? url : withoutFragment(new URL(url).href);
  const protocol = href.startsWith('https:') ? 'https' : 'http';
  const withoutScheme = href.slice(protocol.length + 3);
  const questionMark = withoutScheme.indexOf('?');
  const address = questionMark < 0 ? withoutScheme : withoutScheme.slice(0, questionMark);
  const secondary = endpoints.secondary !== undefined && isUnder(address, endpoints.secondary);
  if (!secondary && !isUnder(address, endpoints.primary)) return undefined;
  const below = address.slice((secondary ? (endpoints.secondary ?? '') : endpoints.primary).length);
  const slash = address.indexOf('/');
  return {
    protocol,
    secondary,
    path: slash < 0 ? '/' : address.slice(slash),
    segments: below
      .split('/')
      .filter((segment) => segment !== '')
      .map(decoded),
    query: readQuery(questionMark < 0 ? '' : withoutScheme.slice(questionMark + 1)),
  };
}

const isUnder = (address: string, endpoint: string): boolean =>
  address.startsWith(endpoint) && (address.length === endpoint.length || address[endpoint.length] === '/');

const withoutFragment = (href: string): string => href.replace(/#.*$/s, '');

function readQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  if (text === '') return query;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodedParameter(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? '' : decodedParameter(pair.slice(equals + 1));
    const before = query.get(name);
    query.set(name, before === undefined ? value : [...before.split(','), value].toSorted().join(','));
  }
  return query;
}

/** In a query, unlike in a path, `+` is a space. */
const decodedParameter = (text: string): string => decoded(text.includes('+') ? text.replaceAll('+', ' ') : text);

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StorageFault('RequestUrlFailedToParse');
  }
}
