import { demoQueues } from './demo-queues.mjs';

/** @typedef {import('@azure/storage-queue').QueueServiceClient} QueueServiceClient */
/** @typedef {import('@azure/storage-queue').QueueClient} QueueClient */
/** @typedef {import('./demo-queues.mjs').DemoQueue} DemoQueue */
/** @typedef {import('./demo-queues.mjs').DemoMessage} DemoMessage */

/**
 * Gives an empty account the demo queues.
 * @param {QueueServiceClient} service
 * @returns {Promise<boolean>} false, with nothing done, when it has a queue already
 */
export async function seedDemo(service) {
  const first = await service.listQueues().next();
  if (!first.done) return false;
  await Promise.all(Object.entries(demoQueues()).map(([name, queue]) => fill(service.getQueueClient(name), queue)));
  return true;
}

/** @param {QueueClient} client @param {DemoQueue} queue */
async function fill(client, { metadata = {}, messages }) {
  await client.create({ metadata });
  const delivered = messages.filter(({ deliveries = 0 }) => deliveries > 0);
  const most = Math.max(0, ...delivered.map(({ deliveries = 0 }) => deliveries));
  // Each round receives all that are there and lets them go, so the most delivered message has to be there first.
  for (let round = most; round > 0; round--) {
    for (const message of delivered) if (message.deliveries === round) await put(client, message);
    const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: 32 });
    await Promise.all(
      receivedMessageItems.map(({ messageId, popReceipt }) =>
        client.updateMessage(messageId, popReceipt, undefined, 0),
      ),
    );
  }
  for (const message of messages) if (!delivered.includes(message)) await put(client, message);
}

/** @param {QueueClient} client @param {DemoMessage} message */
const put = (client, { text, lives, hidden }) =>
  client.sendMessage(text, {
    ...(lives === undefined ? {} : { messageTimeToLive: lives }),
    ...(hidden === undefined ? {} : { visibilityTimeout: hidden }),
  });
