import { accountId, type Connection, type Credential } from '@/azure/protocol/connection';
import { isLoopback } from '@/azure/protocol/loopback';
import { finishBeforeClosing } from '../messages/before-closing';
import { records } from '../messages/records';
import { clearTokenSource, setTokenSource } from '../sign-in/token-credential';
import { noteToken, supplyToken } from '../sign-in/token-prompts';
import {
  clearConnectionState,
  connectionStore,
  credentialOf,
  openedVault,
  putConnections,
  readVault,
  secrets,
  tellOtherTabs,
  writing,
} from './connection-store';
import type { Keep, Secret, StoredConnection, StoredSecret } from './vault-entries';

export type { Keep, PassphraseState, StoredConnection, StoredSecret } from './vault-entries';

export const useConnections = () => connectionStore((state) => state.connections);
export const useConnection = (id: string | undefined) =>
  connectionStore((state) => state.connections.find((one) => one.id === id));
export const useConnectionsReady = () => connectionStore((state) => state.ready);
/** True when secrets were removed that an earlier version had stored for tabs. */
export const useWereSecretsRemoved = () => connectionStore((state) => state.removedSecrets);
export const useIsVaultDurable = () => connectionStore((state) => state.durable);
export const usePassphraseState = () => connectionStore((state) => state.passphrase);
/** When the connection was last locked in this page, epoch ms; undefined when only a reload lost its secret. */
export const useLockedSince = (id: string): number | undefined => connectionStore((state) => state.lockedSince[id]);
export const currentConnections = () => connectionStore.getState().connections;
const storedConnection = (id: string) => currentConnections().find((one) => one.id === id);
/** Calls `changed` after each change; returns a function that ends that. */
export const whenConnectionsChange = (changed: () => void) => connectionStore.subscribe(changed);

/** The one queue that a connection is for; undefined when it is for the account. */
export const onlyQueueOf = (id: string): string | undefined => storedConnection(id)?.queue;

/** What `connect` needs for a stored connection; undefined when it is not known, or is locked. */
export function connectionOf(id: string): Connection | undefined {
  const stored = storedConnection(id);
  const credential = secrets.get(id);
  return stored && credential && withCredential(stored, credential);
}

/** True for a connection that is known and not locked. */
export const isOpen = (id: string): boolean => secrets.has(id) && storedConnection(id) !== undefined;

/** A stored connection as `connect` needs it. */
export function withCredential(stored: StoredConnection, credential: Credential): Connection {
  const { account, endpoint, secondaryEndpoint, queue, relay, beside } = stored;
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    ...(queue && { queue }),
    ...(relay && { relay }),
    ...(beside !== undefined && { beside }),
    credential,
  };
}

/** Reads the stored connections. */
export const loadConnections = (): Promise<void> => openedVault().then((opened) => readVault(opened));

/** Marks the connections as loaded: a missing one has to be added. */
export const connectionsAreReady = () => connectionStore.setState({ ready: true });

/**
 * Adds a connection, or replaces the secret of an existing one. Checks nothing: the connect screen does. The key of the
 * connection must not be extractable; its text `key` is needed only to protect it by a passphrase. `isProtected: false` keeps
 * a secret on the device without one.
 * @throws VaultLockedError when it is for the device and the passphrase has not been set or typed
 */
export async function addConnection(
  connection: Omit<Connection, 'credential'> & { credential: Secret } & TokenFacts,
  keep: Keep,
  {
    key,
    ...safety
  }: Pick<StoredConnection, 'environment' | 'readOnly' | 'isProtected'> & { key?: string | undefined } = {},
) {
  const { account, endpoint, secondaryEndpoint, queue, relay, beside, credential, holder, signIn } = connection;
  const id = accountId(connection);
  const before = storedConnection(id);
  const wanted: StoredConnection = {
    environment: before?.environment,
    readOnly: before?.readOnly,
    openedQueues: before?.openedQueues,
    ...safety,
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
    ...(relay && { relay }),
    ...(beside !== undefined && { beside }),
    addedAt: before?.addedAt ?? Date.now(),
  };
  const opened = await openedVault();
  const added = await writing(opened.store({ connection: wanted, secret: credential }, key));
  secrets.set(id, credentialOf(added, credential));
  records.open(id);
  putConnections((connections) =>
    connections.some((one) => one.id === id)
      ? connections.map((one) => (one.id === id ? added : one))
      : [...connections, added],
  );
  tellOtherTabs(id);
  return added;
}

/** Owner of a token or a sign-in. */
export type TokenFacts = Pick<StoredConnection, 'holder' | 'signIn'>;

