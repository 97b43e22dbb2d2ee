import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../../../server/command.mjs';
import { startFaultProxy } from '../../testing/fault-proxy.mjs';
import { rawQueue } from '../../testing/raw-queue.mjs';
import { ACCOUNT, letIn, MOVABLE_CLOCK, officialClient, serve, startAzurite } from '../../testing/server.mjs';
import { startConsumer } from './consumer.mjs';
import { numbersOf } from './messages.mjs';
import { countRequests } from './requests.mjs';

export const QUEUES = { poison: 'payments-poison', parent: 'payments' };
/** Messages written at a time. */
const AT_A_TIME = 8;

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * An Azurite of its own with a poison queue and its parent, whose consumer works all the time; the built page; and between page and
 * service a proxy that counts. The consumer and the checks go past it.
 * @param {readonly import('./messages.mjs').NightMessage[]} messages
 */
export async function openStage(messages) {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-night-'));
  // A night is long, and a build meanwhile would take its files away.
  const build = join(folder, 'build');
  cpSync(DIST, build, { recursive: true });
  const service = await startAzurite({ clock: MOVABLE_CLOCK });
  const requests = countRequests();
  const proxy = await startFaultProxy({
    target: new URL(service.url).origin,
    seed: 1,
    keepAlive: true,
    onRequest: (method, url) => requests.note(method, url),
  });
  const site = await serve({
    local: () => ({ queueEndpoint: `${proxy.origin}/${ACCOUNT}`, account: ACCOUNT }),
    folder: build,
  });
  await letIn(service.url, [site.url]);
  const azurite = officialClient(service.url);
  const queues = {
    poison: azurite.getQueueClient(QUEUES.poison),
    parent: azurite.getQueueClient(QUEUES.parent),
  };
  await Promise.all([queues.poison.create(), queues.parent.create()]);
  const waiting = messages.values();
  const raw = rawQueue(queues.poison);
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const { text } of waiting) await raw.put(text);
    }),
  );
  const connection = encodeURIComponent(`${ACCOUNT}@${new URL(proxy.origin).host}`);
  return {
    folder,
    address: `${site.url}/#/q/${connection}/${QUEUES.poison}`,
    queues,
    numbers: numbersOf(messages.length),
    requests,
    consumer: startConsumer(queues.parent),
    /** Moves the clock of the service on. @param {number} ms */
    later: (ms) => fetch(`${service.clock}/advance?ms=${ms}`, { method: 'POST' }),
    async close() {
      await Promise.all([site.stop(), proxy.stop(), service.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
