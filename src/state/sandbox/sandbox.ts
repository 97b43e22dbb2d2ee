import { importKey } from '@/azure/credentials/shared-key';
import { accountId } from '@/azure/protocol/connection';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { addConnection, type Keep, type StoredConnection } from '../connections/connections';
import type { SandboxSession } from './sandbox-session';
import { startHost } from './start-host';

/** The connection to the queue service in this tab. */
export const SANDBOX_ID = accountId(SANDBOX);

export const isSandbox = ({ endpoint }: Pick<StoredConnection, 'endpoint'>) => endpoint === SANDBOX.endpoint;

let session: Promise<SandboxSession> | undefined;
/** Settles when the session before has deleted what it persisted. */
let ending: Promise<unknown> | undefined;

/** The running sandbox, restored or with the demo queues. Loads its code on first use. */
export function openSandbox(): Promise<SandboxSession> {
  session ??= start().catch((error: unknown) => {
    session = undefined;
    throw error;
  });
  return session;
}

async function start(): Promise<SandboxSession> {
  const host = startHost();
  try {
    const { startSession } = await import('./sandbox-session');
    await ending;
    return await startSession(host, await sandboxConnection(), (done) => {
      session = undefined;
      ending = done.catch(() => {});
    });
  } catch (error) {
    host.end();
    throw error;
  }
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
