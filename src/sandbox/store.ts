import type { AccessPolicy, ServiceProperties } from '../azure/protocol/model';
import { MessageQueue } from './message-queue';

export type StoredQueue = {
  readonly name: string;
  /** Names keep their case. */
  metadata: ReadonlyMap<string, string>;
  policies: readonly AccessPolicy[];
  readonly messages: MessageQueue;
};

/** The name of a deleted queue is not free for so long; for at least 30 seconds at Azure. */
const DELETION_MS = 30_000;

/** Properties of a new account: hourly metrics, retained for a week. */
const DEFAULT_PROPERTIES: ServiceProperties = {
  logging: { version: '1.0', read: false, write: false, delete: false, retention: { enabled: false } },
  hourMetrics: { version: '1.0', enabled: true, includeApis: true, retention: { enabled: true, days: 7 } },
  minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
  cors: [],
};

/** The contents of the account, independent of HTTP. */
export class Store {
  properties: ServiceProperties = DEFAULT_PROPERTIES;
  nextReceiptNumber = 1;
  readonly #queues = new Map<string, StoredQueue>();
  /** Sorted by code unit. */
  readonly #names: string[] = [];
  readonly #deletedUntil = new Map<string, number>();

  takeReceiptNumber(): number {
    return this.nextReceiptNumber++;
  }

  queue(name: string): StoredQueue | undefined {
    return this.#queues.get(name);
  }

  queues(): Iterable<StoredQueue> {
    return this.#queues.values();
  }

  /** Up to `count` queues in name order with `prefix`, from name `from` on; `next` is the first name of the next page. */
  page(prefix: string, from: string, count: number): { queues: StoredQueue[]; next: string | undefined } {
    const queues: StoredQueue[] = [];
    for (let at = this.#indexOf(from > prefix ? from : prefix); ; at++) {
      const name = this.#names[at];
      if (name === undefined || !name.startsWith(prefix)) return { queues, next: undefined };
      if (queues.length === count) return { queues, next: name };
      const queue = this.#queues.get(name);
      if (queue) queues.push(queue);
    }
  }

  isBeingDeleted(name: string, now: number): boolean {
    const until = this.#deletedUntil.get(name);
    if (until === undefined || until > now) return until !== undefined;
    this.#deletedUntil.delete(name);
    return false;
  }

  beingDeleted(now: number): [name: string, until: number][] {
    return [...this.#deletedUntil].filter(([, until]) => until > now);
  }

  /** Creates a queue, in place of one of that name. */
  create(name: string, metadata: ReadonlyMap<string, string>, messages = new MessageQueue()): StoredQueue {
    const queue: StoredQueue = { name, metadata, policies: [], messages };
    if (!this.#queues.has(name)) this.#names.splice(this.#indexOf(name), 0, name);
    this.#queues.set(name, queue);
    return queue;
  }

  remove(name: string, now: number): void {
    if (!this.#queues.delete(name)) return;
    this.#names.splice(this.#indexOf(name), 1);
    this.reserve(name, now + DELETION_MS);
  }

  /** Reserves a name until then (epoch ms). */
  reserve(name: string, until: number): void {
    this.#deletedUntil.set(name, until);
  }

  reset(): void {
    this.properties = DEFAULT_PROPERTIES;
    this.#queues.clear();
    this.#names.length = 0;
    this.#deletedUntil.clear();
  }

  /** Index of a name in the sorted names, or where it belongs; O(log n). */
  #indexOf(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#names[middle] ?? '') < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
