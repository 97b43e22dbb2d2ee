import { expect, test } from 'vitest';
import { demoQueues } from './demo/demo-queues.mjs';
import { seedDemoStory } from './demo-story';
import { openSandbox } from './open-sandbox.fixture';

test('the demo tells its whole story in a sandbox', async () => {
  const { account, clock } = openSandbox();
  await seedDemoStory(account);
  const story = await demoQueues();
  for (const [name, content] of Object.entries(story)) {
    const { messages } = content;
    const metadata = 'metadata' in content ? content.metadata : {};
    const lower = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
    expect(await account.getQueueProperties(name)).toEqual({
      approximateMessageCount: messages.length,
      metadata: lower,
    });
  }
  const first = await account.peekMessages('orders');
  expect(first.slice(0, 8).map(({ dequeueCount }) => dequeueCount)).toEqual([6, 5, 4, 3, 2, 1, 1, 0]);
  const poisoned = await account.peekMessages('orders-poison');
  expect(poisoned.map(({ dequeueCount }) => dequeueCount)).toEqual([7, 6, 6, 5]);
  expect(await account.peekMessages('image-resize')).toEqual([]);

  clock.advance(30 * 86_400_000);
  expect((await account.peekMessages('orders')).map(({ expiresAt }) => expiresAt)).toEqual([null]);
});
