import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAzurite } from './azurite.mjs';
import { messageOf, Refusal, ROOT } from './command.mjs';
import { allowOrigins } from './cors.mjs';
import { claim, evict, isAlive, readOwner } from './data-folder.mjs';
import { ACCOUNT, KEY } from './emulator-account.mjs';
import { queueService } from './queue-service.mjs';
import { seedDemo } from './seed.mjs';

/** Where this repository keeps its data. */
const FOLDER = join(ROOT, '.azurite');
/** Where every tool expects an emulator's queues. */
const USUAL_PORT = 10_001;

/** How long another start may take to bring its service up, and how often we look whether it is still there, ms. */
const OWNER_PATIENCE = 10_000;
const WATCH_INTERVAL = 500;

/** @typedef {{ url: string, port: number, pid: number, ended?: Promise<string>, stop: () => Promise<void> }} Service */

/**
 * The queue service beside the page: one for all that run on a folder of data, `.azurite` by default. The first start runs
 * it; a later one beside it shares it, and takes over, with the same data, when the first one stops.
 * @param {string[]} origins of the page, to be allowed by its CORS rules
 * @param {{ fresh?: boolean, folder?: string, onFailure: (failure: Refusal) => void }} options `fresh` deletes the data first;
 *   `onFailure` hears when the service has ended and there is none to follow it
 * @returns {Promise<{ local: () => import('./serve.mjs').LocalService, stop: () => Promise<void> }>}
 * @throws {Refusal} when it cannot be started, or when `fresh` would delete what another start uses
 */
export async function openLocalService(origins, { fresh = false, folder = FOLDER, onFailure }) {
  let stopping = false;
  if (fresh) refuseWhenShared(folder);
  let service = await obtain(folder, USUAL_PORT, fresh);
  await prepare(service, origins);

  void keep();
  return {
    local: () => ({ queueEndpoint: service.url, account: ACCOUNT }),
    stop: async () => {
      stopping = true;
      await service.stop();
    },
  };

  /** Follows whoever has the service; takes over when that was another start. */
  async function keep() {
    try {
      for (;;) {
        const how = await (service.ended ?? gone(service.pid));
        if (stopping) return;
        if (service.ended) throw new Refusal(`The queue service ended by itself (${how}): start it again.`);
        console.log('The other start has stopped, and its queue service with it: starting the service here.');
        service = await obtain(folder, service.port);
        await allowOrigins(emulator(service.url), origins);
      }
    } catch (error) {
      onFailure(error instanceof Refusal ? error : new Refusal(messageOf(error)));
    }
  }
}

/**
 * Starts the service here, or finds the one that another start runs.
 * @param {string} folder
 * @param {number} port to be preferred
 * @param {boolean} [fresh]
 * @returns {Promise<Service>}
 */
async function obtain(folder, port, fresh = false) {
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

/**
 * @param {string} folder
 * @param {number} port
 * @param {import('./data-folder.mjs').Claim} claimed
 * @returns {Promise<Service>}
 */
async function start(folder, port, claimed) {
  try {
    const azurite = await startAzurite({ location: folder, port }).catch((error) => {
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

/** @param {string} folder @returns {Promise<Service | undefined>} undefined when nobody answers for the folder in time */
async function answeringOwner(folder) {
  const end = Date.now() + OWNER_PATIENCE;
  while (Date.now() < end) {
    const owner = readOwner(folder);
    if (owner && !isAlive(owner.pid)) return undefined;
    const url = `http://127.0.0.1:${owner?.port}/${ACCOUNT}`;
    if (owner?.port && (await answers(url))) {
      return { url, port: owner.port, pid: owner.pid, stop: () => Promise.resolve() };
    }
    await delay(100);
  }
  return undefined;
}

/** Whether an Azurite is there: it says so even when it refuses. @param {string} url */
async function answers(url) {
  try {
    const { headers } = await fetch(`${url}?comp=list`, { signal: AbortSignal.timeout(2000) });
    return headers.get('server')?.startsWith('Azurite-Queue') ?? false;
  } catch {
    return false;
  }
}

/** @param {string} endpoint */
const emulator = (endpoint) => queueService({ account: ACCOUNT, key: KEY, endpoint });

/** A shared service was seeded by its owner. @param {Service} service @param {string[]} origins */
async function prepare({ url, ended }, origins) {
  const client = emulator(url);
  const [seeded] = await Promise.all([ended && seedDemo(client), allowOrigins(client, origins)]);
  if (seeded) console.log('Demo queues     added, since there were none');
}

/** @param {string} folder */
function refuseWhenShared(folder) {
  const owner = readOwner(folder);
  if (owner && isAlive(owner.pid)) {
    throw new Refusal('--fresh would delete the queues that another start works on: stop that one first.');
  }
}

/** Empties the folder, but for the claim on it. @param {string} folder */
function wipe(folder) {
  for (const name of readdirSync(folder)) if (name !== 'owner.json') rmSync(join(folder, name), { recursive: true });
}

/** Waits until a process has ended. @param {number} pid */
async function gone(pid) {
  while (isAlive(pid)) await delay(WATCH_INTERVAL);
  return 'gone';
}
