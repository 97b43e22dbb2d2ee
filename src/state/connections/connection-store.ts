import { create } from 'zustand';
import type { Credential } from '@/azure/protocol/connection';
import { finishBeforeClosing } from '../messages/before-closing';
import { records } from '../messages/records';
import { clearTokenSource, setTokenSource, tokenCredential } from '../sign-in/token-credential';
import { signWithDeviceTime } from '../time/signing-time';
import { readFromPrimary } from './secondary-reads';
import { openVault, type Vault } from './secret-vault';
import { type PassphraseState, type Secret, type StoredConnection } from './vault-entries';

/**
 * State of `connections.ts`: the connections of this browser, synchronised with the vault, which all tabs write.
 */
type State = {
  /** In the order in which they were added. */
  connections: readonly StoredConnection[];
  /** False until the vault has been read and a first visit has the local service. */
  ready: boolean;
  /** False where this browser has no storage, so that a reload loses every key. */
  durable: boolean;
  /** See `Vault.removedSecrets`. */
  removedSecrets: boolean;
  passphrase: PassphraseState;
  /** When this page dropped the secrets of connections itself, by their ids: epoch ms by this device's clock. */
  lockedSince: Readonly<Record<string, number>>;
};

export const connectionStore = create<State>(() => ({
  connections: [],
  ready: false,
  durable: true,
  removedSecrets: false,
  passphrase: 'none',
  lockedSince: {},
}));

/** Changes the connections of this page; the caller informs other tabs. */
export const putConnections = (change: (connections: readonly StoredConnection[]) => readonly StoredConnection[]) =>
  connectionStore.setState(({ connections }) => ({ connections: change(connections) }));

/** Not in the store, since no component needs a secret. */
export const secrets = new Map<string, Credential>();

let vault: Promise<Vault> | undefined;
export const openedVault = (): Promise<Vault> => (vault ??= openVault());

const writes = new Set<Promise<unknown>>();
let written = 0;

/** Marks a write to the vault as running. A read during a write is repeated, since it may return the old state. */
export function writing<Value>(work: Promise<Value>): Promise<Value> {
  written += 1;
  writes.add(work);
  return work.finally(() => writes.delete(work));
}

async function loadSettled(opened: Vault) {
  for (;;) {
    await Promise.allSettled(writes);
    const before = written;
    const snapshot = { passphrase: await opened.passphrase(), deposits: await opened.load() };
    if (before === written) return snapshot;
  }
}

let lastRead: Promise<void> = Promise.resolve();

/**
 * Takes over the contents of the vault, one read after another, with the new secret of the connection `renewed`. Known secrets
 * keep their identity, and so do the accounts made of them.
 */
export const readVault = (opened: Vault, renewed?: string): Promise<void> =>
  (lastRead = lastRead.catch(() => {}).then(() => read(opened, renewed)));

async function read(opened: Vault, renewed?: string) {
  const { passphrase, deposits } = await loadSettled(opened);
  const storedIds = new Set(deposits.map(({ connection }) => connection.id));
  const removed = connectionStore.getState().connections.filter(({ id }) => !storedIds.has(id));
  // Forgotten by another tab.
  if (removed.length > 0) await finishBeforeClosing(removed.map(({ id }) => id));
  for (const { id } of removed) clearConnectionState(id);
  for (const { connection, secret } of deposits) {
    const { id } = connection;
    if (secret && (id === renewed || !secrets.has(id))) secrets.set(id, credentialOf(connection, secret));
    records.open(id);
  }
  const connections = deposits
    .map(({ connection, foreign }) =>
      secrets.has(connection.id) ? connection : Object.assign({}, connection, { locked: true, foreign }),
    )
    .toSorted((a, b) => a.addedAt - b.addedAt);
  const { durable, removedSecrets } = opened;
  connectionStore.setState({ connections, durable, removedSecrets, passphrase });
  listen(opened);
}

/** The credential of a connection; that of a token returns the current one. */
export function credentialOf({ id, signIn }: StoredConnection, secret: Secret): Credential {
  if (secret.kind !== 'token') return secret;
  setTokenSource(id, signIn ? { signIn } : { token: secret.token });
  return tokenCredential(id);
}

/** Removes all state of a connection from this page, except its entry in the store. */
export function clearConnectionState(id: string) {
  secrets.delete(id);
  clearTokenSource(id);
  records.close(id);
  signWithDeviceTime(id);
  readFromPrimary(id);
}

/** Message to other tabs: id of a connection with a new secret, or of one with other changes. */
type ConnectionNews = string | { changed: string };

let otherTabs: BroadcastChannel | undefined;

/** Reads the vault again after a change in another tab. */
function listen(opened: Vault) {
  if (otherTabs || !opened.durable) return;
  otherTabs = new BroadcastChannel('queuescope-connections');
  otherTabs.addEventListener('message', ({ data }: MessageEvent<ConnectionNews>) => {
    // Other changes keep the secret, and with it the account.
    void readVault(opened, typeof data === 'string' ? data : undefined);
  });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is open to its own origin only.
export const tellOtherTabs = (news: ConnectionNews) => otherTabs?.postMessage(news);
