import { createStore, delMany, entries, get, set, type UseStore, update } from 'idb-keyval';
import { importKey } from '@/azure/credentials/shared-key';
import type { Credential } from '@/azure/protocol/connection';
import type { SignIn } from '../sign-in/app-registration';
import { openTab, openTabs, type Tab } from '../tab/tab-identity';

/**
 * Storage of secrets.
 *
 * - An account key is a non-extractable `CryptoKey`: the page can sign with it and nobody can read it back.
 * - A SAS has to be read to be sent, so it is encrypted (AES-GCM) with another non-extractable key.
 * - An access token that was pasted is encrypted likewise. Of a sign-in only ids are kept (`app-registration`), never a token.
 * - Under a passphrase (`passphrase.ts`), what is kept on the device is encrypted with a key that only the passphrase
 *   unlocks: account keys, signatures and tokens alike. A `CryptoKey` cannot be read to be encrypted, so an account key
 *   comes under it only while it is added.
 * - All are in IndexedDB, which alone can hold a `CryptoKey`. Nothing of them is in `localStorage` or `sessionStorage`.
 * - What is kept for a tab carries the tab's name. Once the tab is closed, the next tab that opens removes it; no other
 *   tab reads it.
 *
 * The limits, honestly: script in this page can sign with the key (hence the strict content security policy);
 * a browser writes the bytes of a `CryptoKey` into its profile, so whoever can read the profile's files can have them; a
 * browser that restores a closed tab restores its name too, and the secret if no other tab has opened in between.
 */
export type Secret = Exclude<Credential, { kind: 'token' }> | TokenSecret;

/** A pasted access token; empty for a sign-in, whose tokens are not stored. */
export type TokenSecret = { kind: 'token'; token: string };

/** How long a secret is stored: until this tab closes, or until it is forgotten. */
export type Keep = 'tab' | 'device';

/** A connection without its secret. */
export type StoredConnection = {
  /** `Account.id`. */
  id: string;
  account: string;
  endpoint: string;
  secondaryEndpoint?: string | undefined;
  /** The one queue that a queue SAS is for. */
  queue?: string | undefined;
  kind: 'key' | 'sas' | 'token';
  /** Owner and expiry (epoch ms) of an access token, as far as its claims tell. */
  holder?: { who: string; expiresAt?: number | undefined } | undefined;
  /** Of a connection by sign-in. */
  signIn?: SignIn | undefined;
  keep: Keep;
  /** True for an emulator on this machine. */
  local: boolean;
  /** True when the server of this page passes its requests on. */
  relay?: boolean | undefined;
  /** Milliseconds since 1970. */
  addedAt: number;
  /** The label of its environment, see `environments.ts`. */
  environment?: string | undefined;
  readOnly?: boolean | undefined;
  /** True when its secret is under the passphrase. */
  isProtected?: boolean | undefined;
  /** True while its secret waits for the passphrase; of this page, not stored. */
  locked?: boolean | undefined;
};

/** `secret` is undefined while it is locked. */
export type Deposit = { connection: StoredConnection; secret?: Secret | undefined };

/** One stored secret, for the list in the settings. Times in epoch ms. */
export type StoredSecret = {
  connection: StoredConnection;
  /** `otherTab`: of another tab that is open, or was closed a few seconds ago. */
  where: 'tab' | 'otherTab' | 'device' | 'passphrase';
  storedAt: number;
  usedAt: number | undefined;
};

