import { type BrowsedRows, browsedRows } from '@/messages/browsed-rows';
import { createDeletions } from '@/messages/deletions';
import { type Listed, type MessageRow, messageRows } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import { recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';
import { restoreLeases, type StoredLease, toStoredLease } from '@/messages/stored-leases';
import { hearNews, type TabNews, tabNews } from '@/messages/tab-news';
import type { Job } from '../jobs/job';
import type { QueueTarget } from '../requests/queue-target';
import type { TextDifference } from '../work/change-text';
import { createWaitingDeletes } from '../work/delete-later';
import { deleteLeased, type LeaseOutcome } from '../work/lease-actions';
import type { MovedMessage } from '../work/undo-move';
import { type Ledger, Work } from './ledger.fixture';
import { connectOver, type Gate, type Line } from './line.fixture';

/** What outlives a page: `sessionStorage` of its tab. */
export type Storage = Map<string, StoredLease>;

/** Tells the other tabs. */
export type Channel = { post: (news: TabNews) => void };

/** A job that somebody could pause, cancel or try again. */
export type Listing = {
  work: Work;
  gate: Gate;
  job: Pick<
    Job,
    | 'state'
    | 'finished'
    | 'pause'
    | 'resume'
    | 'cancel'
    | 'abandon'
    | 'counts'
    | 'leasing'
    | 'isRetried'
    | 'outcomes'
    | 'report'
  > & { retryFailed: (options?: { uncertain?: boolean }) => Job | undefined };
  /** False for what is left to whoever owns the deletion. */
  canRetry: boolean;
  /** What was moved for certain, until its undo takes it. */
  moved: MovedMessage[];
  /** Texts that were changed for certain, by id, until their undo takes them. */
  rewritten: Map<string, TextDifference>;
};

type Opening = { tab: 0 | 1; queue: string; ledger: Ledger; line: Line; storage: Storage; channel: Channel };

/** One page in one tab: all that the app keeps of messages, without React, DOM and network. */
export class Page {
  readonly records = createRecords();
  readonly connectionId: string;
  readonly listings: Listing[] = [];
  /** Single actions whose answer is still to come. */
  readonly underWay = new Set<Promise<void>>();
  readonly toCome;
  readonly deletions;
  listed: Listed = { ids: [], asked: 0, at: 0 };
  browse: { rows: BrowsedRows; stop: () => void; isLive: boolean } | undefined;
  isAlive = true;
  readonly #line: Line;
  readonly #raw;
  readonly #stops: (() => void)[] = [];

  readonly tab: 0 | 1;
  readonly queue: string;
  readonly ledger: Ledger;
  readonly storage: Storage;

  constructor({ tab, queue, ledger, line, storage, channel }: Opening) {
    this.tab = tab;
    this.queue = queue;
    this.ledger = ledger;
    this.storage = storage;
    this.#line = line;
    const { time } = line;
    this.#raw = connectOver(line, ledger.booksOf(new Work(ledger, 'The page', { does: 'peek', hand: tab, queue })), {
      isCut: () => !this.isAlive,
    });
    this.connectionId = this.#raw.id;
    this.deletions = createDeletions(this.records, () => {}, time.now);
    this.toCome = createWaitingDeletes({
      send: (target, ids) => this.#sendDelete(target, ids),
      onChange: () => {},
      now: time.now,
      after: (milliseconds, call) => {
        const stop = time.after(milliseconds, call);
        this.#stops.push(stop);
        return stop;
      },
    });
    this.#stops.push(
      this.records.subscribe((queueRecords, changes, origin, all) => {
        if (!this.isAlive) return;
        for (const { before, after } of changes) this.#write(queueRecords, (after ?? before)?.id ?? '');
        const news = origin === 'own' && tabNews(queueRecords, changes, all);
        if (news) channel.post(news);
      }),
      time.clock.subscribe(() => this.tick()),
    );
    restoreLeases(this.records, [...storage.values()], time.now);
    this.tick();
  }

  get recordsHere(): QueueRecords {
    return this.recordsOf(this.queue);
  }

  recordsOf(queue: string): QueueRecords {
    return this.records.of({ connectionId: this.connectionId, queue });
  }

  /** A queue as `work` sees it; what it asks for stops at its gate. */
  target(work: Work, gate?: Gate, queue: string = this.queue): QueueTarget {
    const { time } = this.#line;
    const isCut = () => !this.isAlive;
    const account = connectOver(this.#line, this.ledger.booksOf(work), { isCut, ...(gate && { gate }) });
    // One connection measures the service's clock once.
    return {
      account: recordedAccount({ ...account, clockSkew: () => this.#raw.clockSkew() }, this.records, time.now),
      queue,
      records: this.recordsOf(queue),
      now: time.now,
      delay: time.delay,
    };
  }

  /** Looks at the front of the queue, as a page does when it is opened or refreshed. */
  async peek(): Promise<void> {
    const account = recordedAccount(this.#raw, this.records, this.#line.time.now);
    const at = this.#line.time.now();
    const asked = this.recordsHere.tick();
    const ids = (await account.peekMessages(this.queue)).map(({ id }) => id);
    this.listed = { ids, asked, at };
    const own = new Set(ids);
    this.recordsHere.pin('peek', { has: (id) => own.has(id) });
  }

  beginBrowse(stop: () => void): { rows: BrowsedRows; stop: () => void; isLive: boolean } {
    this.browse?.rows.close();
    const browse = { rows: browsedRows(this.recordsHere), stop, isLive: true };
    this.browse = browse;
    this.recordsHere.pin('browse', browse.rows);
    return browse;
  }

  /** What the peek and the browse would show. */
  rows(): { peek: readonly MessageRow[]; browse: readonly MessageRow[] } {
    return { peek: messageRows(this.recordsHere, this.listed), browse: this.browse?.rows.rows() ?? [] };
  }

  /** Lets the clock end what it ends. */
  tick(): void {
    if (!this.isAlive) return;
    const now = this.#line.time.now();
    for (const queue of this.records.queues()) {
      queue.apply([...queue.leased()].map(({ id }) => [id, { kind: 'time', now }] as const));
    }
  }

  hear(news: TabNews): void {
    if (this.isAlive) hearNews(this.records, news, this.#line.time.now);
  }

  /** The page is gone: what is under way ends without it. */
  close(): void {
    this.isAlive = false;
    for (const stop of this.#stops) stop();
    for (const { gate, work } of this.listings) {
      work.isLive = false;
      gate.open();
    }
    this.browse?.rows.close();
    this.ledger.forget(this.tab);
  }

  /** Does what a person does, without waiting for the answer. */
  begin(doing: () => Promise<void>): void {
    const caught = doing().catch((error: unknown) => {
      if (this.isAlive) this.ledger.fail(`An action threw: ${String(error)}`);
    });
    this.underWay.add(caught);
    void caught.finally(() => this.underWay.delete(caught));
  }

  async #sendDelete(target: QueueTarget, ids: readonly string[]): Promise<LeaseOutcome[]> {
    for (const id of ids) this.ledger.waiting[this.tab].delete(id);
    const outcomes = await deleteLeased(target, ids);
    if (this.isAlive) this.noteDeleted(outcomes);
    return outcomes;
  }

  noteDeleted(outcomes: readonly LeaseOutcome[]): void {
    const ids = outcomes.filter(({ kind }) => kind === 'done').map(({ item }) => item.id);
    this.deletions.note({ ref: this.recordsHere.ref, what: 'deleted', ids });
  }

  #write(queue: QueueRecords, id: string): void {
    const key = `${queue.ref.queue}/${id}`;
    const kept = toStoredLease(queue.ref, queue.get(id));
    if (kept) this.storage.set(key, kept);
    else this.storage.delete(key);
  }
}
