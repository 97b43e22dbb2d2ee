import { applyFact } from './apply-fact';
import { type Evidence, orderByTicks } from './evidence';
import type { Fact } from './fact';
import { type Claim, emptyRecord, isLeasedHere, type LeaseHolder, type MessageRecord, type QueueRef } from './record';

/** Pins records: those without a pin or a running lease are dropped. */
export type Pin = { has(id: string): boolean };

/** A record before and after a change; undefined where there was or is none. */
export type Change = { before: MessageRecord | undefined; after: MessageRecord | undefined };
/** `origin` is `elsewhere` for news of another tab; `all` is the fact when it is about all messages of the queue. */
export type Listener = (changes: readonly Change[], origin: 'own' | 'elsewhere', all?: Fact) => void;

/** Unneeded records before a sweep, in addition to as many as are needed. */
const SLACK = 1024;

/**
 * The records of one queue. Every change goes through `apply`, which costs as much as there are facts, however many records
 * there are.
 */
export class QueueRecords {
  readonly ref: QueueRef;
  readonly #records = new Map<string, MessageRecord>();
  /** Ids with a lease, running or ended, by holder; `nobody` has those that this tab hid or released. */
  readonly #leased: Readonly<Record<HolderOrNobody, Set<string>>> = {
    tab: new Set(),
    left: new Set(),
    elsewhere: new Set(),
    nobody: new Set(),
    work: new Set(),
  };
  #held = 0;
  readonly #listeners = new Set<Listener>();
  readonly #pins = new Map<unknown, Pin>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #tick: () => number;
  /** Ticks of requests without a response, in order. */
  readonly #underWay = new Set<number>();
  #sweepAt = SLACK;
  #version = 0;
  /** The last clear: a response to an earlier request may show messages that it removed. */
  #removed: Extract<Fact, { kind: 'removed' }> | undefined;
  /** A later clear whose response was lost. */
  #maybeCleared: Extract<Fact, { kind: 'maybeCleared' }> | undefined;

  /** `tick` counts requests and answers, one number for all queues of the tab. */
  constructor(ref: QueueRef, tick: () => number) {
    this.ref = ref;
    this.#tick = tick;
  }

  /** Changes with every record: a snapshot for `useSyncExternalStore`. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: string): MessageRecord | undefined {
    return this.#records.get(id);
  }

  all(): IterableIterator<MessageRecord> {
    return this.#records.values();
  }

  /** Number of messages with a running lease of this tab, also of jobs and browses. */
  get held(): number {
    return this.#held;
  }

  /**
   * Yields records with a lease, running or ended, of these holders (by default of all); `nobody` has those that this tab hid or
   * released. Each holder's are in the order they were leased. Costs as much as there are of these.
   */
  *leased(...holders: readonly HolderOrNobody[]): Generator<MessageRecord> {
    for (const holder of holders.length > 0 ? holders : HOLDERS) {
      for (const id of this.#leased[holder]) {
        const record = this.#records.get(id);
        if (record) yield record;
      }
    }
  }

  /** The next number in the order of requests and answers. */
  tick(): number {
    return this.#tick();
  }

  /** Begins a request and returns its tick; `ended` must be called once. */
  began(): number {
    const tick = this.#tick();
    this.#underWay.add(tick);
    return tick;
  }

  /** Ends the request of this tick. */
  ended(tick: number): void {
    this.#underWay.delete(tick);
  }

  /** Evidence of a response now to the request of tick `asked`. */
  answeredNow(asked: number, at: number, date: number | undefined): Evidence {
    return { asked, answered: this.#tick(), at, date };
  }

  /** Applies facts in their order, and calls listeners once with all changes. */
  apply(facts: Iterable<readonly [id: string, fact: Fact]>, origin: 'own' | 'elsewhere' = 'own', all?: Fact): void {
    const changes: Change[] = [];
    for (const [id, fact] of facts) {
      const before = this.#records.get(id);
      const after = this.#asRemoved(before, applyFact(before ?? emptyRecord(id), fact), fact);
      if (after === before || (!before && !createsRecord(fact))) continue;
      this.#put(after);
      changes.push({ before, after });
    }
    this.#tell(changes, origin, all);
    if (this.#records.size > this.#sweepAt) this.#sweep();
  }

  applyTo(id: string, fact: Fact, origin: 'own' | 'elsewhere' = 'own'): void {
    this.apply([[id, fact]], origin);
  }

  /** Applies a fact to all records. Costs as much as there are. */
  applyToAll(fact: Fact, origin: 'own' | 'elsewhere' = 'own'): void {
    if (fact.kind === 'removed') [this.#removed, this.#maybeCleared] = [fact, undefined];
    if (fact.kind === 'maybeCleared') this.#maybeCleared = fact;
    this.apply(
      [...this.#records.keys()].map((id) => [id, fact] as const),
      origin,
      fact,
    );
  }

  /** Claims unclaimed messages; returns the ids that have this claim now. */
  claim(ids: Iterable<string>, claim: Claim): Set<string> {
    const all = [...ids];
    this.apply(all.map((id) => [id, { kind: 'claimed', claim }] as const));
    return new Set(all.filter((id) => this.#records.get(id)?.claim === claim));
  }

  unclaim(ids: Iterable<string>, claim: Claim): void {
    this.apply([...ids].map((id) => [id, { kind: 'unclaimed', claim }] as const));
  }

  /** Drops a text that no list shows; a person's leased messages are always shown. */
  dropText(id: string): void {
    const isShown = this.#records.get(id)?.lease?.holder === 'tab' || this.#isListed(id);
    if (!isShown) this.applyTo(id, { kind: 'textDropped' });
  }

  /** Runs calls that use the receipt of one message one after another. */
  async inTurn<Result>(id: string, call: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(id);
    const turn = before ? before.then(call, call) : call();
    const settled = Promise.allSettled([turn]);
    this.#turns.set(id, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(id) === settled) this.#turns.delete(id);
    }
  }

  /** Sets the pin of that name; undefined removes it. */
  pin(name: unknown, pin: Pin | undefined): void {
    if (pin) this.#pins.set(name, pin);
    else this.#pins.delete(name);
  }

  /** Removes all records, for a forgotten connection. */
  clear(): void {
    const changes = [...this.#records.values()].map((before) => ({ before, after: undefined }));
    this.#records.clear();
    for (const ids of Object.values(this.#leased)) ids.clear();
    this.#held = 0;
    this.#tell(changes, 'own');
  }

  /** Calls `listener` after each `apply` with all its changes; returns a function that ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #asRemoved(before: MessageRecord | undefined, after: MessageRecord, fact: Fact): MessageRecord {
    if (fact.kind !== 'peeked' && fact.kind !== 'received') return after;
    const clears = before ? [this.#removed] : [this.#removed, this.#maybeCleared];
    return clears.reduce(
      (record, clear) =>
        clear && orderByTicks(fact.evidence, clear.evidence) !== 'newer' ? applyFact(record, clear) : record,
      after,
    );
  }

  #put(record: MessageRecord): void {
    const before = this.#records.get(record.id);
    this.#records.set(record.id, record);
    this.#index(before, record);
  }

  #remove(id: string): void {
    this.#index(this.#records.get(id), undefined);
    this.#records.delete(id);
  }

  #index(before: MessageRecord | undefined, after: MessageRecord | undefined): void {
    this.#held +=
      Number(after !== undefined && isLeasedHere(after)) - Number(before !== undefined && isLeasedHere(before));
    const [was, is] = [holderOf(before), holderOf(after)];
    if (was === is) return;
    if (was && before) this.#leased[was].delete(before.id);
    if (is && after) this.#leased[is].add(after.id);
  }

  #tell(changes: readonly Change[], origin: 'own' | 'elsewhere', all?: Fact): void {
    // Other tabs need to know of a clear, even when this one has no record of the queue.
    if (changes.length === 0 && all?.kind !== 'removed') return;
    this.#version++;
    for (const listener of this.#listeners) listener(changes, origin, all);
  }

  #isListed(id: string): boolean {
    for (const pin of this.#pins.values()) if (pin.has(id)) return true;
    return false;
  }

  /** Drops unneeded records; sweeps are rare enough to cost little a record. */
  #sweep(): void {
    for (const record of this.#records.values()) {
      if (!this.#isNeeded(record)) this.#remove(record.id);
    }
    this.#sweepAt = 2 * this.#records.size + SLACK;
  }

  #isNeeded(record: MessageRecord): boolean {
    const { claim, pending, standing, id } = record;
    if (claim || pending || this.#turns.has(id) || this.#isListed(id)) return true;
    // Without the record, an older response that is still to come would be taken for new.
    const [first = Infinity] = this.#underWay;
    return lastLearnt(record) > first || isLeasedHere(record) || standing.is === 'hidden';
  }
}

/** Tick of the last response about the state or the text of the message. */
const lastLearnt = ({ source, standing }: MessageRecord): number =>
  Math.max(source?.answered ?? 0, standing.is === 'there' ? 0 : standing.evidence.answered);

type HolderOrNobody = LeaseHolder | 'nobody';
const HOLDERS: readonly HolderOrNobody[] = ['tab', 'left', 'work', 'elsewhere', 'nobody'];

const holderOf = (record: MessageRecord | undefined): HolderOrNobody | undefined =>
  record?.lease?.holder ?? (record && isOurDoing(record) ? 'nobody' : undefined);

const isOurDoing = ({ standing }: MessageRecord): boolean =>
  standing.is === 'hidden' || (standing.is === 'there' && standing.released !== undefined);

/** True for facts that create a record: most messages that are sent or deleted are never shown. */
const createsRecord = ({ kind }: Fact): boolean => kind === 'peeked' || kind === 'received' || kind === 'restored';
