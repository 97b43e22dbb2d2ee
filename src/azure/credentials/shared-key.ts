import { InvalidInputError } from '../protocol/errors';

/** Shared Key authorisation: learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */

/** The parts of a request that its signature covers. */
export type SignableRequest = {
  method: string;
  /** Exactly as sent, percent-encoding included. */
  url: string;
  /** All headers that the page sets. */
  headers: Readonly<Record<string, string>>;
  /** UTF-8 bytes of the body; 0 when there is none. */
  bodyLength: number;
  /** Account name, in lower case. */
  account: string;
};

/**
 * Order of canonical headers: hyphens do not count, then `_` < digits < letters, so `a_b` < `a1` < `ab`: the service compares as
 * .NET cultures do, not by ASCII. Never the browser's own locale order, which for example puts `y` before `j` in Lithuanian.
 * Names are in lower case.
 */
export function compareHeaderNames(a: string, b: string): number {
  for (let i = 0, j = 0; ; i++, j++) {
    while (a.charCodeAt(i) === HYPHEN) i++;
    while (b.charCodeAt(j) === HYPHEN) j++;
    const [one, other] = [rank(a.charCodeAt(i)), rank(b.charCodeAt(j))];
    if (one !== other) return one - other;
    if (i >= a.length) return a < b ? -1 : a > b ? 1 : 0;
  }
}

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/** The place of a character among those of header names; NaN, where a name has ended, comes before all. */
const rank = (code: number): number => (Number.isNaN(code) ? -1 : code === UNDERSCORE ? 0 : code);

/** Every `x-ms-*` header as `name:value` and a line feed, names in lower case, in the service's order. */
export const canonicalizedHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()])
    .filter(([name]) => name.startsWith('x-ms-'))
    .toSorted(([a], [b]) => compareHeaderNames(a, b))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');

/**
 * `/account` and the path as sent, then each query parameter on its own line, names in lower case and sorted, values
 * percent-decoded. A path-style path begins with the account, which is therefore there twice.
 */
export function canonicalizedResource(url: string, account: string): string {
  const [, pathname, search] = UNCHANGED.exec(url) ?? partsOf(url);
  if (!search) return `/${account}${pathname}`;
  const parameters = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [decodeURIComponent(name).toLowerCase(), decodeURIComponent(value.join('='))];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `/${account}${pathname}${parameters.map(([name, value]) => `\n${name}:${value}`).join('')}`;
}

/** An address whose path and query are sent as they stand, which takes no `URL` to know: without dots, as in `/./`. */
const UNCHANGED = /^https?:\/\/[^/?#\\\s]+(\/[\w~/-]*)(?:\?([\w~.%&=+-]*))?$/;

function partsOf(url: string): [url: string, pathname: string, search: string] {
  const { pathname, search } = new URL(url);
  return [url, pathname, search.slice(1)];
}

/** Builds the string-to-sign, line by line as documented for the Blob, Queue and File services. */
export function stringToSign({ method, url, headers, bodyLength, account }: SignableRequest): string {
  const contentType = headers['content-type'] ?? '';
  // Content-Length is blank when zero (since version 2015-02-21); Date is blank because x-ms-date replaces it.
  return [
    method,
    '', // Content-Encoding
    '', // Content-Language
    bodyLength === 0 ? '' : String(bodyLength),
    '', // Content-MD5
    contentType,
    '', // Date
    '', // If-Modified-Since
    '', // If-Match
    '', // If-None-Match
    '', // If-Unmodified-Since
    '', // Range
    canonicalizedHeaders(headers) + canonicalizedResource(url, account),
  ].join('\n');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a key, or undefined when it is not Base64. */
export const keyBytes = (base64: string): Uint8Array<ArrayBuffer> | undefined =>
  keyLength(base64) === undefined ? undefined : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** How many bytes an account key has, without decoding it; undefined when it is not Base64. */
export const keyLength = (base64: string): number | undefined =>
  base64 !== '' && BASE64.test(base64) ? (base64.length / 4) * 3 - (base64.match(/=/g)?.length ?? 0) : undefined;

/**
 * Imports an account key into Web Crypto, from where no script can read it, and overwrites the bytes that it was read into.
 * @throws InvalidInputError when it is not Base64 or the page is not a secure context.
 */
export async function importKey(base64: string): Promise<CryptoKey> {
  const bytes = keyBytes(base64);
  if (!bytes) throw new InvalidInputError('accountKey', 'The account key is not Base64.');
  // Pages that came over plain http from another machine have no `crypto.subtle`.
  const subtle = (globalThis.crypto as { subtle?: SubtleCrypto }).subtle;
  if (!subtle) {
    throw new InvalidInputError(
      'accountKey',
      'This page came over plain http, so the browser does not let it sign with an account key. Open it over https or from localhost, or connect with a shared access signature.',
    );
  }
  try {
    return await subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  } finally {
    bytes.fill(0);
  }
}

const utf8 = new TextEncoder();

/** Base64 of HMAC-SHA256 over the UTF-8 text. */
export async function sign(key: CryptoKey, text: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', key, utf8.encode(text));
  // Not by `...`, which takes the bytes one by one.
  return btoa(String.fromCharCode.apply(undefined, new Uint8Array(signature) as unknown as number[]));
}
