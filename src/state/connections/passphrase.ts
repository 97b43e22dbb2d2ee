import { entries, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import { importKey } from '@/azure/credentials/shared-key';
import { findInstallation, type Installation } from './installation';
import {
  alone,
  changeEntry,
  DEVICE,
  type Entry,
  entryStore,
  isKept,
  isProtected,
  LOCK_ENTRY,
  type Lock,
  type Protected,
  SEALING_KEY,
  type StoredConnection,
  seal,
  sealKept,
  unsealText,
} from './vault-entries';

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

/** What is kept is bound to another installation, or to one whose local server does not answer. */
export class OtherInstallationError extends Error {
  override readonly name = 'OtherInstallationError';

  constructor() {
    super('Another installation of Queuescope set the passphrase at this address. It opens there alone.');
  }
}

type Find = () => Promise<Installation | undefined>;

/**
 * Protects the secrets of this device by a passphrase and returns the key that it unlocks. Existing signatures are protected at
 * once, and account keys that are bound to the installation; a key that is a `CryptoKey` cannot be read, and has to be added again.
 * @throws Error when there is a passphrase already: replacing it would lose the protected secrets.
 */
export async function setPassphrase(passphrase: string, find: Find = findInstallation): Promise<CryptoKey> {
  const store = entryStore();
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const master = await toMaster(bytes);
  const sealingKey = (await get<Entry>(SEALING_KEY, store))?.secret;
  const installation = await find();
  await addLock(store, await lockFor(bytes, passphrase, installation));
  bytes.fill(0);
  await alone(async () => {
    for (const [key, { secret, connection }] of await onDevice(store)) {
      const text = connection && (await keptText(secret, connection, { sealingKey, installation }));
      if (text === undefined) continue;
      await changeEntry(store, key, withSecret({ underPassphrase: await seal(text, master, connection) }));
    }
  });
  return master;
}

/**
 * Unlocks what this device keeps, and binds to this installation what an earlier version had set the passphrase for.
 * @throws WrongPassphraseError, OtherInstallationError
 */
export async function unlock(passphrase: string, find: Find = findInstallation): Promise<CryptoKey> {
  const store = entryStore();
  const installation = await find();
  const { bytes, isBound } = await openLock(store, passphrase, installation);
  const master = await toMaster(bytes);
  return installation && !isBound ? bindAll(store, master, { passphrase, installation }) : master;
}

/**
 * Seals everything anew with another master key, whose lock is bound: whoever has a copy of the lock of before opens nothing that
 * is kept from now on. All at once, so that a crash in between loses nothing.
 */
async function bindAll(
  store: UseStore,
  old: CryptoKey,
  { passphrase, installation }: { passphrase: string; installation: Installation },
): Promise<CryptoKey> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const master = await toMaster(bytes);
  const lock = await lockFor(bytes, passphrase, installation);
  bytes.fill(0);
  await alone(async () => {
    const sealed: [key: string, secret: Protected][] = [];
    for (const [key, { connection, secret }] of await onDevice(store)) {
      if (!connection || !isProtected(secret)) continue;
      const text = await unsealText(secret.underPassphrase, old, connection).catch(() => undefined);
      if (text !== undefined) sealed.push([key, { underPassphrase: await seal(text, master, connection) }]);
    }
    await store('readwrite', (objects) => {
      objects.put({ owner: DEVICE, lock } satisfies Entry, LOCK_ENTRY);
      for (const [key, secret] of sealed) {
        const found = objects.get(key) as IDBRequest<Entry | undefined>;
        // Another tab may have forgotten it meanwhile.
        found.addEventListener('success', () => found.result && objects.put({ ...found.result, secret }, key));
      }
      return promisifyRequest(objects.transaction);
    });
  });
  return master;
}

/** Changes the passphrase, and not the key that it unlocks unless that has to be bound. @throws WrongPassphraseError, OtherInstallationError */
export async function changePassphrase(old: string, next: string, find: Find = findInstallation): Promise<CryptoKey> {
  const store = entryStore();
  const installation = await find();
  const { bytes, isBound } = await openLock(store, old, installation);
  if (installation && !isBound) return bindAll(store, await toMaster(bytes), { passphrase: next, installation });
  await writeLock(store, await lockFor(bytes, next, installation));
  return toMaster(bytes);
}

/**
 * Removes the passphrase; what was under it is bound to the installation alone, and on static hosts account keys become
 * `CryptoKey`s that cannot be read.
 * @throws WrongPassphraseError, OtherInstallationError
 */
export async function removePassphrase(passphrase: string, find: Find = findInstallation): Promise<void> {
  const store = entryStore();
  const installation = await find();
  const master = await toMaster((await openLock(store, passphrase, installation)).bytes);
  const sealingKey = (await get<Entry>(SEALING_KEY, store))?.secret;
  if (!(sealingKey instanceof CryptoKey)) throw new Error('The key of this vault is missing.');
  await alone(async () => {
    for (const [key, { connection, secret }] of await onDevice(store)) {
      if (!connection || !isProtected(secret)) continue;
      // What does not open is asked for again.
      const text = await unsealText(secret.underPassphrase, master, connection).catch(() => undefined);
      const isKey = connection.kind === 'key';
      const kept = text === undefined ? undefined : await sealKept(text, installation, connection);
      const open = text === undefined ? text : isKey ? await importKey(text) : await seal(text, sealingKey);
      await changeEntry(store, key, withSecret(kept ?? open));
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

async function lockFor(
  bytes: Uint8Array<ArrayBuffer>,
  passphrase: string,
  installation: Installation | undefined,
): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(passphrase, { salt, iterations: ITERATIONS }, installation);
  const proof = await seal('', await toMaster(bytes));
  const master = await seal(toText(bytes), key);
  return { salt, iterations: ITERATIONS, master, proof, installation: installation?.id };
}

/** The bytes of the master key, and whether its lock is bound to an installation. */
async function openLock(store: UseStore, passphrase: string, installation: Installation | undefined) {
  const lock = (await get<Entry>(LOCK_ENTRY, store))?.lock;
  if (!lock) throw new Error('There is no passphrase.');
  const isBound = lock.installation !== undefined;
  if (isBound && lock.installation !== installation?.id) throw new OtherInstallationError();
  const key = await derive(passphrase, lock, isBound ? installation : undefined);
  try {
    return { bytes: fromText(await unsealText(lock.master, key)), isBound };
  } catch {
    throw new WrongPassphraseError('This is not the passphrase.');
  }
}

/**
 * Derives a key from the NFKC form, so that the same characters of any keyboard are the same passphrase; with the secret of an
 * installation, without which no passphrase can be tried.
 */
async function derive(
  passphrase: string,
  { salt, iterations }: Pick<Lock, 'salt' | 'iterations'>,
  installation: Installation | undefined,
): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, 256);
  return installation ? installation.bind(bits) : toMaster(bits);
}

/** The text of what is kept without a passphrase; undefined for a `CryptoKey` and for what does not open. */
async function keptText(
  secret: Entry['secret'],
  connection: StoredConnection,
  { sealingKey, installation }: { sealingKey: Entry['secret']; installation: Installation | undefined },
): Promise<string | undefined> {
  if (isKept(secret) && installation)
    return unsealText(secret.underInstallation, installation.key, connection).catch(() => undefined);
  const isSealed = secret && 'iv' in secret && sealingKey instanceof CryptoKey;
  return isSealed ? unsealText(secret, sealingKey).catch(() => undefined) : undefined;
}

const toMaster = (bytes: Uint8Array<ArrayBuffer> | ArrayBuffer) =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

const toText = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromText = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