export type Vault = {
  /** False without storage: secrets are in memory and lost on reload. */
  readonly durable: boolean;
  load(): Promise<Deposit[]>;
  /**
   * Stores a connection and its secret; for the device protected by the passphrase, if there is one. `text` is the account key,
   * which protecting a key needs. Resolves to the connection as stored.
   * @throws VaultLockedError when the passphrase has to be typed first
   */
  store(deposit: { connection: StoredConnection; secret: Secret }, text?: string): Promise<StoredConnection>;
  /** Stores changes of a connection, merged with those of other tabs; does not change its secret. */
  change(id: string, change: Partial<StoredConnection>): Promise<void>;
  /** Records the use of a connection's secret. */
  markUsed(connectionId: string): Promise<void>;
  list(): Promise<StoredSecret[]>;
  /** Removes a connection and its secret from every tab and from the device. */
  forget(connectionId: string): Promise<void>;
  /** Removes everything, of every tab, the passphrase included. */
  forgetAll(): Promise<void>;
  passphrase(): Promise<PassphraseState>;
  /** Sets the key that the passphrase unlocked, until the page is left; undefined locks again. */
  useMaster(master: CryptoKey | undefined): void;
  /** Stores a note (no secret) until this tab closes. */
  note(name: string): Promise<void>;
  hasNote(name: string): Promise<boolean>;
};

/** Whether there is a passphrase, and whether it was typed in this page. */
export type PassphraseState = 'none' | 'locked' | 'unlocked';

export class VaultLockedError extends Error {
  override readonly name = 'VaultLockedError';
}

export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
/** Sealed with the key that the passphrase opens: the text of an account key, or a token. */
export type Protected = { underPassphrase: Sealed };
/**
 * Verifies a passphrase: `master` is the key of all protected secrets, sealed with one derived from the passphrase; `proof` is
 * sealed with the master key, to distinguish it from that of an earlier passphrase.
 */
export type Lock = { salt: Uint8Array<ArrayBuffer>; iterations: number; master: Sealed; proof?: Sealed };
type StoredForm = CryptoKey | Sealed | Protected;
/**
 * An entry in IndexedDB; `owner` is `device` or the name of a tab. The sealing key and the lock are entries without a
 * connection. Times in epoch ms.
 */
export type Entry = {
  owner: string;
  connection?: StoredConnection;
  secret?: StoredForm;
  lock?: Lock;
  storedAt?: number;
  usedAt?: number;
};

export const DEVICE = 'device';
export const SEALING_KEY = 'sealing-key';
export const LOCK_ENTRY = 'passphrase';

export const entryStore = (): UseStore => createStore('queuescope-vault', 'entries');
/** Long enough for a slow page to reload, during which its tab seems closed. */
const RELOAD_GRACE_MS = 10_000;

export type VaultOptions = {
  /** Delay before the entries of closed tabs are removed. */
  graceMs?: number;
  /** See `openTab`. */
  closed?: Promise<void>;
};

/** Opens the vault of this tab and removes the entries of closed tabs. */
export async function openVault({ graceMs = RELOAD_GRACE_MS, closed }: VaultOptions = {}): Promise<Vault> {
  try {
    const store = entryStore();
    const tab = await openTab(closed);
    const sealingKey = await sealingKeyOf(store);
    await sweep(store, tab, graceMs);
    return storedVault(store, tab, sealingKey);
  } catch {
    // No storage (private window of some browsers, blocked by policy) or no locks (insecure page).
    return memoryVault();
  }
}

