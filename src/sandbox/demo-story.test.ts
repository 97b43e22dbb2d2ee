import { expect, test } from 'vitest';
import { createClock } from './clock';
import { demoQueues } from './demo/demo-queues.mjs';
import { seedDemoStory } from './demo-story';
import { connectTo, openSandbox } from './open-sandbox.fixture';
import { createSandbox } from './service';

test('the demo tells its whole story in a sandbox', async () => {
  const { account, clock } = openSandbox();
  await seedDemoStory(account, clock.now());
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

const DAY_MS = 86_400_000;

/** A sandbox that starts on that day, with its demo. */
async function openOn(startsAt: number) {
  const clock = createClock({ startsAt, deviceTime: () => startsAt, paused: true });
  const sandbox = createSandbox({ clock, seed: 1 });
  const account = connectTo(sandbox, { now: clock.now });
  await seedDemoStory(account, clock.now());
  return { clock, sandbox, account };
}

async function countAll(account: Awaited<ReturnType<typeof openOn>>['account']) {
  const counts = new Map<string, number>();
  for (const name of Object.keys(await demoQueues()))
    counts.set(name, (await account.getQueueProperties(name)).approximateMessageCount ?? 0);
  return counts;
}

test.each([2026, 2031, 2049])(
  'a demo that starts in %i has no other year in its texts, and nothing old or expired',
  async (year) => {
    const { account, clock } = await openOn(Date.UTC(year, 6, 1, 12));
    const now = clock.now();
    for (const [name, { messages }] of Object.entries(await demoQueues(now))) {
      const peeked = await account.peekMessages(name, { count: 32 });
      const visible = messages.filter((message) => !('hidden' in message && message.hidden));
      expect(peeked).toHaveLength(Math.min(32, visible.length));
      for (const { insertedAt, expiresAt } of peeked) {
        expect(Math.abs(now - insertedAt.getTime())).toBeLessThan(60_000);
        expect(expiresAt?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now + 5 * 60_000);
      }
      for (const { text } of messages)
        for (const [found] of text.matchAll(/\b20[2-9]\d(?=-\d{2})/g)) expect(Number(found)).toBe(year);
    }
  },
);

test('a tab that stays open for 8 days has what the service would have, and starting over brings all back', async () => {
  const { account, clock, sandbox } = await openOn(Date.UTC(2031, 0, 1));
  const first = await countAll(account);
  clock.advance(8 * DAY_MS);
  const left = await countAll(account);
  expect([...left.values()].reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await account.peekMessages('orders')).toMatchObject([{ expiresAt: null }]);
  sandbox.reset();
  await seedDemoStory(account, clock.now());
  expect(await countAll(account)).toEqual(first);
  const [message] = await account.peekMessages('payments');
  expect(message?.expiresAt?.getTime()).toBeGreaterThan(clock.now() + 6 * DAY_MS);
});
