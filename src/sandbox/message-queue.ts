import { Heap } from './heap';

/** A message as the store holds it; times in epoch ms. The places are those in the queue's heaps. */
export type StoredMessage = {
  readonly id: string;
  /** Place in the order of insertion, unique within its queue. */
  readonly sequence: number;
  text: string;
  readonly insertedAt: number;
  readonly expiresAt: number;
  /** From then on receivers can see it. Every change of it comes with a new receipt. */
  visibleAt: number;
  dequeueCount: number;
  /** With `visibleAt`, what the valid receipt is made of. Messages of one Get may have the same. */
  receiptNumber: number;
  /** Whether Update gave the valid receipt, which has another form then. */
  receiptOfUpdate: boolean;
  orderIndex: number;
  expiryIndex: number;
  leaseIndex: number;
};

/** A message without its places. */
type KeptMessage = Omit<StoredMessage, 'orderIndex' | 'expiryIndex' | 'leaseIndex' | 'receiptOfUpdate'> &
  Partial<Pick<StoredMessage, 'receiptOfUpdate'>>;

export type NewMessage = Pick<
  StoredMessage,
  'id' | 'text' | 'insertedAt' | 'expiresAt' | 'visibleAt' | 'receiptNumber'
>;

/** 31 December 9999, 23:59:59 UTC: the expiry of what never expires. */
export const NEVER_MS = 253_402_300_799_000;

/** From so many at once on, a new heap of what is left is cheaper than taking out one by one. */
const MANY = 256;

/**
 * The messages of one queue. What is visible comes in the order in which it became visible, then of insertion: a message
 * whose loan lapsed goes behind those that were visible before. Every call costs O(log n) of what is stored, but for
 * `clear`, `all` and the fall due of many messages at once.
 */
export class MessageQueue {
  nextSequence: number;
  readonly #byId = new Map<string, StoredMessage>();
  readonly #order = new Heap<'orderIndex', StoredMessage>('orderIndex', isShownBefore);
  readonly #expiry = new Heap<'expiryIndex', StoredMessage>('expiryIndex', (a, b) => a.expiresAt < b.expiresAt);
  /** Those that were received and are hidden; some may have become visible meanwhile. */
  readonly #loans = new Heap<'leaseIndex', StoredMessage>('leaseIndex', (a, b) => a.visibleAt < b.visibleAt);

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

  /** Puts back what was kept elsewhere, with the sequence that it had. */
  restore(message: KeptMessage, now: number): void {
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

  /** Hides up to `count` visible messages until `visibleAt`, each under the receipt number that it is given. */
  receive(count: number, visibleAt: number, now: number, receiptNumber: () => number): StoredMessage[] {
    const messages = this.peek(count, now);
    for (const message of messages) {
      message.dequeueCount++;
      this.#show(message, visibleAt, now, { receiptNumber: receiptNumber(), receiptOfUpdate: false });
    }
    return messages;
  }

  /** Sets when a message is visible next, as Update does it, which voids the receipt that it has. */
  update(message: StoredMessage, visibleAt: number, now: number, receiptNumber: number): void {
    this.#show(message, visibleAt, now, { receiptNumber, receiptOfUpdate: true });
  }

  remove(message: StoredMessage): void {
    this.#byId.delete(message.id);
    this.#order.remove(message);
    this.#expiry.remove(message);
    this.#loans.remove(message);
  }

  clear(): void {
    this.#byId.clear();
    for (const heap of [this.#order, this.#expiry, this.#loans]) heap.refill([]);
  }

  /** In no particular order. */
  all(now: number): Iterable<StoredMessage> {
    this.#expire(now);
    return this.#byId.values();
  }

  /** When the first message on loan becomes visible again. */
  nextLoanEnd(now: number): number | undefined {
    this.#expire(now);
    for (;;) {
      const first = this.#loans.first();
      if (first === undefined || first.visibleAt > now) return first?.visibleAt;
      this.#loans.remove(first);
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
    this.#lend(message, now);
  }

  #insert(message: StoredMessage, now: number): void {
    this.#byId.set(message.id, message);
    this.#order.add(message);
    if (message.expiresAt < NEVER_MS) this.#expiry.add(message);
    this.#lend(message, now);
  }

  #lend(message: StoredMessage, now: number): void {
    const onLoan = message.dequeueCount > 0 && message.visibleAt > now;
    if (!onLoan) this.#loans.remove(message);
    else if (message.leaseIndex < 0) this.#loans.add(message);
    else this.#loans.moved(message);
  }

  #expire(now: number): void {
    for (let expired = 0; ; expired++) {
      const first = this.#expiry.first();
      if (first === undefined || first.expiresAt > now) return;
      if (expired === MANY) return this.#expireMany(now);
      this.remove(first);
    }
  }

  /** O(n), for when a moved clock lets a whole queue fall due. */
  #expireMany(now: number): void {
    const left: StoredMessage[] = [];
    for (const message of this.#byId.values()) {
      if (message.expiresAt > now) left.push(message);
      else this.#byId.delete(message.id);
    }
    this.#order.refill(left);
    this.#expiry.refill(left.filter(({ expiresAt }) => expiresAt < NEVER_MS));
    this.#loans.refill(left.filter(({ leaseIndex }) => leaseIndex >= 0));
  }
}

/** Written out, so that all have one shape in memory wherever they came from. */
const toStored = ({
  id,
  sequence,
  text,
  insertedAt,
  expiresAt,
  visibleAt,
  dequeueCount,
  receiptNumber,
  receiptOfUpdate = false,
}: KeptMessage): StoredMessage => ({
  id,
  sequence,
  text,
  insertedAt,
  expiresAt,
  visibleAt,
  dequeueCount,
  receiptNumber,
  receiptOfUpdate,
  orderIndex: -1,
  expiryIndex: -1,
  leaseIndex: -1,
});

const isShownBefore = (a: StoredMessage, b: StoredMessage): boolean =>
  a.visibleAt === b.visibleAt ? a.sequence < b.sequence : a.visibleAt < b.visibleAt;
