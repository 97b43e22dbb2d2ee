import { create } from 'zustand';
import { accountId, type Connection, type Credential } from '@/azure/connection';
import { isLoopback } from '@/azure/verdict';
import { closeLeases, openLeases } from './leases';
import { signWithDeviceTime } from './signing-time';
import { dropTokens, holdTokens, tokenCredential } from './token-credential';
import { grantToken } from './token-wishes';
import {
  type Keep,
  openVault,
  type PassphraseState,
  type Secret,
  type StoredConnection,
  type StoredSecret,
  type Vault,
} from './vault';

export type { Keep, StoredConnection, StoredSecret } from './vault';

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

const store = create<State>(() => ({ connections: [], ready: false, durable: true, passphrase: 'none' }));

// Beside the store and not in it: a secret has no business in anything that renders.
const secrets = new Map<string, Credential>();
let vault: Promise<Vault> | undefined;

let otherTabs: BroadcastChannel | undefined;

export const useConnections = () => store((state) => state.connections);
export const useConnection = (id: string | undefined) =>
  store((state) => state.connections.find((one) => one.id === id));
export const useConnectionsReady = () => store((state) => state.ready);
export const useIsVaultDurable = () => store((state) => state.durable);
export const usePassphraseState = () => store((state) => state.passphrase);
export const currentConnections = () => store.getState().connections;
/** Calls back after each change; returns what stops it. */
export const whenConnectionsChange = (changed: () => void) => store.subscribe(changed);

/** The one queue that a connection is for; undefined when it is for the account. */
export const onlyQueueOf = (id: string): string | undefined =>
  store.getState().connections.find((one) => one.id === id)?.queue;

/** What `connect` needs for a stored connection; undefined when it is not known. */
export function connectionOf(id: string): Connection | undefined {
  const stored = store.getState().connections.find((one) => one.id === id);
  const credential = secrets.get(id);
  if (!stored || !credential) return undefined;
  const { account, endpoint, secondaryEndpoint, queue } = stored;
  return { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), ...(queue && { queue }), credential };
}

/** Reads the connections that this browser keeps. */
export function loadConnections(): Promise<void> {
  vault ??= openVault();
  return vault.then(read);
}

async function read(opened: Vault) {
  const deposits = await opened.load();
  for (const id of secrets.keys()) if (!deposits.some(({ connection }) => connection.id === id)) secrets.delete(id);
  // A secret that is known keeps its identity, and with it the account that was made of it.
  for (const { connection, secret } of deposits)
    if (secret && !secrets.has(connection.id)) secrets.set(connection.id, credentialOf(connection, secret));
  const connections = deposits
    .map(({ connection }) =>
      secrets.has(connection.id) ? connection : Object.assign({}, connection, { locked: true }),
    )
    .toSorted((a, b) => a.addedAt - b.addedAt);
  store.setState({ connections, durable: opened.durable, passphrase: await opened.passphrase() });
  listen(opened);
}

function credentialOf({ id, signIn }: StoredConnection, secret: Secret): Credential {
  if (secret.kind !== 'token') return secret;
  holdTokens(id, signIn ? { signIn } : { token: secret.token });
  return tokenCredential(id);
}

/** From now on a missing connection is one that a person has to add. */
export const connectionsAreReady = () => store.setState({ ready: true });

