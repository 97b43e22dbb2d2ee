import { isLoopback } from '@/azure/diagnosis/verdict';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { finishBeforeLettingGo } from '../messages/before-closing';
import { records } from '../messages/records';
import { clearTokenSource, setTokenSource } from '../sign-in/token-credential';
import { supplyToken } from '../sign-in/token-prompts';
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
import type { Keep, Secret, StoredConnection, StoredSecret } from './secret-vault';

export type { Keep, StoredConnection, StoredSecret } from './secret-vault';

export const useConnections = () => connectionStore((state) => state.connections);
export const useConnection = (id: string | undefined) =>
  connectionStore((state) => state.connections.find((one) => one.id === id));
export const useConnectionsReady = () => connectionStore((state) => state.ready);
export const useIsVaultDurable = () => connectionStore((state) => state.durable);
export const usePassphraseState = () => connectionStore((state) => state.passphrase);
export const currentConnections = () => connectionStore.getState().connections;
const known = (id: string) => currentConnections().find((one) => one.id === id);
/** Calls back after each change; returns what stops it. */
export const whenConnectionsChange = (changed: () => void) => connectionStore.subscribe(changed);

/** The one queue that a connection is for; undefined when it is for the account. */
export const onlyQueueOf = (id: string): string | undefined => known(id)?.queue;

/** What `connect` needs for a stored connection; undefined when it is not known. */
export function connectionOf(id: string): Connection | undefined {
  const stored = known(id);
  const credential = secrets.get(id);
  if (!stored || !credential) return undefined;
  const { account, endpoint, secondaryEndpoint, queue, relay } = stored;
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    ...(queue && { queue }),
    ...(relay && { relay }),
    credential,
  };
}

/** Reads the connections that this browser keeps. */
export const loadConnections = (): Promise<void> => openedVault().then((opened) => readVault(opened));

/** From now on a missing connection is one that a person has to add. */
export const connectionsAreReady = () => connectionStore.setState({ ready: true });

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
  const { account, endpoint, secondaryEndpoint, queue, relay, credential, holder, signIn } = connection;
  const id = accountId(connection);
  const before = known(id);
  const wanted: StoredConnection = {
    environment: before?.environment,
    readOnly: before?.readOnly,
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
    ...(relay && { relay }),
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

/** What is known of a token or a sign-in beside itself. */
export type TokenFacts = Pick<StoredConnection, 'holder' | 'signIn'>;

/**
 * Gives a connection by access token the next one. Its account stays the same one, so nothing on screen is lost, and
 * requests that wait for a token go on. `token` is what they go on with; it is kept only if it was pasted.
 */
export async function renewConnection(id: string, token: string, facts: TokenFacts) {
  const before = known(id);
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

/** Forgets the tokens of a sign-in, for every connection of it, and lets Microsoft end it; the connections stay. */
export async function signOutOf(id: string) {
  const signIn = known(id)?.signIn;
  if (!signIn) return;
  const isOfIt = ({ signIn: other }: StoredConnection) => other?.homeAccountId === signIn.homeAccountId;
  await finishBeforeLettingGo(currentConnections().flatMap((one) => (isOfIt(one) ? one.id : [])));
  const { signOut } = await import('../sign-in/msal');
  // Not awaited: its window may stay open for as long as a person likes, and the tokens are gone at once.
  void signOut(signIn);
}

/** Removes a connection and its key from this tab, the device and all other tabs, once what waits to be sent is sent. */
export async function forgetConnection(id: string) {
  await finishBeforeLettingGo([id]);
  await forget(id);
}

async function forget(id: string) {
  const opened = await openedVault();
  const forgotten = known(id);
  await writing(opened.forget(id));
  if (forgotten?.local && forgotten.queue === undefined) await opened.note(NO_LOCAL_SERVICE);
  clearConnectionState(id);
  putConnections((connections) => connections.filter((one) => one.id !== id));
  tellOtherTabs(id);
}

/** Changes what this browser knows of a connection, in all tabs; its secret stays as it is. */
export async function changeConnection(
  id: string,
  change: Partial<Pick<StoredConnection, 'environment' | 'readOnly' | 'relay'>>,
) {
  if (!known(id)) return;
  // At once, and then for good: a click on "read-only" must not wait for a disk.
  const kept = writing(openedVault().then((opened) => opened.change(id, change)));
  putConnections((connections) => connections.map((one) => (one.id === id ? { ...one, ...change } : one)));
  await kept;
  tellOtherTabs({ changed: id });
}

/** What this browser holds of secrets, those of other tabs included. */
export const storedSecrets = async (): Promise<StoredSecret[]> => (await openedVault()).list();

/** Ms between two notes of the same secret being used: the list says the minute. */
const USE_INTERVAL_MS = 60_000;
const lastUses = new Map<string, number>();

/** Notes that a connection is in use, at most once a minute. */
export function markUsed(id: string) {
  const now = Date.now();
  if (now - (lastUses.get(id) ?? 0) < USE_INTERVAL_MS) return;
  lastUses.set(id, now);
  void openedVault()
    .then((opened) => opened.markUsed(id))
    .catch(() => {});
}

/** Uses what the passphrase opened, or with undefined locks again what is under it. */
export async function openWith(master: CryptoKey | undefined) {
  const opened = await openedVault();
  const locked = master ? [] : currentConnections().filter(({ isProtected }) => isProtected);
  if (locked.length > 0) await finishBeforeLettingGo(locked.map(({ id }) => id));
  await writing(Promise.resolve(opened.useMaster(master)));
  for (const { id } of locked) {
    secrets.delete(id);
    clearTokenSource(id);
  }
  await readVault(opened);
  // Their tabs stay as open or locked as they are, and see whether there is a passphrase.
  tellOtherTabs({ changed: '' });
}

/** Removes every connection and secret of this browser, and the passphrase. */
export async function forgetAllConnections() {
  const ids = currentConnections().map(({ id }) => id);
  // Of all at once, so that none waits for another's service.
  await finishBeforeLettingGo(ids);
  for (const id of ids) await forget(id);
  const opened = await openedVault();
  await opened.forgetAll();
  await readVault(opened);
  tellOtherTabs({ changed: '' });
}

const NO_LOCAL_SERVICE = 'no-local-service';

/** True when the local service was forgotten in this tab: it is then not added again unasked. */
export const isLocalServiceUnwanted = async () => (await openedVault()).hasNote(NO_LOCAL_SERVICE);
