import type { Clock } from './clock';
import { contentOf, MessageQueue } from './message-queue';
import type { Random } from './random';
import type { QueueSnapshot, SandboxHead, SandboxSnapshot } from './snapshot';
import type { Store, StoredQueue } from './store';

type Parts = { store: Store; clock: Clock; random: Random };

/** Takes a snapshot with the contents of all queues, or only of those named. */
export function takeSnapshot({ store, clock, random }: Parts, queueNames?: Iterable<string>): SandboxSnapshot {
  const now = clock.now();
  const all = [...store.queues()];
  const wanted = queueNames === undefined ? undefined : new Set(queueNames);
  const head: SandboxHead = {
    clock: clock.state(),
    random: random.state(),
    nextReceiptNumber: store.nextReceiptNumber,
    properties: structuredClone(store.properties),
    queueNames: all.map(({ name }) => name),
    beingDeleted: store.beingDeleted(now),
  };
  return { head, queues: all.filter(({ name }) => wanted?.has(name) ?? true).map((queue) => toSnapshot(queue, now)) };
}

function toSnapshot({ name, metadata, policies, messages }: StoredQueue, now: number): QueueSnapshot {
  return {
    name,
    metadata: Object.fromEntries(metadata),
    policies: [...policies],
    nextSequence: messages.nextSequence,
    messages: Array.from(messages.all(now), contentOf),
  };
}

/** Replaces all contents, and the clock, by a snapshot. */
export function applySnapshot({ head, queues }: SandboxSnapshot, { store, clock, random }: Parts): void {
  clock.restore(head.clock);
  random.restore(head.random);
  const now = clock.now();
  store.reset();
  store.nextReceiptNumber = head.nextReceiptNumber;
  store.properties = head.properties;
  for (const [name, until] of head.beingDeleted) store.reserve(name, until);
  for (const { name, metadata, policies, nextSequence, messages } of queues) {
    const queue = new MessageQueue(nextSequence);
    for (const message of messages) queue.restore(message, now);
    store.create(name, new Map(Object.entries(metadata)), queue).policies = policies;
  }
}
