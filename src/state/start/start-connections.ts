import { importKey } from '@/azure/credentials/shared-key';
import { urlOf } from '@/azure/protocol/decode-uri';
import { EMULATOR } from '@/azure/protocol/emulator';
import { isLoopback } from '@/azure/protocol/loopback';
import { insist } from '@/parts/insist';
import {
  addConnection,
  connectionsAreReady,
  currentConnections,
  isLocalServiceUnwanted,
  loadConnections,
  type StoredConnection,
} from '../connections/connections';
import { currentRoute, openQueue } from '../navigation/route';
import { addSandbox, isSandbox, openSandbox, SANDBOX_ID } from '../sandbox/sandbox';
import { fetchOwnJson } from '../tab/own-json';
import { SIGN_IN_NOTE, sessionKeys } from '../tab/session-storage-keys';

/** The queue service that `npm start` runs beside the page; it uses the emulator's public key. */
export type LocalService = {
  endpoint: string;
  account: string;
  /** True to use the relay. */
  relay?: boolean;
};

let localService: Promise<LocalService | undefined> | undefined;

/**
 * Asks the server of this page for its local service; undefined on static hosting. Asked once, as the service runs as long as the
 * server.
 */
export const findLocalService = () => (localService ??= readLocalService());

async function readLocalService(): Promise<LocalService | undefined> {
  const { queueEndpoint, account } = (await fetchOwnJson('local.json')) ?? {};
  if (typeof queueEndpoint !== 'string' || typeof account !== 'string' || !urlOf(queueEndpoint)) return undefined;
  if (!isLoopback(new URL(queueEndpoint).hostname)) return undefined;
  return { endpoint: queueEndpoint.replace(/\/$/, ''), account };
}

/** The connection of an emulator on this machine, whose key is public. */
export async function localConnection(service: LocalService) {
  const credential = { kind: 'key' as const, key: await importKey(EMULATOR.key) };
  return { ...service, credential };
}

/** Adds the connection of an emulator for this tab. Sends no request. */
export const addLocalService = async (service: LocalService): Promise<StoredConnection> =>
  addConnection(await localConnection(service), 'tab');

/**
 * Reads the stored connections and, on a first visit, adds the local service. Adds none when there is another connection, or when
 * the local one was forgotten in this tab.
 * @param known called as soon as the connections are there; they are marked as ready once what it returns has settled, too
 */
export async function startConnections(known?: () => Promise<unknown>): Promise<void> {
  // Asked while the vault is read, since most first visits need both.
  void findLocalService();
  await loadConnections();
  const signedInTo = await returnFromSignIn();
  if (signedInTo) openQueue(signedInTo.id, signedInTo.queue);
  await openLinkedSandbox();
  // Own connections do not wait for the server's response.
  if (currentConnections().every((one) => one.local || isSandbox(one))) await welcome();
  const besides = known?.();
  // Requests need the sandbox's clock. A failed load of its code shows when it is used.
  if (currentConnections().some(isSandbox)) await openSandbox().catch(() => {});
  await besides;
  connectionsAreReady();
}

/** Continues after a redirect sign-in; its code is loaded when there was one. */
async function returnFromSignIn() {
  if (sessionKeys(SIGN_IN_NOTE).length === 0) return undefined;
  const { finishSignIn } = await insist(() => import('./finish-redirect'));
  return finishSignIn();
}

/** Adds the sandbox when the address is a link into it. */
async function openLinkedSandbox() {
  const route = currentRoute();
  const isKnown = currentConnections().some(isSandbox);
  if (route?.screen === 'explorer' && route.connectionId === SANDBOX_ID && !isKnown) await addSandbox();
}

async function welcome() {
  const service = await findLocalService();
  // A local connection with another port is of an earlier service.
  const isKnown = currentConnections().some(({ endpoint }) => endpoint === service?.endpoint);
  if (service && !isKnown && !(await isLocalServiceUnwanted())) await addLocalService(service);
}
