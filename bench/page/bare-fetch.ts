import { EMULATOR } from '@/azure/protocol/emulator';

/** One request as a person would sign it by hand: every line of the string to sign is known beforehand. */
export type BareRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** `/account` and the path, then each query parameter on a line of its own. */
  resource: string;
  body?: string;
  /** Without one, the browser keeps no preflight either. */
  cache?: RequestCache;
};

const utf8 = new TextEncoder();

/** What every signing page does once, and the client does too. */
export const importBareKey = () =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(EMULATOR.key), (character) => character.charCodeAt(0)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );

let lastId = 0;

/** Signs and sends, and reads the answer as text: the least that a page can do for the same bytes on the wire. */
export async function bareFetch(
  key: CryptoKey,
  { method, url, resource, body, cache = 'no-store' }: BareRequest,
): Promise<string> {
  const bytes = body === undefined ? undefined : utf8.encode(body);
  const headers: Record<string, string> = {
    'x-ms-client-request-id': `bare-${++lastId}`,
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': '2024-11-04',
  };
  const ours = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const type = bytes ? 'application/xml' : '';
  const text = `${method}\n\n\n${bytes?.length ?? ''}\n\n${type}\n\n\n\n\n\n\n${ours.join('')}${resource}`;
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
  headers['authorization'] = `SharedKey ${EMULATOR.account}:${btoa(String.fromCharCode(...signature))}`;
  if (bytes) headers['content-type'] = type;
  const response = await fetch(url, { method, headers, cache, ...(bytes && { body: bytes }) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${answer}`);
  return answer;
}
