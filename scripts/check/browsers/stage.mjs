import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { startFaultProxy } from '../../testing/fault-proxy.mjs';
import { rawQueue } from '../../testing/raw-queue.mjs';
import {
  ACCOUNT,
  installationInMemory,
  KEY,
  letIn,
  MOVABLE_CLOCK,
  officialClient,
  serve,
  startAzurite,
} from '../../testing/server.mjs';

/** An account beside the emulator's own, with an invented key. */
const SECOND = { name: 'harborlane', key: Buffer.from('>>>???harborlane'.repeat(4)).toString('base64') };

/** Every fault now and then: one request in four. */
const FAULTS = {
  lostBefore: 0.06,
  lostAfter: 0.06,
  truncated: 0.06,
  busy: 0.02,
  serverErrors: 0.04,
  delayed: 0.02,
  hidden: 0.3,
};

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * An Azurite of its own, the built page, and between them a proxy that can make requests fail. The checks go past the proxy.
 * @param {string} build folder of the built page
 * @param {number} seed of the faults
 */
export async function openStage(build, seed) {
  process.env['AZURITE_ACCOUNTS'] = `${ACCOUNT}:${KEY};${SECOND.name}:${SECOND.key}`;
  const service = await startAzurite({ clock: MOVABLE_CLOCK });
  const { origin } = new URL(service.url);
  const proxy = await startFaultProxy({ target: origin, seed });
  const site = await serve({
    local: () => ({ queueEndpoint: `${proxy.origin}/${ACCOUNT}`, account: ACCOUNT }),
    folder: build,
    installation: installationInMemory([proxy.origin]),
  });
  await letIn(service.url, [site.url]);
  const first = officialClient(service.url);
  const second = new QueueServiceClient(
    `${origin}/${SECOND.name}`,
    new StorageSharedKeyCredential(SECOND.name, SECOND.key),
  );
  await second.setProperties({ cors: (await first.getProperties()).cors ?? [] });
  return {
    page: site.url,
    /** Names the connection of the local service in addresses. */
    connection: encodeURIComponent(`${ACCOUNT}@${new URL(proxy.origin).host}`),
    account: ACCOUNT,
    second: {
      ...SECOND,
      client: second,
      /** Of its queues, within the page. */
      address: `#/q/${encodeURIComponent(`${SECOND.name}@${new URL(proxy.origin).host}`)}`,
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${SECOND.name};AccountKey=${SECOND.key};QueueEndpoint=${proxy.origin}/${SECOND.name};`,
    },
    /** A queue by plain requests. @param {string} name */
    raw: (name) => rawQueue(first.getQueueClient(name)),
    /** @param {string} name */
    queue: (name) => first.getQueueClient(name),
    /** Lets requests fail from now on, or no more. @param {boolean} on */
    setFaults: (on) => proxy.setFaults(on ? FAULTS : {}),
    faults: () => proxy.counts,
    /** Moves the clock of the service on. @param {number} ms */
    later: (ms) => fetch(`${service.clock}/advance?ms=${ms}`, { method: 'POST' }),
    async close() {
      await Promise.all([site.stop(), proxy.stop(), service.stop()]);
    },
  };
}
