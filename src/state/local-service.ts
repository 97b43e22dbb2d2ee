import { EMULATOR } from '@/azure/emulator';
import { importKey } from '@/azure/shared-key';
import {
  addConnection,
  currentConnections,
  isLocalServiceUnwanted,
  isLoopback,
  loadConnections,
  type StoredConnection,
} from './connections';

/** The queue service that `npm start` runs beside the page; it uses the emulator's public key. */
export type LocalService = { endpoint: string; account: string };

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
    if (typeof queueEndpoint !== 'string' || typeof account !== 'string' || !isLoopback(queueEndpoint))
      return undefined;
    return { endpoint: queueEndpoint.replace(/\/$/, ''), account };
  } catch {
    return undefined;
  }
}

/** Adds the connection to an emulator on this machine, whose key is public. Asks nothing of it yet. */
export async function connectLocalService(
  service: LocalService = { endpoint: EMULATOR.endpoint, account: EMULATOR.account },
): Promise<StoredConnection> {
  return addConnection({ ...service, credential: { kind: 'key', key: await importKey(EMULATOR.key) } }, 'tab');
}

/**
 * Reads the connections that this browser keeps and, for a newcomer, adds the service that runs beside the page. A
 * person with a connection of their own, or who forgot the local one in this tab, is left alone.
 */
export async function startConnections(): Promise<void> {
  const [service] = await Promise.all([findLocalService(), loadConnections()]);
  const connections = currentConnections();
  // A local connection whose port has changed is no reason to keep a newcomer away from the one that runs.
  const isNew = connections.every(({ local, endpoint }) => local && endpoint !== service?.endpoint);
  if (service && isNew && !(await isLocalServiceUnwanted())) await connectLocalService(service);
}
