import { importKey } from '@/azure/credentials/shared-key';
import { accountId } from '@/azure/protocol/connection';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { addConnection, type Keep, type StoredConnection } from '../connections/connections';
import type { SandboxSession } from './sandbox-session';

/** The connection to the queue service in this tab. */
export const SANDBOX_ID = accountId(SANDBOX);

export const isSandbox = ({ endpoint }: Pick<StoredConnection, 'endpoint'>) => endpoint === SANDBOX.endpoint;

let session: Promise<SandboxSession> | undefined;

/** The running sandbox, restored or with the demo queues. Loads its code on first use. */
export function openSandbox(): Promise<SandboxSession> {
  session ??= start().catch((error: unknown) => {
    session = undefined;
    throw error;
  });
  return session;
}

async function start(): Promise<SandboxSession> {
  const { startSession } = await import('./sandbox-session');
  return startSession(await sandboxConnection(), () => (session = undefined));
}

/** A `fetch` of the sandbox. */
export const sandboxFetch: typeof globalThis.fetch = async (input, init) =>
  (await openSandbox()).sandbox.fetch(input, init);

/** Adds the connection to the sandbox, or changes how long it is stored. */
export async function addSandbox(keep: Keep = 'tab'): Promise<StoredConnection> {
  return addConnection(await sandboxConnection(), keep);
}

async function sandboxConnection() {
  const { account, endpoint, secondaryEndpoint, key } = SANDBOX;
  return { account, endpoint, secondaryEndpoint, credential: { kind: 'key' as const, key: await importKey(key) } };
}
