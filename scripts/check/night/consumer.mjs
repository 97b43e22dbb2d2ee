import { setTimeout as pause } from 'node:timers/promises';
import { rawQueue } from '../../testing/raw-queue.mjs';
import { isAcceptable, nameIn } from './messages.mjs';

/** Seconds for which it leases a batch, and ms between looks at an empty queue. */
const LEASE = 60;
const EMPTY = 150;

/**
 * A consumer of the parent queue, which takes from it until it is stopped. It deletes what it can take, and leaves the
 * others hidden as a failed handler does.
 * @param {import('@azure/storage-queue').QueueClient} queue
 */
export function startConsumer(queue) {
  const raw = rawQueue(queue);
  /** Texts that it took, and how often, by name. @type {Map<string, string[]>} */
  const taken = new Map();
  /** @type {string[]} */
  const refused = [];
  /** Dequeue counts of what it was handed. @type {Map<number, number>} */
  const dequeues = new Map();
  const stopping = new AbortController();

  async function run() {
    for (;;) {
      const messages = await raw.receive(LEASE);
      if (messages.length === 0) {
        if (stopping.signal.aborted) return;
        await pause(EMPTY);
      }
      for (const message of messages) {
        const { text, dequeueCount } = message;
        dequeues.set(dequeueCount, (dequeues.get(dequeueCount) ?? 0) + 1);
        if (!isAcceptable(text)) refused.push(text);
        else if (await raw.remove(message)) {
          const name = nameIn(text) ?? text;
          taken.set(name, [...(taken.get(name) ?? []), text]);
        }
      }
    }
  }
  const running = run();
  return {
    taken,
    refused,
    dequeues,
    /** Ends it, once it has found nothing to take. */
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