function storedVault(store: UseStore, tab: Tab, sealingKey: CryptoKey): Vault {
  const noteKey = (name: string) => `${tab.id}#${name}`;
  let master: CryptoKey | undefined;
  const isOwn = ({ owner }: Entry) => owner === DEVICE || owner === tab.id;
  const lock = async () => (await get<Entry>(LOCK_ENTRY, store))?.lock;

  /** The unlocked master key; undefined once another tab has replaced the passphrase. */
  async function masterOf({ proof }: Lock): Promise<CryptoKey | undefined> {
    const tried = master;
    if (!tried || !proof) return tried;
    const opens = await unsealText(proof, tried).then(
      () => true,
      () => false,
    );
    if (!opens && master === tried) master = undefined;
    return opens ? tried : undefined;
  }

  async function toStoredForm(connection: StoredConnection, secret: Secret, text?: string): Promise<StoredForm> {
    const asText = secret.kind === 'key' ? text : secret.token;
    const locked = connection.keep === 'device' && asText !== undefined ? await lock() : undefined;
    if (locked && asText !== undefined) {
      const opened = await masterOf(locked);
      if (!opened) throw new VaultLockedError('Type the passphrase first.');
      return { underPassphrase: await seal(asText, opened) };
    }
    return secret.kind === 'key' ? secret.key : seal(secret.token, sealingKey);
  }

  return {
    durable: true,
    async load() {
      const own = (await entries<string, Entry>(store)).filter(([, entry]) => isOwn(entry));
      const deposits = await Promise.all(own.map(([, entry]) => unseal(entry, sealingKey, master)));
      return deposits.filter((deposit) => deposit !== undefined);
    },
    async store({ connection: deposited, secret }, text) {
      const stored = await toStoredForm(deposited, secret, text);
      const connection = withoutState({ ...deposited, isProtected: isProtected(stored) });
      await remove(store, (entry) => entry.connection?.id === connection.id && isOwn(entry));
      const owner = connection.keep === 'device' ? DEVICE : tab.id;
      const now = Date.now();
      const entry: Entry = { owner, connection, secret: stored, storedAt: now, usedAt: now };
      await set(`${owner}/${connection.id}`, entry, store);
      return connection;
    },
    change: (id, change) =>
      changeOwn(store, isOwn, id, ({ connection, ...entry }) => ({
        ...entry,
        ...(connection && { connection: withoutState({ ...connection, ...change }) }),
      })),
    markUsed: (id) => changeOwn(store, isOwn, id, (entry) => ({ ...entry, usedAt: Date.now() })),
    async list() {
      return (await entries<string, Entry>(store)).flatMap(([, { owner, connection, secret, storedAt, usedAt }]) =>
        connection
          ? {
              connection,
              where: isProtected(secret)
                ? 'passphrase'
                : owner === DEVICE
                  ? 'device'
                  : owner === tab.id
                    ? 'tab'
                    : 'otherTab',
              storedAt: storedAt ?? connection.addedAt,
              usedAt,
            }
          : [],
      );
    },
    forget: (id) => remove(store, ({ connection }) => connection?.id === id),
    async forgetAll() {
      master = undefined;
      await remove(store, ({ connection, lock: isLock }) => connection !== undefined || isLock !== undefined);
    },
    async passphrase() {
      const locked = await lock();
      if (!locked) return 'none';
      return (await masterOf(locked)) ? 'unlocked' : 'locked';
    },
    useMaster: (next) => void (master = next),
    note: (name) => set(noteKey(name), { owner: tab.id } satisfies Entry, store),
    hasNote: async (name) => (await get<Entry>(noteKey(name), store)) !== undefined,
  };
}

async function changeOwn(
  store: UseStore,
  isOwn: (entry: Entry) => boolean,
  id: string,
  change: (entry: Entry) => Entry,
) {
  const own = (await entries<string, Entry>(store)).filter(([, entry]) => entry.connection?.id === id && isOwn(entry));
  // Each in one transaction, so that an entry that another tab removed meanwhile is not restored.
  for (const [key] of own) await changeEntry(store, key, change);
}

/** Changes an entry if it is there. */
export const changeEntry = (store: UseStore, key: string, change: (entry: Entry) => Entry) =>
  store('readwrite', (objects) => {
    const request = objects.get(key) as IDBRequest<Entry | undefined>;
    request.addEventListener('success', () => {
      if (request.result) objects.put(change(request.result), key);
    });
    return new Promise<void>((resolve, reject) => {
      objects.transaction.addEventListener('complete', () => resolve());
      objects.transaction.addEventListener('abort', () => reject(objects.transaction.error));
    });
  });

/** Removes `locked`, which is state of one page. */
function withoutState(connection: StoredConnection): StoredConnection {
  const stored = { ...connection };
  delete stored.locked;
  return stored;
}

