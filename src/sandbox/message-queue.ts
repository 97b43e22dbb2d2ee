import { Heap } from './heap';

/** A stored message; times in epoch ms. The three indexes are those in the queue's heaps. */
export type StoredMessage = {
  readonly id: string;
  /** Number in the order of insertion, unique within its queue. */
  readonly sequence: number;
  text: string;
  readonly insertedAt: number;
  readonly expiresAt: number;
  /** It is visible from then on. Every change comes with a new receipt. */
  visibleAt: number;
  dequeueCount: number;
  /** Part of the current receipt, with `visibleAt`. Messages of one Get may share it. */
  receiptNumber: number;
  /** True when the current receipt is of an Update, which has another form. */
  receiptOfUpdate: boolean;
  orderIndex: number;
  expiryIndex: number;
  leaseIndex: number;
};

/** A message without its indexes. */
type RestoredMessage = Omit<StoredMessage, 'orderIndex' | 'expiryIndex' | 'leaseIndex' | 'receiptOfUpdate'> &
  Partial<Pick<StoredMessage, 'receiptOfUpdate'>>;

export type NewMessage = Pick<
  StoredMessage,
  'id' | 'text' | 'insertedAt' | 'expiresAt' | 'visibleAt' | 'receiptNumber'
>;

/** 31 December 9999, 23:59:59 UTC: the expiry of messages that never expire. */
export const NEVER_MS = 253_402_300_799_000;

/** When more expire at once, rebuilding the heaps is faster than removing one by one. */
const MANY = 256;

/**
 * The messages of one queue. Visible messages are in the order in which they became visible, then of insertion: a message whose
 * lease ended follows those that were visible before. Every call costs O(log n), except `clear`, `all` and the expiry of many
 * messages at once.
 */
export class MessageQueue {
  nextSequence: number;
  readonly #byId = new Map<string, StoredMessage>();
  readonly #order = new Heap<'orderIndex', StoredMessage>('orderIndex', isShownBefore);
  readonly #expiry = new Heap<'expiryIndex', StoredMessage>('expiryIndex', (a, b) => a.expiresAt < b.expiresAt);
  /** Received and hidden messages; some may have become visible meanwhile. */
  readonly #leases = new Heap<'leaseIndex', StoredMessage>('leaseIndex', (a, b) => a.visibleAt < b.visibleAt);

  constructor(nextSequence = 1) {
    this.nextSequence = nextSequence;
  }

  /** Unexpired messages, hidden ones included. */
  count(now: number): number {
    this.#expire(now);
    return this.#byId.size;
  }

  add(message: NewMessage, now: number): StoredMessage {
    this.#expire(now);
    const stored = toStored({ ...message, sequence: this.nextSequence++, dequeueCount: 0 });
    this.#insert(stored, now);
    return stored;
  }

  /** Adds a message of a snapshot with its sequence. */
  restore(message: RestoredMessage, now: number): void {
    this.#insert(toStored(message), now);
  }

  get(id: string, now: number): StoredMessage | undefined {
    this.#expire(now);
    return this.#byId.get(id);
  }

  /** Up to `count` visible messages from the front. */
  peek(count: number, now: number): StoredMessage[] {
    this.#expire(now);
    return this.#order.peek(count, ({ visibleAt }) => visibleAt <= now);
  }

  /** Hides up to `count` visible messages until `visibleAt`, with a receipt number each. */
  receive(count: number, visibleAt: number, now: number, receiptNumber: () => number): StoredMessage[] {
    const messages = this.peek(count, now);
    for (const message of messages) {
      message.dequeueCount++;
      this.#show(message, visibleAt, now, { receiptNumber: receiptNumber(), receiptOfUpdate: false });
    }
    return messages;
  }

  /** Sets when a message becomes visible, as Update does, which voids its receipt. */
  update(message: StoredMessage, visibleAt: number, now: number, receiptNumber: number): void {
    this.#show(message, visibleAt, now, { receiptNumber, receiptOfUpdate: true });
  }

  remove(message: StoredMessage): void {
    this.#byId.delete(message.id);
    this.#order.remove(message);
    this.#expiry.remove(message);
    this.#leases.remove(message);
  }

  clear(): void {
    this.#byId.clear();
    for (const heap of [this.#order, this.#expiry, this.#leases]) heap.refill([]);
  }

  /** In no particular order. */
  all(now: number): Iterable<StoredMessage> {
    this.#expire(now);
    return this.#byId.values();
  }

  /** When the first leased message becomes visible again; undefined without one. */
  nextLeaseEnd(now: number): number | undefined {
    this.#expire(now);
    for (;;) {
      const first = this.#leases.first();
      if (first === undefined || first.visibleAt > now) return first?.visibleAt;
      this.#leases.remove(first);
    }
  }

  #show(
    message: StoredMessage,
    visibleAt: number,
    now: number,
    { receiptNumber, receiptOfUpdate }: Pick<StoredMessage, 'receiptNumber' | 'receiptOfUpdate'>,
  ): void {
    message.visibleAt = visibleAt;
    message.receiptNumber = receiptNumber;
    message.receiptOfUpdate = receiptOfUpdate;
    this.#order.moved(message);
    this.#updateLease(message, now);
  }

  #insert(message: StoredMessage, now: number): void {
    this.#byId.set(message.id, message);
    this.#order.add(message);
    if (message.expiresAt < NEVER_MS) this.#expiry.add(message);
    this.#updateLease(message, now);
  }

  #updateLease(message: StoredMessage, now: number): void {
    const isLeased = message.dequeueCount > 0 && message.visibleAt > now;
    if (!isLeased) this.#leases.remove(message);
    else if (message.leaseIndex < 0) this.#leases.add(message);
    else this.#leases.moved(message);
  }

  #expire(now: number): void {
    for (let expired = 0; ; expired++) {
      const first = this.#expiry.first();
      if (first === undefined || first.expiresAt > now) return;
      if (expired === MANY) return this.#expireMany(now);
      this.remove(first);
    }
  }

  /** Removes all expired messages in O(n), for when the clock was moved. */
  #expireMany(now: number): void {
    const unexpired: StoredMessage[] = [];
    for (const message of this.#byId.values()) {
      if (message.expiresAt > now) unexpired.push(message);
      else this.#byId.delete(message.id);
    }
    this.#order.refill(unexpired);
    this.#expiry.refill(unexpired.filter(({ expiresAt }) => expiresAt < NEVER_MS));
    this.#leases.refill(unexpired.filter(({ leaseIndex }) => leaseIndex >= 0));
  }
}

/** The properties of a stored message without its indexes, listed so that all messages have one shape in memory. */
export const contentOf = ({
  id,
  sequence,
  text,
  insertedAt,
  expiresAt,
  visibleAt,
  dequeueCount,
  receiptNumber,
  receiptOfUpdate = false,
}: RestoredMessage) => ({
  id,
  sequence,
  text,
  insertedAt,
  expiresAt,
  visibleAt,
  dequeueCount,
  receiptNumber,
  receiptOfUpdate,
});

const toStored = (message: RestoredMessage): StoredMessage =>
  Object.assign(contentOf(message), { orderIndex: -1, expiryIndex: -1, leaseIndex: -1 });

const isShownBefore = (a: StoredMessage, b: StoredMessage): boolean =>
  a.visibleAt === b.visibleAt ? a.sequence < b.sequence : a.visibleAt < b.visibleAt;
