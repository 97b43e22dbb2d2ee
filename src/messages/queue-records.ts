import { applyFact } from './apply-fact';
import { type Evidence, orderByTicks } from './evidence';
import type { Fact } from './fact';
import { type Claim, emptyRecord, isLeasedHere, type LeaseHolder, type MessageRecord, type QueueRef } from './record';

/** Says which messages it needs; what nobody needs is dropped. */
export type Pin = { has(id: string): boolean };

/** A record as it was and as it is; either is undefined where there was or is none. */
export type Change = { before: MessageRecord | undefined; after: MessageRecord | undefined };
/** `origin` says whether another tab told it; `all` is the fact when it is about all messages of the queue. */
export type Listener = (changes: readonly Change[], origin: 'own' | 'elsewhere', all?: Fact) => void;

/** Records that may lie about unneeded before they are swept, beside as many as those that are needed. */
const SLACK = 1024;

/**
 * The records of one queue. Every change goes through `apply`, and costs what it is about: an answer about 32 messages
 * costs 32, whatever is held.
 */
export class QueueRecords {
  readonly ref: QueueRef;
  readonly #records = new Map<string, MessageRecord>();
  /** Those that have a lease, running or ended, by whose it is, and without one those that we hid or released, as `nobody`'s. */
  readonly #leased: Readonly<Record<HolderOrNobody, Set<string>>> = {
    tab: new Set(),
    left: new Set(),
    elsewhere: new Set(),
    nobody: new Set(),
    work: new Set(),
  };
  #held = 0;
  readonly #listeners = new Set<Listener>();
  readonly #keepers = new Map<unknown, Pin>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #tick: () => number;
  /** Requests without an answer, by the tick at which each was made, in that order. */
  readonly #underWay = new Set<number>();
  #sweepAt = SLACK;
  #version = 0;
  /** The last clear: an answer that was asked for before it may show what it removed, of messages that nobody knew then. */
  #removed: Extract<Fact, { kind: 'removed' }> | undefined;
  /** A later one whose answer was lost. */
  #maybeCleared: Extract<Fact, { kind: 'maybeCleared' }> | undefined;

  /** `tick` counts requests and answers, one number for all queues of the tab. */
  constructor(ref: QueueRef, tick: () => number) {
    this.ref = ref;
    this.#tick = tick;
  }

  /** Changes whenever any record does: a snapshot for `useSyncExternalStore`. */
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

  /** Messages that this tab hides from others by running leases, whoever works with them. */
  get held(): number {
    return this.#held;
  }

  /**
   * Records with a lease, running or ended, of these holders (of all when left out), and those hidden or released by us as
   * `nobody`'s; each holder's in the order they were leased. Costs as many as there are of these.
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

  /** Begins a request, at the tick that is given; `ended` has to come once. */
  began(): number {
    const tick = this.#tick();
    this.#underWay.add(tick);
    return tick;
  }

  /** The request that began at this tick was answered, or never will be. */
  ended(tick: number): void {
    this.#underWay.delete(tick);
  }

  /** An answer that comes now, to a request made at tick `asked`. */
  answeredNow(asked: number, at: number, date: number | undefined): Evidence {
    return { asked, answered: this.#tick(), at, date };
  }

  /** Takes in facts about messages, in their order. Listeners hear of all of them at once. */
  apply(facts: Iterable<readonly [id: string, fact: Fact]>, origin: 'own' | 'elsewhere' = 'own', all?: Fact): void {
    const changes: Change[] = [];
    for (const [id, fact] of facts) {
      const before = this.#records.get(id);
      const after = this.#asRemoved(before, applyFact(before ?? emptyRecord(id), fact), fact);
      if (after === before || (!before && !isWorthKeeping(fact))) continue;
      this.#put(after);
      changes.push({ before, after });
    }
    this.#tell(changes, origin, all);
    if (this.#records.size > this.#sweepAt) this.#sweep();
  }

  /** One fact about one message. */
  applyTo(id: string, fact: Fact, origin: 'own' | 'elsewhere' = 'own'): void {
    this.apply([[id, fact]], origin);
  }

  /** A fact about all messages that are known of this queue. Costs as many as there are. */
  applyToAll(fact: Fact, origin: 'own' | 'elsewhere' = 'own'): void {
    if (fact.kind === 'removed') [this.#removed, this.#maybeCleared] = [fact, undefined];
    if (fact.kind === 'maybeCleared') this.#maybeCleared = fact;
    this.apply(
      [...this.#records.keys()].map((id) => [id, fact] as const),
      origin,
      fact,
    );
  }

  /** Claims what nobody else has; gives the ids that are claimed now. */
  claim(ids: Iterable<string>, claim: Claim): Set<string> {
    const all = [...ids];
    this.apply(all.map((id) => [id, { kind: 'claimed', claim }] as const));
    return new Set(all.filter((id) => this.#records.get(id)?.claim === claim));
  }

  unclaim(ids: Iterable<string>, claim: Claim): void {
    this.apply([...ids].map((id) => [id, { kind: 'unclaimed', claim }] as const));
  }

  /** Lets go of a text that no list shows; what a person leased is shown as well. */
  dropText(id: string): void {
    const isShown = this.#records.get(id)?.lease?.holder === 'tab' || this.#isListed(id);
    if (!isShown) this.applyTo(id, { kind: 'textDropped' });
  }

  /** Calls that use the receipt of one message, one after another. */
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

  /** Keeps what `keeper` needs for as long as it is here under that name; undefined takes it away. */
  pin(name: unknown, pin: Pin | undefined): void {
    if (pin) this.#keepers.set(name, pin);
    else this.#keepers.delete(name);
  }

  /** Forgets everything, as the connection is forgotten. */
  clear(): void {
    const changes = [...this.#records.values()].map((before) => ({ before, after: undefined }));
    this.#records.clear();
    for (const ids of Object.values(this.#leased)) ids.clear();
    this.#held = 0;
    this.#tell(changes, 'own');
  }

  /** Returns what stops it. Called after each change, with all of it. */
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
    // That a queue was cleared is news to other tabs, also where this one knew no message of it.
    if (changes.length === 0 && all?.kind !== 'removed') return;
    this.#version++;
    for (const listener of this.#listeners) listener(changes, origin, all);
  }

  #isListed(id: string): boolean {
    for (const pin of this.#keepers.values()) if (pin.has(id)) return true;
    return false;
  }

  /** Drops what nobody needs; so many may come before the next time that a sweep costs each of them little. */
  #sweep(): void {
    for (const record of this.#records.values()) {
      if (!this.#isNeeded(record)) this.#remove(record.id);
    }
    this.#sweepAt = 2 * this.#records.size + SLACK;
  }

  #isNeeded(record: MessageRecord): boolean {
    const { claim, pending, standing, id } = record;
    if (claim || pending || this.#turns.has(id) || this.#isListed(id)) return true;
    // An answer that is on its way, and older, would be taken for news of a message that nobody knows.
    const [first = Infinity] = this.#underWay;
    return lastLearnt(record) > first || isLeasedHere(record) || standing.is === 'hidden';
  }
}

/** Tick of the last answer that says where the message is or what its text is. */
const lastLearnt = ({ source, standing }: MessageRecord): number =>
  Math.max(source?.answered ?? 0, standing.is === 'there' ? 0 : standing.evidence.answered);

type HolderOrNobody = LeaseHolder | 'nobody';
const HOLDERS: readonly HolderOrNobody[] = ['tab', 'left', 'work', 'elsewhere', 'nobody'];

const holderOf = (record: MessageRecord | undefined): HolderOrNobody | undefined =>
  record?.lease?.holder ?? (record && isOurDoing(record) ? 'nobody' : undefined);

const isOurDoing = ({ standing }: MessageRecord): boolean =>
  standing.is === 'hidden' || (standing.is === 'there' && standing.released !== undefined);

/** A message that nobody has seen is no news: most of what is sent, deleted or told of is never looked at. */
const isWorthKeeping = ({ kind }: Fact): boolean => kind === 'peeked' || kind === 'received' || kind === 'restored';
