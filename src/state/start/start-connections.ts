import { importKey } from '@/azure/credentials/shared-key';
import { isLoopback } from '@/azure/diagnosis/verdict';
import { EMULATOR } from '@/azure/protocol/emulator';
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
import { finishSignIn } from './finish-redirect';

/** The queue service that `npm start` runs beside the page; it uses the emulator's public key. */
export type LocalService = {
  endpoint: string;
  account: string;
  /** True to go there by the relay of the page's server. */
  relay?: boolean;
};

let found: Promise<LocalService | undefined> | undefined;

/**
 * Asks the server of this page for its local service; undefined on static hosting, which has none. Asked once: the
 * service lives and dies with the server.
 */
export const findLocalService = () => (found ??= readLocalService());

async function readLocalService(): Promise<LocalService | undefined> {
  try {
    const answer = await fetch(new URL('local.json', document.baseURI), { cache: 'no-store' });
    // A static host may answer every unknown address with the page itself.
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return undefined;
    const { queueEndpoint, account } = (await answer.json()) as { queueEndpoint?: unknown; account?: unknown };
    if (
      typeof queueEndpoint !== 'string' ||
      typeof account !== 'string' ||
      !isLoopback(new URL(queueEndpoint).hostname)
    )
      return undefined;
    return { endpoint: queueEndpoint.replace(/\/$/, ''), account };
  } catch {
    return undefined;
  }
}

/** The way to an emulator on this machine, whose key is public. */
export async function localConnection(service: LocalService) {
  const credential = { kind: 'key' as const, key: await importKey(EMULATOR.key) };
  return { ...service, credential };
}

/** Adds the connection to an emulator, for as long as the tab lives. Asks nothing of it. */
export const addLocalService = async (service: LocalService): Promise<StoredConnection> =>
  addConnection(await localConnection(service), 'tab');

/**
 * Reads the connections that this browser keeps and, for a newcomer, adds the service that runs beside the page. A
 * person with a connection of their own, or who forgot the local one in this tab, is left alone. All is ready once
 * `besides` has settled too.
 */
export async function startConnections(besides?: Promise<unknown>): Promise<void> {
  // Asked while the vault is read, since most newcomers need both.
  void findLocalService();
  await loadConnections();
  const signedInTo = await finishSignIn();
  if (signedInTo !== undefined) openQueue(signedInTo);
  await openLinkedSandbox();
  // A person's own connections do not wait for the server's answer.
  if (currentConnections().every((one) => one.local || isSandbox(one))) await welcome();
  // Requests are dated by the sandbox's clock, which a reload finds where it was moved to. Without its code it says so itself.
  if (currentConnections().some(isSandbox)) await openSandbox().catch(() => {});
  await besides;
  connectionsAreReady();
}

/** A link into the sandbox opens it: there is nothing to ask for. */
async function openLinkedSandbox() {
  const route = currentRoute();
  const isKnown = currentConnections().some(isSandbox);
  if (route?.screen === 'explorer' && route.connectionId === SANDBOX_ID && !isKnown) await addSandbox();
}

async function welcome() {
  const service = await findLocalService();
  // A local connection of an earlier port keeps nobody away from the service that runs now.
  const isKnown = currentConnections().some(({ endpoint }) => endpoint === service?.endpoint);
  if (service && !isKnown && !(await isLocalServiceUnwanted())) await addLocalService(service);
}