export const isProtected = (secret: StoredForm | undefined): secret is Protected =>
  secret !== undefined && 'underPassphrase' in secret;

function memoryVault(): Vault {
  const deposits = new Map<string, Deposit & { storedAt: number; usedAt: number }>();
  const notes = new Set<string>();
  return {
    durable: false,
    load: async () => [...deposits.values()],
    async store({ connection, secret }) {
      const now = Date.now();
      deposits.set(connection.id, { connection, secret, storedAt: now, usedAt: now });
      return connection;
    },
    async change(id, change) {
      const deposit = deposits.get(id);
      if (deposit) deposits.set(id, { ...deposit, connection: { ...deposit.connection, ...change } });
    },
    async markUsed(id) {
      const deposit = deposits.get(id);
      if (deposit) deposits.set(id, { ...deposit, usedAt: Date.now() });
    },
    list: async () =>
      [...deposits.values()].map(({ connection, storedAt, usedAt }) => ({
        connection,
        storedAt,
        usedAt,
        where: 'tab',
      })),
    forget: async (id) => void deposits.delete(id),
    forgetAll: async () => deposits.clear(),
    passphrase: async () => 'none',
    useMaster: () => {},
    note: async (name) => void notes.add(name),
    hasNote: async (name) => notes.has(name),
  };
}

/** Copies the entries of the tab that this one was duplicated from, and removes those of tabs that are closed at two checks. */
async function sweep(store: UseStore, tab: Tab, graceMs: number) {
  const all = await entries<string, Entry>(store);
  const inherited = all.filter(([, { owner }]) => owner === tab.copyOf);
  for (const [key, entry] of inherited)
    await set(key.replace(entry.owner, tab.id), { ...entry, owner: tab.id } satisfies Entry, store);

  const open = await openTabs();
  const suspects = new Set(all.map(([, { owner }]) => owner).filter((owner) => owner !== DEVICE && !open.has(owner)));
  if (suspects.size === 0) return;
  setTimeout(async () => {
    const stillOpen = await openTabs();
    await remove(store, ({ owner }) => suspects.has(owner) && !stillOpen.has(owner));
  }, graceMs);
}

async function remove(store: UseStore, isRemoved: (entry: Entry) => boolean) {
  const removed = (await entries<string, Entry>(store)).filter(([, entry]) => isRemoved(entry));
  await delMany(
    removed.map(([key]) => key),
    store,
  );
}

async function sealingKeyOf(store: UseStore): Promise<CryptoKey> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // In one transaction, so that two tabs that open at once use one key.
  await update<Entry>(SEALING_KEY, (stored) => stored ?? { owner: DEVICE, secret: fresh }, store);
  const stored = await get<Entry>(SEALING_KEY, store);
  return stored?.secret instanceof CryptoKey ? stored.secret : fresh;
}

/** Encrypts a text (AES-GCM with a new nonce). */
export async function seal(text: string, key: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)) };
}

/** Throws when it was encrypted with another key. */
export async function unsealText({ iv, bytes }: Sealed, key: CryptoKey): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
}

async function unseal(
  { connection, secret }: Entry,
  sealingKey: CryptoKey,
  master: CryptoKey | undefined,
): Promise<Deposit | undefined> {
  if (!connection || !secret) return undefined;
  if (secret instanceof CryptoKey) return { connection, secret: { kind: 'key', key: secret } };
  if (!isProtected(secret)) return { connection, secret: readable(connection, await unsealText(secret, sealingKey)) };
  // A secret of an earlier passphrase stays locked.
  const text = master && (await unsealText(secret.underPassphrase, master).catch(() => undefined));
  if (text === undefined) return { connection };
  if (connection.kind === 'key') return { connection, secret: { kind: 'key', key: await importKey(text) } };
  return { connection, secret: readable(connection, text) };
}

const readable = ({ kind }: StoredConnection, token: string): Secret => ({
  kind: kind === 'token' ? 'token' : 'sas',
  token,
});