/**
 * Replaces the access token of a connection. Its account object stays the same, so no view is lost, and requests that wait for
 * a token continue with `token`, which is stored only if it was pasted.
 */
export async function renewConnection(id: string, token: string, facts: TokenFacts) {
  const before = storedConnection(id);
  if (!before) return;
  const { holder, signIn } = facts;
  const wanted: StoredConnection = { ...before, holder, signIn };
  const opened = await openedVault();
  const secret = { kind: 'token' as const, token: signIn ? '' : token };
  const renewed = await writing(opened.store({ connection: wanted, secret }));
  setTokenSource(id, signIn ? { signIn } : { token });
  putConnections((connections) => connections.map((one) => (one.id === id ? renewed : one)));
  supplyToken(id, token);
  tellOtherTabs(id);
}

/** Signs out: forgets the tokens of all connections of the sign-in; the connections stay. */
export async function signOutOf(id: string) {
  const signIn = storedConnection(id)?.signIn;
  if (!signIn) return;
  const isOfIt = ({ signIn: other }: StoredConnection) => other?.homeAccountId === signIn.homeAccountId;
  const signedOut = currentConnections().flatMap((one) => (isOfIt(one) ? one.id : []));
  await finishBeforeClosing(signedOut);
  const { signOut } = await import('../sign-in/msal');
  // Not awaited: its window may stay open, and the tokens are deleted at once.
  void signOut(signIn);
  for (const one of signedOut) noteToken(one, false);
}

/** Removes a connection and its key from this tab, the device and all other tabs, after sending waiting requests. */
export async function forgetConnection(id: string) {
  await finishBeforeClosing([id]);
  await forget(id);
}

async function forget(id: string) {
  const opened = await openedVault();
  const forgotten = storedConnection(id);
  await writing(opened.forget(id));
  if (forgotten?.local && forgotten.queue === undefined) await opened.note(NO_LOCAL_SERVICE);
  clearConnectionState(id);
  putConnections((connections) => connections.filter((one) => one.id !== id));
  tellOtherTabs(id);
}

/**
 * Changes settings of a connection in all tabs, without its secret.
 * @throws VaultLockedError when its locked secret is bound to what changes
 */
export async function changeConnection(
  id: string,
  change: Partial<Pick<StoredConnection, 'environment' | 'readOnly' | 'relay' | 'openedQueues'>>,
) {
  if (!storedConnection(id)) return;
  // In memory first: a click on "read-only" must not wait for a disk.
  const write = writing(openedVault().then((opened) => opened.change(id, change)));
  putConnections((connections) => connections.map((one) => (one.id === id ? { ...one, ...change } : one)));
  try {
    await write;
  } catch (error) {
    await readVault(await openedVault());
    throw error;
  }
  tellOtherTabs({ changed: id });
}

/** Lists the secrets of this browser, also those of other tabs. */
export const storedSecrets = async (): Promise<StoredSecret[]> => (await openedVault()).list();

/** Between two writes of the last use of a secret, which is shown to the minute. */
const USE_INTERVAL_MS = 60_000;
const lastUses = new Map<string, number>();

/** Records the use of a connection, at most once a minute. */
export function markUsed(id: string) {
  const now = Date.now();
  if (now - (lastUses.get(id) ?? 0) < USE_INTERVAL_MS) return;
  lastUses.set(id, now);
  void openedVault()
    .then((opened) => opened.markUsed(id))
    .catch(() => {});
}

/** Unlocks with the key of the passphrase, or with undefined locks again. */
export async function openWith(master: CryptoKey | undefined) {
  const opened = await openedVault();
  const locked = master ? [] : currentConnections().filter(({ isProtected }) => isProtected);
  if (locked.length > 0) await finishBeforeClosing(locked.map(({ id }) => id));
  await writing(Promise.resolve(opened.useMaster(master)));
  for (const { id } of locked) {
    secrets.delete(id);
    clearTokenSource(id);
  }
  await readVault(opened);
  // Other tabs stay unlocked or locked, and learn whether there is a passphrase.
  tellOtherTabs({ changed: '' });
}

/** Removes every connection and secret of this browser, and the passphrase. */
export async function forgetAllConnections() {
  const ids = currentConnections().map(({ id }) => id);
  // All at once, so that none waits for another's service.
  await finishBeforeClosing(ids);
  for (const id of ids) await forget(id);
  const opened = await openedVault();
  await opened.forgetAll();
  await readVault(opened);
  tellOtherTabs({ changed: '' });
}

const NO_LOCAL_SERVICE = 'no-local-service';

/** True when the local service was forgotten in this tab and must not be added again automatically. */
export const isLocalServiceUnwanted = async () => (await openedVault()).hasNote(NO_LOCAL_SERVICE);
