import { create } from 'zustand';
import type { Credential } from '@/azure/protocol/connection';
import { finishBeforeLettingGo } from '../messages/before-closing';
import { records } from '../messages/records';
import { clearTokenSource, setTokenSource, tokenCredential } from '../sign-in/token-credential';
import { signWithDeviceTime } from '../time/signing-time';
import { readFromPrimary } from './secondary-reads';
import { openVault, type PassphraseState, type Secret, type StoredConnection, type Vault } from './secret-vault';

/**
 * What `connections.ts` knows of the connections of this browser, and how it follows the vault, which all tabs write.
 */
type State = {
  /** In the order in which they were added. */
  connections: readonly StoredConnection[];
  /** False until the vault has been read and a newcomer has the local service. */
  ready: boolean;
  /** False where this browser keeps nothing for the page, so that a reload forgets every key. */
  durable: boolean;
  /** Whether what this device keeps is under a passphrase, and whether it was typed. */
  passphrase: PassphraseState;
};

export const connectionStore = create<State>(() => ({
  connections: [],
  ready: false,
  durable: true,
  passphrase: 'none',
}));

/** The connections of this page change so; told to other tabs by whoever changes them. */
export const putConnections = (change: (connections: readonly StoredConnection[]) => readonly StoredConnection[]) =>
  connectionStore.setState(({ connections }) => ({ connections: change(connections) }));

/** Beside the store and not in it: a secret has no business in anything that renders. */
export const secrets = new Map<string, Credential>();

let vault: Promise<Vault> | undefined;
export const openedVault = (): Promise<Vault> => (vault ??= openVault());

const writes = new Set<Promise<unknown>>();
let written = 0;

/** A change of the vault by this tab. What is read meanwhile is read again: it may be what was there before. */
export function writing<Value>(work: Promise<Value>): Promise<Value> {
  written += 1;
  writes.add(work);
  return work.finally(() => writes.delete(work));
}

async function loadSettled(opened: Vault) {
  for (;;) {
    await Promise.allSettled(writes);
    const before = written;
    const found = { passphrase: await opened.passphrase(), deposits: await opened.load() };
    if (before === written) return found;
  }
}

let lastRead: Promise<void> = Promise.resolve();

/**
 * Takes over what the vault holds, one reading after another; the secret of a connection that was `renewed` too. A secret
 * that is known keeps its identity, and with it the account that was made of it.
 */
export const readVault = (opened: Vault, renewed?: string): Promise<void> =>
  (lastRead = lastRead.catch(() => {}).then(() => read(opened, renewed)));

async function read(opened: Vault, renewed?: string) {
  const { passphrase, deposits } = await loadSettled(opened);
  const kept = new Set(deposits.map(({ connection }) => connection.id));
  const gone = connectionStore.getState().connections.filter(({ id }) => !kept.has(id));
  // Forgotten by another tab.
  if (gone.length > 0) await finishBeforeLettingGo(gone.map(({ id }) => id));
  for (const { id } of gone) clearConnectionState(id);
  for (const { connection, secret } of deposits) {
    const { id } = connection;
    if (secret && (id === renewed || !secrets.has(id))) secrets.set(id, credentialOf(connection, secret));
    records.open(id);
  }
  const connections = deposits
    .map(({ connection }) =>
      secrets.has(connection.id) ? connection : Object.assign({}, connection, { locked: true }),
    )
    .toSorted((a, b) => a.addedAt - b.addedAt);
  connectionStore.setState({ connections, durable: opened.durable, passphrase });
  listen(opened);
}

/** What a connection's requests carry; of a token, whatever takes its place later. */
export function credentialOf({ id, signIn }: StoredConnection, secret: Secret): Credential {
  if (secret.kind !== 'token') return secret;
  setTokenSource(id, signIn ? { signIn } : { token: secret.token });
  return tokenCredential(id);
}

/** Nothing of a connection is left in this page, but its place in the store. */
export function clearConnectionState(id: string) {
  secrets.delete(id);
  clearTokenSource(id);
  records.close(id);
  signWithDeviceTime(id);
  readFromPrimary(id);
}

/** A connection with another secret, or what changed of one but its secret. */
type News = string | { changed: string };

let otherTabs: BroadcastChannel | undefined;

/** A connection added to the device or forgotten in one tab is so in all. */
function listen(opened: Vault) {
  if (otherTabs || !opened.durable) return;
  otherTabs = new BroadcastChannel('queuescope-connections');
  otherTabs.addEventListener('message', ({ data }: MessageEvent<News>) => {
    // What only changed its look or its rules keeps its secret, and with it its account.
    void readVault(opened, typeof data === 'string' ? data : undefined);
  });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is open to its own origin only.
export const tellOtherTabs = (news: News) => otherTabs?.postMessage(news);
