import { create } from 'zustand';
import { accountId, type Connection } from '@/azure/connection';
import { isLoopback } from '@/azure/verdict';
import { closeLeases, openLeases } from './leases';
import { signWithDeviceTime } from './signing-time';
import { type Keep, openVault, type Secret, type StoredConnection, type Vault } from './vault';

export type { Keep, StoredConnection } from './vault';

type State = {
  /** In the order in which they were added. */
  connections: readonly StoredConnection[];
  /** False until the vault has been read and a newcomer has the local service. */
  ready: boolean;
  /** False where this browser keeps nothing for the page, so that a reload forgets every key. */
  durable: boolean;
};

const store = create<State>(() => ({ connections: [], ready: false, durable: true }));

// Beside the store and not in it: a secret has no business in anything that renders.
const secrets = new Map<string, Secret>();
let vault: Promise<Vault> | undefined;

let otherTabs: BroadcastChannel | undefined;

export const useConnections = () => store((state) => state.connections);
export const useConnection = (id: string | undefined) =>
  store((state) => state.connections.find((one) => one.id === id));
export const useConnectionsReady = () => store((state) => state.ready);
export const useIsVaultDurable = () => store((state) => state.durable);
export const currentConnections = () => store.getState().connections;
/** Calls back after each change; returns what stops it. */
export const whenConnectionsChange = (changed: () => void) => store.subscribe(changed);

/** What `connect` needs for a stored connection; undefined when it is not known. */
export function connectionOf(id: string): Connection | undefined {
  const stored = store.getState().connections.find((one) => one.id === id);
  const credential = secrets.get(id);
  if (!stored || !credential) return undefined;
  const { account, endpoint, secondaryEndpoint, relay } = stored;
  return { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), ...(relay && { relay }), credential };
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
  for (const { connection, secret } of deposits) if (!secrets.has(connection.id)) secrets.set(connection.id, secret);
  const connections = deposits.map(({ connection }) => connection).toSorted((a, b) => a.addedAt - b.addedAt);
  store.setState({ connections, durable: opened.durable });
  listen(opened);
}

/** From now on a missing connection is one that a person has to add. */
export const connectionsAreReady = () => store.setState({ ready: true });

/** A connection added to the device or forgotten in one tab is so in all. */
function listen(opened: Vault) {
  if (otherTabs || !opened.durable) return;
  otherTabs = new BroadcastChannel('queuescope-connections');
  otherTabs.addEventListener('message', ({ data: id }: MessageEvent<string>) => {
    secrets.delete(id);
    void read(opened);
  });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is open to its own origin only.
const tellOtherTabs = (id: string) => otherTabs?.postMessage(id);

/**
 * Adds a connection, or gives one that is there a new secret. Nothing is checked: the connect screen does that first.
 * The key of the connection must not be extractable.
 */
export async function addConnection(connection: Connection & { credential: Secret }, keep: Keep) {
  const { account, endpoint, secondaryEndpoint, relay, credential } = connection;
  const id = accountId(connection);
  const known = store.getState().connections.find((one) => one.id === id);
  const added: StoredConnection = {
    id,
    account,
    endpoint,
    secondaryEndpoint,
    kind: credential.kind,
    keep,
    local: isLoopback(new URL(endpoint).hostname),
    ...(relay && { relay }),
    addedAt: known?.addedAt ?? Date.now(),
  };
  const opened = await (vault ??= openVault());
  await opened.store({ connection: added, secret: credential });
  secrets.set(id, credential);
  openLeases(id);
  store.setState(({ connections }) => ({
    connections: known ? connections.map((one) => (one.id === id ? added : one)) : [...connections, added],
  }));
  tellOtherTabs(id);
  return added;
}

/** Has the server of this page pass a connection's requests on, or goes to the account itself again. The secret stays. */
export async function setRelay(id: string, relay: boolean) {
  const stored = store.getState().connections.find((one) => one.id === id);
  const secret = secrets.get(id);
  if (!stored || !secret) return;
  const changed = { ...stored, relay };
  const opened = await (vault ??= openVault());
  await opened.store({ connection: changed, secret });
  store.setState(({ connections }) => ({ connections: connections.map((one) => (one.id === id ? changed : one)) }));
  tellOtherTabs(id);
}

/** Removes a connection and its key from this tab, the device and all other tabs. */
export async function forgetConnection(id: string) {
  const opened = await (vault ??= openVault());
  const forgotten = store.getState().connections.find((one) => one.id === id);
  await opened.forget(id);
  if (forgotten?.local) await opened.note(NO_LOCAL_SERVICE);
  secrets.delete(id);
  closeLeases(id);
  signWithDeviceTime(id);
  store.setState(({ connections }) => ({ connections: connections.filter((one) => one.id !== id) }));
  tellOtherTabs(id);
}

const NO_LOCAL_SERVICE = 'no-local-service';

/** True when the local service was forgotten in this tab: it is then not added again unasked. */
export const isLocalServiceUnwanted = async () => (await (vault ??= openVault())).hasNote(NO_LOCAL_SERVICE);
