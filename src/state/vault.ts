import { createStore, delMany, entries, get, set, type UseStore, update } from 'idb-keyval';
import type { Credential } from '@/azure/connection';
import { openTab, openTabs, type Tab } from './tab';

/**
 * Where secrets live.
 *
 * - An account key is a non-extractable `CryptoKey`: the page can sign with it and nobody can read it back.
 * - A SAS has to be read to be sent, so it is encrypted (AES-GCM) with another non-extractable key.
 * - Both are in IndexedDB, which alone can hold a `CryptoKey`. Nothing of them is in `localStorage` or `sessionStorage`.
 * - What is kept for a tab carries the tab's name. Once the tab is closed, the next tab that opens removes it; no other
 *   tab reads it.
 *
 * The limits, honestly: script that runs in this page can sign with the key (hence the strict content security policy);
 * a browser writes the bytes of a `CryptoKey` into its profile, so whoever can read the profile's files can have them; a
 * browser that restores a closed tab restores its name too, and the secret if no other tab has opened in between.
 */
export type Secret = Exclude<Credential, { kind: 'token' }>;

/** How long a secret is kept: until this tab closes, or until it is forgotten. */
export type Keep = 'tab' | 'device';

/** A connection as this browser knows it: everything but the secret. */
export type StoredConnection = {
  /** `Account.id`. */
  id: string;
  account: string;
  endpoint: string;
  secondaryEndpoint?: string | undefined;
  kind: 'key' | 'sas';
  keep: Keep;
  /** True for an emulator on this machine. */
  local: boolean;
  /** True when the server of this page passes its requests on. */
  relay?: boolean | undefined;
  /** Milliseconds since 1970. */
  addedAt: number;
};

export type Deposit = { connection: StoredConnection; secret: Secret };

export type Vault = {
  /** False where the browser keeps nothing for this page: secrets are in memory and a reload forgets them. */
  readonly durable: boolean;
  load(): Promise<Deposit[]>;
  store(deposit: Deposit): Promise<void>;
  /** Removes a connection and its secret from every tab and from the device. */
  forget(connection: string): Promise<void>;
  /** Leaves a note (no secret) for as long as this tab lives. */
  note(name: string): Promise<void>;
  hasNote(name: string): Promise<boolean>;
};

type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
/** As IndexedDB has it; `owner` is `device` or the name of a tab. The sealing key is an entry without a connection. */
type Entry = { owner: string; connection?: StoredConnection; secret?: CryptoKey | Sealed };

const DEVICE = 'device';
const SEALING_KEY = 'sealing-key';
/** Long enough for a slow page to reload: in between, its tab looks closed. */
const RELOAD_GRACE = 10_000;

export type VaultOptions = {
  /** Milliseconds after which what closed tabs left behind is removed. */
  grace?: number;
  /** See `openTab`. */
  closed?: Promise<void>;
};

/** Opens the vault of this tab, and clears away what closed tabs left behind. */
export async function openVault({ grace = RELOAD_GRACE, closed }: VaultOptions = {}): Promise<Vault> {
  try {
    const store = createStore('queuescope-vault', 'entries');
    const tab = await openTab(closed);
    const sealingKey = await sealingKeyOf(store);
    await sweep(store, tab, grace);
    return storedVault(store, tab, sealingKey);
  } catch {
    // No storage (private window of some browsers, blocked by policy) or no locks (insecure page).
    return memoryVault();
  }
}

function storedVault(store: UseStore, tab: Tab, sealingKey: CryptoKey): Vault {
  const noteKey = (name: string) => `${tab.id}#${name}`;
  return {
    durable: true,
    async load() {
      const own = (await entries<string, Entry>(store)).filter(([, { owner }]) => owner === DEVICE || owner === tab.id);
      const deposits = await Promise.all(own.map(([, entry]) => unseal(entry, sealingKey)));
      return deposits.filter((deposit) => deposit !== undefined);
    },
    async store({ connection, secret }) {
      await remove(store, (entry) => entry.connection?.id === connection.id && [DEVICE, tab.id].includes(entry.owner));
      const owner = connection.keep === 'device' ? DEVICE : tab.id;
      const kept = secret.kind === 'key' ? secret.key : await seal(secret.token, sealingKey);
      await set(`${owner}/${connection.id}`, { owner, connection, secret: kept } satisfies Entry, store);
    },
    forget: (id) => remove(store, ({ connection }) => connection?.id === id),
    note: (name) => set(noteKey(name), { owner: tab.id } satisfies Entry, store),
    hasNote: async (name) => (await get<Entry>(noteKey(name), store)) !== undefined,
  };
}

function memoryVault(): Vault {
  const deposits = new Map<string, Deposit>();
  const notes = new Set<string>();
  return {
    durable: false,
    load: async () => [...deposits.values()],
    store: async (deposit) => void deposits.set(deposit.connection.id, deposit),
    forget: async (id) => void deposits.delete(id),
    note: async (name) => void notes.add(name),
    hasNote: async (name) => notes.has(name),
  };
}

/** Takes over what a duplicated tab came with, and removes what closed tabs left, after a look and a second look. */
async function sweep(store: UseStore, tab: Tab, grace: number) {
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
  }, grace);
}

async function remove(store: UseStore, isGone: (entry: Entry) => boolean) {
  const gone = (await entries<string, Entry>(store)).filter(([, entry]) => isGone(entry));
  await delMany(
    gone.map(([key]) => key),
    store,
  );
}

async function sealingKeyOf(store: UseStore): Promise<CryptoKey> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // One transaction, so that two tabs that open at once agree on one key.
  await update<Entry>(SEALING_KEY, (stored) => stored ?? { owner: DEVICE, secret: fresh }, store);
  const stored = await get<Entry>(SEALING_KEY, store);
  return stored?.secret instanceof CryptoKey ? stored.secret : fresh;
}

async function seal(text: string, key: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)) };
}

async function unseal({ connection, secret }: Entry, key: CryptoKey): Promise<Deposit | undefined> {
  if (!connection || !secret) return undefined;
  if (secret instanceof CryptoKey) return { connection, secret: { kind: 'key', key: secret } };
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: secret.iv }, key, secret.bytes);
  return { connection, secret: { kind: 'sas', token: new TextDecoder().decode(bytes) } };
}
