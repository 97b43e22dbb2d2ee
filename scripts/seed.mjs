import { demoQueues } from '../src/sandbox/demo/demo-queues.mjs';
import { fillQueue } from '../src/sandbox/demo/fill-queue.mjs';

/** @typedef {import('./queue-service.mjs').QueueService} QueueService */

/**
 * Gives an empty account the demo queues.
 * @param {QueueService} service
 * @returns {Promise<boolean>} false, with nothing done, when it has a queue already
 */
export async function seedDemo(service) {
  if (await service.hasQueues()) return false;
  const queues = Object.entries(await demoQueues());
  await Promise.all(queues.map(([name, content]) => fillQueue(toFill(service, name), content)));
  return true;
}

/**
 * @param {QueueService} service
 * @param {string} queue
 * @returns {import('../src/sandbox/demo/fill-queue.mjs').QueueToFill<{ id: string, receipt: string }>}
 */
const toFill = (service, queue) => ({
  create: (metadata) => service.createQueue(queue, metadata),
  send: (message) => service.sendMessage(queue, message),
  receive: () => service.receiveMessages(queue),
  release: (message) => service.showMessage(queue, message),
});
