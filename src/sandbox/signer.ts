import { toBase64 } from './base64';

/** Base64 of HMAC-SHA256 over the UTF-8 of a text. */
export type Signer = (text: string) => Promise<string>;

const utf8 = new TextEncoder();

/** Imports the Base64 key into Web Crypto on the first signature. */
export function createSigner(key: string): Signer {
  let imported: CryptoKey | Promise<CryptoKey> | undefined;

  return async (text) => {
    imported ??= importKey(key);
    // Synchronous once the key is imported.
    if (imported instanceof Promise) imported = await imported;
    return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8.encode(text))));
  };
}

const importKey = (base64: string): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
