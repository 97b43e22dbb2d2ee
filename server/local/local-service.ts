import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EMULATOR } from '../../src/azure/protocol/emulator';
import type { Account } from '../../src/azure/protocol/model';
import { seedDemoStory } from '../../src/sandbox/demo-story';
import { callRefusal } from '../account/call-refusal';
import { emulatorAt, openAccount } from '../account/open-account';
import { messageOf, Refusal, ROOT } from '../command.mjs';
import type { LocalService } from '../page/serve';
import { allowOrigins } from './allow-origins';
import { startAzurite } from './azurite';
import { type Claim, claim, evict, isAlive, readOwner } from './data-folder';

/** Where this repository keeps its data. */
const FOLDER = join(ROOT, '.azurite');
/** Where every tool expects an emulator's queues. */
const USUAL_PORT = 10_001;

/** How long another start may take to bring its service up, and how often we look whether it is still there, ms. */
const OWNER_TIMEOUT_MS = 10_000;
const WATCH_INTERVAL = 500;

/** `ended` is there when this process runs it. */
type Service = { url: string; port: number; pid: number; ended?: Promise<string>; stop: () => Promise<void> };

type Options = {
  /** Deletes the data first. */
  fresh?: boolean;
  folder?: string;
  /** Hears when the service has ended and there is none to follow it. */
  onFailure: (failure: Refusal) => void;
};

/**
 * The queue service beside the page: one for all that run on a folder of data, `.azurite` by default. The first start runs
 * it; a later one beside it shares it, and takes over, with the same data, when the first one stops.
 * @param origins of the page, to be allowed by its CORS rules
 * @throws Refusal when it cannot be started, or when `fresh` would delete what another start uses
 */
export async function openLocalService(
  origins: readonly string[],
  { fresh = false, folder = FOLDER, onFailure }: Options,
): Promise<{ local: () => LocalService; stop: () => Promise<void> }> {
  let stopping = false;
  if (fresh) refuseWhenShared(folder);
  let service = await obtain(folder, USUAL_PORT, fresh);
  await prepare(service, origins);

  void keep();
  return {
    local: () => ({ queueEndpoint: service.url, account: EMULATOR.account }),
    stop: async () => {
      stopping = true;
      await service.stop();
    },
  };

  /** Follows whoever has the service; takes over when that was another start. */
  async function keep(): Promise<void> {
    try {
      for (;;) {
        const how = await (service.ended ?? gone(service.pid));
        if (stopping) return;
        if (service.ended) throw new Refusal(`The queue service ended by itself (${how}): start it again.`);
        console.log('The other start has stopped, and its queue service with it: starting the service here.');
        service = await obtain(folder, service.port);
        await onEmulator(service.url, (account) => allowOrigins(account, origins));
      }
    } catch (error) {
      onFailure(error instanceof Refusal ? error : new Refusal(messageOf(error)));
    }
  }
}

/**
 * Starts the service here, or finds the one that another start runs.
 * @param port to be preferred
 */
async function obtain(folder: string, port: number, fresh = false): Promise<Service> {
  for (;;) {
    const claimed = claim(folder);
    if (claimed) {
      if (fresh) wipe(folder);
      const azurite = await start(folder, port, claimed);
      console.log(`Queue service  ${azurite.url} (Azurite, data in ${folder})`);
      return azurite;
    }
    const owner = await answeringOwner(folder);
    if (owner) {
      console.log(`Queue service  ${owner.url} (shared with the start that runs already; taken over when it stops)`);
      return owner;
    }
    evict(folder);
  }
}

async function start(folder: string, port: number, claimed: Claim): Promise<Service> {
  try {
    const azurite = await startAzurite({ location: folder, port }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      console.log(`Port ${port} is in use by another program: the queue service takes a free one.`);
      return startAzurite({ location: folder });
    });
    claimed.nameOwner({ pid: azurite.pid, port: azurite.port });
    void azurite.ended.then(() => claimed.release());
    return azurite;
  } catch (error) {
    claimed.release();
    throw new Refusal(`The queue service did not start: ${messageOf(error)}. Add --fresh to begin with no data.`);
  }
}

/** Undefined when nobody answers for the folder in time. */
async function answeringOwner(folder: string): Promise<Service | undefined> {
  const end = Date.now() + OWNER_TIMEOUT_MS;
  while (Date.now() < end) {
    const owner = readOwner(folder);
    if (owner && !isAlive(owner.pid)) return undefined;
    const url = `http://127.0.0.1:${owner?.port}/${EMULATOR.account}`;
    if (owner?.port && (await answers(url))) {
      return { url, port: owner.port, pid: owner.pid, stop: () => Promise.resolve() };
    }
    await delay(100);
  }
  return undefined;
}

/** Whether an Azurite is there: it says so even when it refuses. */
async function answers(url: string): Promise<boolean> {
  try {
    const { headers } = await fetch(`${url}?comp=list`, { signal: AbortSignal.timeout(2000) });
    return headers.get('server')?.startsWith('Azurite-Queue') ?? false;
  } catch {
    return false;
  }
}

/** @throws Refusal in place of what a call throws */
async function onEmulator(endpoint: string, work: (account: Account) => Promise<void>): Promise<void> {
  const connection = await emulatorAt(endpoint);
  try {
    await work(openAccount(connection));
  } catch (error) {
    throw callRefusal(error, connection);
  }
}

/** A shared service was seeded by its owner. */
const prepare = ({ url, ended }: Service, origins: readonly string[]): Promise<void> =>
  onEmulator(url, async (account) => {
    await Promise.all([ended && seedWhenEmpty(account), allowOrigins(account, origins)]);
  });

async function seedWhenEmpty(account: Account): Promise<void> {
  const { value: queues = [] } = await account.listQueues()[Symbol.asyncIterator]().next();
  if (queues.length > 0) return;
  await seedDemoStory(account, Date.now());
  console.log('Demo queues     added, since there were none');
}

function refuseWhenShared(folder: string): void {
  const owner = readOwner(folder);
  if (owner && isAlive(owner.pid)) {
    throw new Refusal('--fresh would delete the queues that another start works on: stop that one first.');
  }
}

/** Empties the folder, but for the claim on it. */
function wipe(folder: string): void {
  for (const name of readdirSync(folder)) if (name !== 'owner.json') rmSync(join(folder, name), { recursive: true });
}

/** Waits until a process has ended. */
async function gone(pid: number): Promise<string> {
  while (isAlive(pid)) await delay(WATCH_INTERVAL);
  return 'gone';
}
