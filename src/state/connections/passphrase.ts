import { entries, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import { importKey } from '@/azure/credentials/shared-key';
import {
  alone,
  changeEntry,
  DEVICE,
  type Entry,
  entryStore,
  isProtected,
  LOCK_ENTRY,
  type Lock,
  SEALING_KEY,
  seal,
  unsealText,
} from './secret-vault';

/**
 * OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023); about half a second on a phone. It is
 * written beside the salt, so that it can be raised.
 */
const ITERATIONS = 600_000;
/** Characters. */
export const SHORTEST_PASSPHRASE = 8;

/** The typed passphrase is wrong. */
export class WrongPassphraseError extends Error {
  override readonly name = 'WrongPassphraseError';
}

/**
 * Protects the secrets of this device by a passphrase and returns the key that it unlocks. Existing signatures are protected at
 * once; existing account keys are not, since a `CryptoKey` cannot be read, and have to be added again.
 * @throws Error when there is a passphrase already: replacing it would lose the protected secrets.
 */
export async function setPassphrase(passphrase: string): Promise<CryptoKey> {
  const store = entryStore();
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const master = await toMaster(bytes);
  const sealingKey = (await get<Entry>(SEALING_KEY, store))?.secret;
  await addLock(store, await lockFor(bytes, passphrase));
  bytes.fill(0);
  await alone(async () => {
    for (const [key, { secret, connection }] of await onDevice(store)) {
      if (!connection || !secret || !('iv' in secret) || !(sealingKey instanceof CryptoKey)) continue;
      const underPassphrase = await seal(await unsealText(secret, sealingKey), master, connection);
      await changeEntry(store, key, withSecret({ underPassphrase }));
    }
  });
  return master;
}

/** @throws WrongPassphraseError */
export async function unlock(passphrase: string): Promise<CryptoKey> {
  return toMaster(await masterBytes(entryStore(), passphrase));
}

/** Changes the passphrase, not the key that it unlocks. @throws WrongPassphraseError */
export async function changePassphrase(old: string, next: string): Promise<CryptoKey> {
  const store = entryStore();
  const bytes = await masterBytes(store, old);
  await writeLock(store, await lockFor(bytes, next));
  return toMaster(bytes);
}

/** Removes the passphrase; account keys become `CryptoKey`s that cannot be read. @throws WrongPassphraseError */
export async function removePassphrase(passphrase: string): Promise<void> {
  const store = entryStore();
  const master = await toMaster(await masterBytes(store, passphrase));
  const sealingKey = (await get<Entry>(SEALING_KEY, store))?.secret;
  if (!(sealingKey instanceof CryptoKey)) throw new Error('The key of this vault is missing.');
  await alone(async () => {
    for (const [key, { connection, secret }] of await onDevice(store)) {
      if (!connection || !isProtected(secret)) continue;
      // What does not open is asked for again.
      const text = await unsealText(secret.underPassphrase, master, connection).catch(() => undefined);
      const isKey = connection.kind === 'key';
      const open = text === undefined ? text : isKey ? await importKey(text) : await seal(text, sealingKey);
      await changeEntry(store, key, withSecret(open));
    }
  });
  // Last, so that after a crash no secret is protected by a deleted passphrase.
  await store('readwrite', (objects) => void objects.delete(LOCK_ENTRY));
}

const onDevice = async (store: UseStore) =>
  (await entries<string, Entry>(store)).filter(([, { owner }]) => owner === DEVICE);

/** Changes the secret of an entry and preserves other changes of other tabs. */
const withSecret =
  (secret: Entry['secret']) =>
  ({ connection, ...entry }: Entry): Entry => ({
    ...entry,
    ...(connection && { connection: { ...connection, isProtected: isProtected(secret) } }),
    secret,
  });

/** In one transaction, since two tabs may set a passphrase at once. */
async function addLock(store: UseStore, lock: Lock) {
  const entry: Entry = { owner: DEVICE, lock };
  try {
    await store('readwrite', (objects) => promisifyRequest(objects.add(entry, LOCK_ENTRY)));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'ConstraintError')) throw error;
    const message = 'A passphrase was set in another tab. Load this page anew and type that one.';
    throw new Error(message, { cause: error });
  }
}

const writeLock = (store: UseStore, lock: Lock) => set(LOCK_ENTRY, { owner: DEVICE, lock } satisfies Entry, store);

async function lockFor(bytes: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(passphrase, salt, ITERATIONS);
  const proof = await seal('', await toMaster(bytes));
  return { salt, iterations: ITERATIONS, master: await seal(toText(bytes), key), proof };
}

async function masterBytes(store: UseStore, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const lock = (await get<Entry>(LOCK_ENTRY, store))?.lock;
  if (!lock) throw new Error('There is no passphrase.');
  const key = await derive(passphrase, lock.salt, lock.iterations);
  try {
    return fromText(await unsealText(lock.master, key));
  } catch {
    throw new WrongPassphraseError('This is not the passphrase.');
  }
}

/** Derives a key from the NFKC form, so that the same characters of any keyboard are the same passphrase. */
async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const toMaster = (bytes: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

const toText = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromText = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
