import { demoQueues } from '../src/sandbox/demo/demo-queues.mjs';
import { fillQueue } from '../src/sandbox/demo/fill-queue.mjs';

/** @typedef {import('@azure/storage-queue').QueueServiceClient} QueueServiceClient */
/** @typedef {import('@azure/storage-queue').QueueClient} QueueClient */

/**
 * Gives an empty account the demo queues.
 * @param {QueueServiceClient} service
 * @returns {Promise<boolean>} false, with nothing done, when it has a queue already
 */
export async function seedDemo(service) {
  const first = await service.listQueues().next();
  if (!first.done) return false;
  const queues = Object.entries(await demoQueues());
  await Promise.all(queues.map(([name, content]) => fillQueue(toFill(service.getQueueClient(name)), content)));
  return true;
}

/**
 * @param {QueueClient} client
 * @returns {import('../src/sandbox/demo/fill-queue.mjs').QueueToFill<import('@azure/storage-queue').DequeuedMessageItem>}
 */
const toFill = (client) => ({
  create: (metadata) => client.create({ metadata }),
  send: ({ text, lives, hidden }) =>
    client.sendMessage(text, {
      ...(lives === undefined ? {} : { messageTimeToLive: lives }),
      ...(hidden === undefined ? {} : { visibilityTimeout: hidden }),
    }),
  receive: async () => (await client.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems,
  letGo: ({ messageId, popReceipt }) => client.updateMessage(messageId, popReceipt, undefined, 0),
});