/** A connection added to the device or forgotten in one tab is so in all. */
function listen(opened: Vault) {
  if (otherTabs || !opened.durable) return;
  otherTabs = new BroadcastChannel('queuescope-connections');
  otherTabs.addEventListener('message', ({ data }: MessageEvent<string | { changed: string }>) => {
    // What only changed its look or its rules keeps its secret, and with it its account.
    if (typeof data === 'string') secrets.delete(data);
    void read(opened);
  });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is open to its own origin only.
const tellOtherTabs = (news: string | { changed: string }) => otherTabs?.postMessage(news);

/**
 * Adds a connection, or gives one that is there a new secret. Nothing is checked: the connect screen does that first.
 * The key of the connection must not be extractable; `key`, its text, is needed only to bring it under a passphrase.
 * @throws VaultLockedError when it is for the device and the passphrase has not been typed
 */
export async function addConnection(
  connection: Omit<Connection, 'credential'> & { credential: Secret } & TokenFacts,
  keep: Keep,
  { key, ...care }: Pick<StoredConnection, 'environment' | 'readOnly'> & { key?: string | undefined } = {},
) {
  const { account, endpoint, secondaryEndpoint, queue, credential, holder, signIn } = connection;
  const id = accountId(connection);
  const known = store.getState().connections.find((one) => one.id === id);
  const wanted: StoredConnection = {
    environment: known?.environment,
    readOnly: known?.readOnly,
    ...care,
    id,
    account,
    endpoint,
    secondaryEndpoint,
    ...(queue && { queue }),
    kind: credential.kind,
    ...(holder && { holder }),
    ...(signIn && { signIn }),
    keep,
    local: isLoopback(new URL(endpoint).hostname),
    addedAt: known?.addedAt ?? Date.now(),
  };
  const opened = await (vault ??= openVault());
  const added = await opened.store({ connection: wanted, secret: credential }, key);
  secrets.set(id, credentialOf(added, credential));
  openLeases(id);
  store.setState(({ connections }) => ({
    connections: known ? connections.map((one) => (one.id === id ? added : one)) : [...connections, added],
  }));
  tellOtherTabs(id);
  return added;
}

/** What is known of a token or a sign-in beside itself. */
export type TokenFacts = Pick<StoredConnection, 'holder' | 'signIn'>;

/**
 * Gives a connection by access token the next one. Its account stays the same one, so nothing on screen is lost, and
 * requests that wait for a token go on. `token` is what they go on with; it is kept only if it was pasted.
 */
export async function renewConnection(id: string, token: string, facts: TokenFacts) {
  const known = store.getState().connections.find((one) => one.id === id);
  if (!known) return;
  const { holder, signIn } = facts;
  const wanted: StoredConnection = { ...known, holder, signIn };
  const opened = await (vault ??= openVault());
  const renewed = await opened.store({ connection: wanted, secret: { kind: 'token', token: signIn ? '' : token } });
  holdTokens(id, signIn ? { signIn } : { token });
  store.setState(({ connections }) => ({ connections: connections.map((one) => (one.id === id ? renewed : one)) }));
  grantToken(id, token);
  tellOtherTabs(id);
}

/** Forgets the tokens of a sign-in, for every connection of it, and lets Microsoft end it; the connections stay. */
export async function signOutOf(id: string) {
  const signIn = store.getState().connections.find((one) => one.id === id)?.signIn;
  if (!signIn) return;
  const { signOut } = await import('./sign-in');
  // Not awaited: its window may stay open for as long as a person likes, and the tokens are gone at once.
  void signOut(signIn);
}

/** Removes a connection and its key from this tab, the device and all other tabs. */
export async function forgetConnection(id: string) {
  const opened = await (vault ??= openVault());
  const forgotten = store.getState().connections.find((one) => one.id === id);
  await opened.forget(id);
  if (forgotten?.local && forgotten.queue === undefined) await opened.note(NO_LOCAL_SERVICE);
  secrets.delete(id);
  dropTokens(id);
  closeLeases(id);
  signWithDeviceTime(id);
  store.setState(({ connections }) => ({ connections: connections.filter((one) => one.id !== id) }));
  tellOtherTabs(id);
}

/** Changes what this browser knows of a connection, in all tabs; its secret stays as it is. */
export async function changeConnection(id: string, change: Pick<StoredConnection, 'environment' | 'readOnly'>) {
  const known = store.getState().connections.find((one) => one.id === id);
  if (!known) return;
  // At once, and then for good: a click on "read-only" must not wait for a disk.
  store.setState(({ connections }) => ({
    connections: connections.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }));
  await (await (vault ??= openVault())).change({ ...known, ...change });
  tellOtherTabs({ changed: id });
}

/** What this browser holds of secrets, those of other tabs included. */
export const storedSecrets = async (): Promise<StoredSecret[]> => (await (vault ??= openVault())).list();

/** Ms between two notes of the same secret being used: the list says the minute. */
const USE_INTERVAL = 60_000;
const lastUses = new Map<string, number>();

/** Notes that a connection is in use, at most once a minute. */
export function markUsed(id: string) {
  const now = Date.now();
  if (now - (lastUses.get(id) ?? 0) < USE_INTERVAL) return;
  lastUses.set(id, now);
  void vault?.then((opened) => opened.markUsed(id)).catch(() => {});
}

/** Uses what the passphrase opened, or with undefined locks again what is under it. */
export async function openWith(master: CryptoKey | undefined) {
  const opened = await (vault ??= openVault());
  opened.useMaster(master);
  const locked = master ? [] : store.getState().connections.filter(({ isProtected }) => isProtected);
  for (const { id } of locked) {
    secrets.delete(id);
    dropTokens(id);
  }
  await read(opened);
}

/** Removes every connection and secret of this browser, and the passphrase. */
export async function forgetAllConnections() {
  for (const { id } of store.getState().connections) await forgetConnection(id);
  const opened = await (vault ??= openVault());
  await opened.forgetAll();
  await read(opened);
  tellOtherTabs({ changed: '' });
}

const NO_LOCAL_SERVICE = 'no-local-service';

/** True when the local service was forgotten in this tab: it is then not added again unasked. */
export const isLocalServiceUnwanted = async () => (await (vault ??= openVault())).hasNote(NO_LOCAL_SERVICE);
