import { delMany, entries, get, set, type UseStore, update } from 'idb-keyval';
import { importKey } from '@/azure/credentials/shared-key';
import { openTab, openTabs, type Tab } from '../tab/tab-identity';
import type { Installation } from './installation';
import {
  alone,
  boundTo,
  changeEntry,
  DEVICE,
  type Deposit,
  type Entry,
  entryStore,
  isKept,
  isProtected,
  LOCK_ENTRY,
  type Lock,
  type PassphraseState,
  publishedKeyOf,
  SEALING_KEY,
  type Secret,
  type StoredConnection,
  type StoredForm,
  type StoredSecret,
  seal,
  sealKept,
  unsealText,
  VaultLockedError,
} from './vault-entries';

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
    const removedSecrets = await upgrade(store, sealingKey, installation);
    await sweep(store, tab, graceMs);
    return storedVault(store, tab, { sealingKey, removedSecrets, installation });
  } catch {
    // No storage (private window of some browsers, blocked by policy) or no locks (insecure page).
    return memoryVault();
  }
}

const isOld = ({ owner, secret }: Entry): boolean =>
  secret !== undefined && (owner === DEVICE ? 'iv' in secret : !('published' in secret));

/** Upgrades what earlier versions stored, and leaves it for the next visit when the code for it does not load. */
async function upgrade(store: UseStore, ...args: [CryptoKey, Parts['installation']]): Promise<boolean> {
  if (!(await entries<string, Entry>(store)).some(([, entry]) => isOld(entry))) return false;
  const module = await import('./upgrade-vault').catch(() => undefined);
  return (await module?.upgradeVault(store, ...args)) ?? false;
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
    if (isKept(secret)) return 'installation';
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

/** Removes `locked` and `foreign`, which are state of one page. */
function withoutState(connection: StoredConnection): StoredConnection {
  const stored = { ...connection };
  delete stored.locked;
  delete stored.foreign;
  return stored;
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
