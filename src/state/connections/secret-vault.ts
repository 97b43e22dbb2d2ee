import { createStore, delMany, entries, get, set, type UseStore, update } from 'idb-keyval';
import { importKey, sign } from '@/azure/credentials/shared-key';
import type { Credential } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { SANDBOX } from '@/sandbox/sandbox-account';
import type { SignIn } from '../sign-in/app-registration';
import { openTab, openTabs, type Tab } from '../tab/tab-identity';
import type { Installation } from './installation';

/**
 * Storage of connections and of their secrets: account keys, shared access signatures and access tokens.
 *
 * - A secret that is for the tab is not stored. Its connection is, under the name of the tab, so that a reload asks for the
 *   secret alone. Once the tab is closed, the next tab that opens removes the connection; no other tab reads it.
 * - What is kept on the device is encrypted (AES-GCM) with a key that only the passphrase unlocks (`passphrase.ts`). What
 *   decides where the secret goes and what may be done with it is bound to it, so a changed entry does not open.
 * - Where a local server serves the page, both are bound to its installation (`installation.ts`): the key of the passphrase is
 *   derived with its secret, and what is kept without a passphrase is encrypted with it. At another installation it does not open.
 * - On static hosts, who chose to keep it without a passphrase has an account key as a non-extractable `CryptoKey`, and a
 *   signature or a token encrypted with another one: script of this page cannot read them back, and whoever reads the profile's
 *   files can.
 * - The keys of the emulator and of the sandbox are published, and are stored as they are.
 * - Of a sign-in only ids are stored (`app-registration`), never a token.
 *
 * Script in this page can sign with a key that is in use (hence the strict content security policy).
 */
export type Secret = Exclude<Credential, { kind: 'token' }> | TokenSecret;

/** A pasted access token; empty for a sign-in, whose tokens are not stored. */
export type TokenSecret = { kind: 'token'; token: string };

/** Where a secret is kept: in the memory of this page, or on the device until it is forgotten. */
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
  /** True when its secret is under the passphrase. To be stored on the device, false says to do so without one. */
  isProtected?: boolean | undefined;
  /** True while this page does not have its secret; of this page, not stored. */
  locked?: boolean | undefined;
  /** True while it is locked since another installation kept it; of this page, not stored. */
  foreign?: boolean | undefined;
};

/**
 * `secret` is undefined while it is locked, was for the tab before a reload, or does not fit what it is bound to; `foreign` when
 * another installation kept it.
 */
export type Deposit = { connection: StoredConnection; secret?: Secret | undefined; foreign?: boolean };

/** One stored secret, for the list in the settings. Times in epoch ms. */
export type StoredSecret = {
  connection: StoredConnection;
  /** `otherTab`: of another tab that is open, or was closed a few seconds ago. `published`: the key is no secret. */
  where: 'tab' | 'otherTab' | 'device' | 'passphrase' | 'published';
  storedAt: number;
  usedAt: number | undefined;
};

