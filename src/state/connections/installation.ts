import { isLoopback } from '@/azure/protocol/loopback';
import { postOwnJson } from '../tab/own-question';

/**
 * The installation of Queuescope whose local server serves this page: what it keeps is sealed with a secret that the server
 * hands out to this page alone, so that another program that is at this address later cannot open it. Static hosts have none.
 */
export type Installation = {
  /** Tells installations apart; nothing of the secret. */
  readonly id: string;
  /** Seals what is kept without a passphrase (AES-GCM). */
  readonly key: CryptoKey;
  /** The key (AES-GCM) of the bits that a passphrase gives, with the secret. */
  readonly bind: (bits: ArrayBuffer) => Promise<CryptoKey>;
};

const AES = { name: 'AES-GCM', length: 256 };
const NO_SALT = new Uint8Array(0);

/** Makes an installation of its secret: 32 bytes in Base64. Each use has a key of its own (HKDF with SHA-256, RFC 5869). */
export async function installationOf(secret: string): Promise<Installation> {
  const bytes = Uint8Array.from(atob(secret), (character) => character.charCodeAt(0));
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);
  bytes.fill(0);
  const id = await crypto.subtle.deriveBits(hkdf('installation', NO_SALT), material, 96);
  const key = await crypto.subtle.deriveKey(hkdf('kept', NO_SALT), material, AES, false, ['encrypt', 'decrypt']);
  const salt = new Uint8Array(await crypto.subtle.deriveBits(hkdf('salt', NO_SALT), material, 256));
  return {
    id: btoa(String.fromCharCode(...new Uint8Array(id))),
    key,
    async bind(bits) {
      const typed = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
      return crypto.subtle.deriveKey(hkdf('passphrase', salt), typed, AES, false, ['encrypt', 'decrypt']);
    },
  };
}

const hkdf = (use: string, salt: Uint8Array<ArrayBuffer>) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt,
  info: new TextEncoder().encode(`queuescope ${use}`),
});

let known: Promise<Installation> | undefined;

/** The installation of this page; undefined on static hosts, and while the local server does not answer. */
export async function findInstallation(): Promise<Installation | undefined> {
  if (!isLoopback(location.hostname)) return undefined;
  known ??= ask();
  try {
    return await known;
  } catch {
    known = undefined;
    return undefined;
  }
}

async function ask(): Promise<Installation> {
  const { secret } = await postOwnJson('/installation', {});
  return installationOf(String(secret));
}
