import type { Account, LeasedMessage } from '../azure/protocol/model';
import { demoQueues } from './demo/demo-queues.mjs';
import { fillQueue, type QueueToFill } from './demo/fill-queue.mjs';

/**
 * Creates the demo queues in an account, those that `npm start` creates in a new local service. An existing queue gets more
 * messages. `now`: epoch ms by the clock of the service.
 * @throws StorageError, UnreachableError
 */
export async function seedDemoStory(account: Account, now: number): Promise<void> {
  const queues = Object.entries(await demoQueues(now));
  await Promise.all(queues.map(([queue, content]) => fillQueue(toFill(account, queue), content)));
}

const toFill = (account: Account, queue: string): QueueToFill<LeasedMessage> => ({
  create: (metadata) => account.createQueue(queue, { metadata }),
  send: ({ text, lives, hidden }) =>
    account.sendMessage(queue, {
      text,
      ...(lives !== undefined && { timeToLive: lives === -1 ? 'never' : lives }),
      ...(hidden !== undefined && { visibilityDelay: hidden }),
    }),
  receive: () => account.receiveMessages(queue, { count: 32 }),
  release: (message) => account.updateMessage(queue, message, { visibilityTimeout: 0 }),
});