export type Vault = {
  /** False without storage: secrets are in memory and lost on reload. */
  readonly durable: boolean;
  /** True when opening it removed secrets that an earlier version had stored for tabs. */
  readonly removedSecrets: boolean;
  load(): Promise<Deposit[]>;
  /**
   * Stores a connection, and its secret when that is kept on the device: protected by the passphrase, unless `isProtected` is
   * false. `text` is the account key, which protecting a key needs. Resolves to the connection as stored.
   * @throws VaultLockedError when the passphrase has to be set or typed first
   */
  store(deposit: { connection: StoredConnection; secret: Secret }, text?: string): Promise<StoredConnection>;
  /**
   * Stores changes of a connection, merged with those of other tabs; does not change its secret.
   * @throws VaultLockedError when the change is of what a locked secret is bound to
   */
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
  /** Drops secrets that it has in memory; their connections stay. */
  dropSecrets(ids: readonly string[]): void;
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
/** The text of a key that everybody knows. */
type Published = { published: string };
/** Sealed with the key that the passphrase opens: the text of an account key, or a token. */
export type Protected = { underPassphrase: Sealed };
/** Sealed with the key of an installation, which `installation` names: the text of an account key, or a token. */
type UnderInstallation = { underInstallation: Sealed; installation: string };
/**
 * Verifies a passphrase: `master` is the key of all protected secrets, sealed with one derived from the passphrase; `proof` is
 * sealed with the master key, to distinguish it from that of an earlier passphrase. `installation` names the one whose secret the
 * derived key has in it; none has it on a static host, and where an earlier version set the passphrase.
 */
export type Lock = {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  master: Sealed;
  proof?: Sealed;
  installation?: string | undefined;
};
type StoredForm = CryptoKey | Sealed | Protected | UnderInstallation | Published;
/**
 * An entry in IndexedDB; `owner` is `device` or the name of a tab. The sealing key and the lock are entries without a
 * connection. Times in epoch ms.
 */
export type Entry = {
  owner: string;
  connection?: StoredConnection;
  secret?: StoredForm | undefined;
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
  /** Finds the installation that the vault is bound to. */
  installation?: () => Promise<Installation | undefined>;
};

/**
 * Opens the vault of this tab, removes the entries of closed tabs and the secrets that earlier versions stored for tabs, and binds
 * to this installation what they kept without a passphrase.
 */
export async function openVault({
  graceMs = RELOAD_GRACE_MS,
  closed,
  installation = ownInstallation,
}: VaultOptions = {}): Promise<Vault> {
  try {
    const store = entryStore();
    const tab = await openTab(closed);
    const sealingKey = await sealingKeyOf(store);
    const removedSecrets = await removeTabSecrets(store);
    await sweep(store, tab, graceMs);
    await bindKept(store, sealingKey, installation);
    return storedVault(store, tab, { sealingKey, removedSecrets, installation });
  } catch {
    // No storage (private window of some browsers, blocked by policy) or no locks (insecure page).
    return memoryVault();
  }
}

/**
 * Binds signatures and tokens that earlier versions kept without a passphrase. An account key is a `CryptoKey` there, whose text
 * nobody has: it opens as before, until it is entered again.
 */
async function bindKept(store: UseStore, sealingKey: CryptoKey, installation: Parts['installation']): Promise<void> {
  const unbound = async () =>
    (await entries<string, Entry>(store)).filter(
      ([, { owner, secret }]) => owner === DEVICE && secret && 'iv' in secret,
    );
  const own = (await unbound()).length === 0 ? undefined : await installation();
  if (!own) return;
  await alone(async () => {
    for (const [key, { connection, secret }] of await unbound()) {
      if (!connection || !secret || !('iv' in secret)) continue;
      const text = await unsealText(secret, sealingKey).catch(() => undefined);
      const bound = text === undefined ? undefined : await sealKept(text, own, connection);
      if (bound) await changeEntry(store, key, (entry) => ({ ...entry, secret: bound }));
    }
  });
}

/** Loaded once something is kept. */
const ownInstallation = () =>
  import('./installation').then(
    ({ findInstallation }) => findInstallation(),
    () => undefined,
  );

type Parts = { sealingKey: CryptoKey; removedSecrets: boolean; installation: () => Promise<Installation | undefined> };

function storedVault(store: UseStore, tab: Tab, { sealingKey, removedSecrets, installation }: Parts): Vault {
  const noteKey = (name: string) => `${tab.id}#${name}`;
  let master: CryptoKey | undefined;
  const isOwn = ({ owner }: Entry) => owner === DEVICE || owner === tab.id;
  const lock = async () => (await get<Entry>(LOCK_ENTRY, store))?.lock;

  function placeOf(owner: string, secret: StoredForm | undefined): StoredSecret['where'] {
    if (isProtected(secret)) return 'passphrase';
    if (owner !== DEVICE && owner !== tab.id) return 'otherTab';
    if (secret && 'published' in secret) return 'published';
    return owner === DEVICE ? 'device' : 'tab';
  }

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

  /** Undefined when nothing secret is to be stored. */
  async function toStoredForm(connection: StoredConnection, secret: Secret, text?: string) {
    const published = await publishedKeyOf(secret);
    if (published !== undefined) return { published };
    if (connection.keep === 'tab' || connection.signIn) return undefined;
    const asText = secret.kind === 'key' ? text : secret.token;
    if (connection.isProtected === false) {
      const bound = asText === undefined ? undefined : await sealKept(asText, await installation(), connection);
      return bound ?? (secret.kind === 'key' ? secret.key : seal(secret.token, sealingKey));
    }
    const locked = await lock();
    const opened = locked && (await masterOf(locked));
    if (!opened || asText === undefined) throw new VaultLockedError('Type the passphrase first.');
    return { underPassphrase: await seal(asText, opened, connection) };
  }

  /** The secret of an entry bound to the changed connection; undefined when it needs no change. */
  async function rebind({ connection, secret }: Entry, change: Partial<StoredConnection>) {
    if (!connection || !(isProtected(secret) || isKept(secret))) return undefined;
    const changed = { ...connection, ...change };
    if (boundTo(connection) === boundTo(changed)) return undefined;
    const opened = isKept(secret) ? (await installation())?.key : master;
    const sealed = isKept(secret) ? secret.underInstallation : secret.underPassphrase;
    const text = opened && (await unsealText(sealed, opened, connection).catch(() => undefined));
    if (!opened || text === undefined) throw new VaultLockedError('Unlock the connection first.');
    const again = await seal(text, opened, changed);
    return isKept(secret) ? { ...secret, underInstallation: again } : { underPassphrase: again };
  }

  return {
    durable: true,
    removedSecrets,
    async load() {
      const own = (await entries<string, Entry>(store)).filter(([, entry]) => isOwn(entry));
      const locked = await lock();
      const isBound = own.some(([, { secret }]) => isKept(secret)) || locked?.installation !== undefined;
      const keys = { sealingKey, master, lock: locked, installation: isBound ? await installation() : undefined };
      const deposits = await Promise.all(own.map(([, entry]) => unseal(entry, keys)));
      return deposits.filter((deposit) => deposit !== undefined);
    },
    store: ({ connection: deposited, secret }, text) =>
      alone(async () => {
        const stored = await toStoredForm(deposited, secret, text);
        const connection = withoutState({ ...deposited, isProtected: isProtected(stored) });
        await remove(store, (entry) => entry.connection?.id === connection.id && isOwn(entry));
        const owner = connection.keep === 'device' ? DEVICE : tab.id;
        const now = Date.now();
        const entry: Entry = { owner, connection, secret: stored, storedAt: now, usedAt: now };
        await set(`${owner}/${connection.id}`, entry, store);
        return connection;
      }),
    change: (id, change) =>
      alone(async () => {
        for (const [key, found] of await ownEntries(store, isOwn, id)) {
          const secret = await rebind(found, change);
          await changeEntry(store, key, ({ connection, ...entry }) => ({
            ...entry,
            ...(secret && { secret }),
            ...(connection && { connection: withoutState({ ...connection, ...change }) }),
          }));
        }
      }),
    async markUsed(id) {
      for (const [key] of await ownEntries(store, isOwn, id))
        await changeEntry(store, key, (entry) => ({ ...entry, usedAt: Date.now() }));
    },
    async list() {
      return (await entries<string, Entry>(store)).flatMap(([, { owner, connection, secret, storedAt, usedAt }]) =>
        connection
          ? {
              connection,
              where: placeOf(owner, secret),
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
    dropSecrets: () => {},
    note: (name) => set(noteKey(name), { owner: tab.id } satisfies Entry, store),
    hasNote: async (name) => (await get<Entry>(noteKey(name), store)) !== undefined,
  };
}

const ownEntries = async (store: UseStore, isOwn: (entry: Entry) => boolean, id: string) =>
  (await entries<string, Entry>(store)).filter(([, entry]) => entry.connection?.id === id && isOwn(entry));

/** Runs what reads, encrypts and writes again while no other tab does so. */
export const alone = <Value>(work: () => Promise<Value>): Promise<Value> =>
  navigator.locks.request('queuescope-vault', work);

/** Changes an entry if it is there, in one transaction, so that one that another tab removed meanwhile is not restored. */
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

/** Removes `locked` and `foreign`, which are state of one page. */
function withoutState(connection: StoredConnection): StoredConnection {
  const stored = { ...connection };
  delete stored.locked;
  delete stored.foreign;
  return stored;
}

export const isProtected = (secret: StoredForm | undefined): secret is Protected =>
  secret !== undefined && 'underPassphrase' in secret;

/** True for a secret that is kept without a passphrase, and bound to an installation. */
export const isKept = (secret: StoredForm | undefined): secret is UnderInstallation =>
  secret !== undefined && 'underInstallation' in secret;

/** Seals what is kept without a passphrase; undefined where there is no installation. */
export async function sealKept(
  text: string,
  installation: Installation | undefined,
  to: StoredConnection,
): Promise<UnderInstallation | undefined> {
  if (!installation) return undefined;
  return { underInstallation: await seal(text, installation.key, to), installation: installation.id };
}

function memoryVault(): Vault {
  const deposits = new Map<string, Deposit & { storedAt: number; usedAt: number }>();
  const notes = new Set<string>();
  return {
    durable: false,
    removedSecrets: false,
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
    dropSecrets: (ids) => {
      for (const id of ids) delete deposits.get(id)?.secret;
    },
    note: async (name) => void notes.add(name),
    hasNote: async (name) => notes.has(name),
  };
}

/**
 * Removes the secrets that earlier versions stored for tabs; the connections stay. True when there was one. The browser may
 * keep their bytes in the files of the profile.
 */
async function removeTabSecrets(store: UseStore): Promise<boolean> {
  let found = false;
  for (const [key, { owner, secret, connection }] of await entries<string, Entry>(store)) {
    if (owner === DEVICE || !secret || 'published' in secret) continue;
    const published = secret instanceof CryptoKey ? await publishedKeyOf({ kind: 'key', key: secret }) : undefined;
    found ||= published === undefined && connection?.signIn === undefined;
    await changeEntry(store, key, (entry) => ({
      ...entry,
      secret: published === undefined ? undefined : { published },
    }));
  }
  return found;
}

/** The text of a key that is published; undefined for a secret. A `CryptoKey` is told by what it signs. */
async function publishedKeyOf(secret: Secret): Promise<string | undefined> {
  if (secret.kind !== 'key') return undefined;
  const signed = await sign(secret.key, '');
  for (const text of [EMULATOR.key, SANDBOX.key]) if ((await sign(await importKey(text), '')) === signed) return text;
  return undefined;
}

/** True for the key of an emulator or of the sandbox, which everybody knows. */
export const isPublished = async (secret: Secret | Credential): Promise<boolean> =>
  secret.kind === 'key' && (await publishedKeyOf({ kind: 'key', key: secret.key })) !== undefined;

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

/** What decides where a secret goes and what may be done with it, as additional authenticated data. */
const boundTo = (to: StoredConnection): string =>
  JSON.stringify([
    to.id,
    to.account,
    to.endpoint,
    to.secondaryEndpoint ?? '',
    to.queue ?? '',
    to.kind,
    to.relay ?? false,
    to.readOnly ?? false,
  ]);

const algorithm = (iv: Uint8Array<ArrayBuffer>, to: StoredConnection | undefined) => ({
  name: 'AES-GCM',
  iv,
  ...(to && { additionalData: new TextEncoder().encode(boundTo(to)) }),
});

/** Encrypts a text (AES-GCM with a new nonce), bound to a connection if there is one. */
export async function seal(text: string, key: CryptoKey, to?: StoredConnection): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(text);
  return { iv, bytes: await crypto.subtle.encrypt(algorithm(iv, to), key, bytes).finally(() => bytes.fill(0)) };
}

/** Throws when it was encrypted with another key, or for a connection that differs in what is bound. */
export async function unsealText({ iv, bytes }: Sealed, key: CryptoKey, to?: StoredConnection): Promise<string> {
  const opened = new Uint8Array(await crypto.subtle.decrypt(algorithm(iv, to), key, bytes));
  const text = new TextDecoder().decode(opened);
  opened.fill(0);
  return text;
}

type Keys = {
  sealingKey: CryptoKey;
  master: CryptoKey | undefined;
  lock: Lock | undefined;
  /** Undefined as well when nothing is bound to one. */
  installation: Installation | undefined;
};

async function unseal({ connection, secret }: Entry, keys: Keys): Promise<Deposit | undefined> {
  const { sealingKey, master, lock, installation } = keys;
  if (!connection) return undefined;
  if (connection.signIn) return { connection, secret: { kind: 'token', token: '' } };
  if (!secret) return { connection };
  if (secret instanceof CryptoKey) return { connection, secret: { kind: 'key', key: secret } };
  if ('published' in secret) return { connection, secret: await readable(connection, secret.published) };
  if (isKept(secret)) {
    if (secret.installation !== installation?.id) return { connection, foreign: true };
    const kept = await unsealText(secret.underInstallation, installation.key, connection).catch(() => undefined);
    return kept === undefined ? { connection } : { connection, secret: await readable(connection, kept) };
  }
  if (!isProtected(secret))
    return { connection, secret: await readable(connection, await unsealText(secret, sealingKey)) };
  // A secret of an earlier passphrase, or of an entry that was changed, stays locked.
  const text = master && (await unsealText(secret.underPassphrase, master, connection).catch(() => undefined));
  const isElsewhere = lock?.installation !== undefined && lock.installation !== installation?.id;
  if (text === undefined && isElsewhere) return { connection, foreign: true };
  return text === undefined ? { connection } : { connection, secret: await readable(connection, text) };
}

async function readable({ kind }: StoredConnection, text: string): Promise<Secret> {
  return kind === 'key' ? { kind, key: await importKey(text) } : { kind, token: text };
}
