import { QueryClient } from '@tanstack/react-query';
import { onTestFinished } from 'vitest';
import type { Account } from '@/azure/protocol/model';
import { recordedAccount } from '@/messages/recorded-account';
import { type Clock, createClock } from '@/sandbox/clock';
import { connectTo, START } from '@/sandbox/open-sandbox.fixture';
import { createSandbox, type Sandbox } from '@/sandbox/service';
import { dropConnectionLeases } from '@/state/leases/leases';
import { records } from '@/state/messages/records';
import { setClock } from '@/state/time/connection-clocks';

export type TestQueue = {
  client: QueryClient;
  /** This tab: what it learns is in the records of the page. */
  account: Account;
  /** New for each test. */
  queue: string;
  sandbox: Sandbox;
  clock: Clock;
  /** Somebody else: nothing of what it does is known to this tab. */
  consumer: Account;
  /** Adds so many messages, which this tab leases for so many seconds; gives their ids. */
  leased: (count: number, seconds?: number) => Promise<string[]>;
  /** Ids of all messages, hidden ones too, and of those that are hidden. */
  ids: () => string[];
  hidden: () => string[];
};

let desks = 0;

/** A queue of the sandbox as the page works on it, in Node: with its records and clocks, and nothing that draws. */
export async function testQueue(): Promise<TestQueue> {
  const queue = `desk-${++desks}`;
  const clock = createClock({ startsAt: START, paused: true });
  const sandbox = createSandbox({ clock, seed: 1 });
  // No wait between two tries is one for the test.
  const consumer = connectTo(sandbox, { now: clock.now, delay: () => Promise.resolve() });
  const stop = setClock(consumer.id, clock);
  records.open(consumer.id);
  onTestFinished(() => {
    dropConnectionLeases(consumer.id);
    stop();
  });
  const account = recordedAccount(consumer, records, clock.now);
  await consumer.createQueue(queue);
  const messages = () => sandbox.snapshot([queue]).queues[0]?.messages ?? [];
  return {
    client: new QueryClient(),
    account,
    queue,
    sandbox,
    clock,
    consumer,
    async leased(count, seconds = 300) {
      const sent = [];
      for (let index = 0; index < count; index++)
        sent.push((await consumer.sendMessage(queue, { text: `message ${index}` })).id);
      await account.receiveMessages(queue, { count, visibilityTimeout: seconds });
      return sent;
    },
    ids: () => messages().map(({ id }) => id),
    hidden: () => messages().flatMap(({ id, visibleAt }) => (visibleAt > clock.now() ? id : [])),
  };
}
