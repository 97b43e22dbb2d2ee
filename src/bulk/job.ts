import { type JobReport, writeReport } from './job-report';
import type { LeasingReport } from './leasing-report';
import { messageOf } from './message-of';
import type { Outcome, Work } from './outcome';
import { createPace } from './pace';
import { nowAt, type Place } from './place';
import { type Counts, createRate, noCounts, type Progress, sumOf } from './progress';

/**
 * - `paused`: nothing new begins; leases are kept alive.
 * - `cancelling`: nothing new begins, what is in flight lands, and what is held is returned.
 * - `failed`: the source gave an error; what landed before it stands.
 */
export type JobState = 'running' | 'paused' | 'cancelling' | 'cancelled' | 'done' | 'failed';

/** Items to work on. `close` is called once, when the last work has landed. */
export type Source<Item> = (Iterable<Item> | AsyncIterable<Item>) & { close?(): Promise<LeasingReport | undefined> };

export type JobOptions<Item, Value> = {
  source: Source<Item>;
  work: Work<Item, Value>;
  /** Items at a time, 1 to 64; 8 when left out. A browser sends 6 requests at a time to one HTTP/1.1 host. */
  concurrency?: number;
  /** Items begun in a second at most. */
  perSecond?: number;
  /** Items in all, when known. */
  total?: number;
  /** Told of every outcome as it lands; only those that are not `done` are kept. */
  onOutcome?: (outcome: Outcome<Item, Value>) => void;
  /** Gets hold of items again for `retryFailed`; the same items when left out. */
  again?: (outcomes: readonly Outcome<Item, Value>[]) => Source<Item>;
  /** What stays the same when an item is got again; the item itself when left out. */
  key?: (item: Item) => unknown;
  /** In the report: what each item is called. */
  name?: (item: Item) => string;
} & Pick<Place, 'now' | 'delay'>;

export type Job<Item = unknown, Value = unknown> = {
  readonly state: JobState;
  readonly progress: Progress;
  readonly counts: Readonly<Counts>;
  /** All outcomes that are not `done`, in the order they landed. Live. */
  readonly outcomes: readonly Outcome<Item, Value>[];
  /** Why the job failed. */
  readonly error: unknown;
  /** What the leasing did, once all is returned. */
  readonly leasing: LeasingReport | undefined;
  /** Changes whenever anything of the above does: a snapshot for `useSyncExternalStore`. */
  readonly version: number;
  /** Settles, and never rejects, when the job is cancelled, done or failed. */
  readonly finished: Promise<void>;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Called at each change, which can be thousands of times a second: read later, and only what is shown. */
  subscribe(listener: () => void): () => void;
  /**
   * A new job over what failed or is in both places; with `uncertain`, also over what may be done, where doing it once
   * more can make another copy. An original whose copy is certain is only deleted. Undefined when there is nothing.
   */
  retryFailed(options?: { uncertain?: boolean }): Job<Item, Value> | undefined;
  report(): JobReport;
};

/** Works through a source, several items at a time. Starts at once. */
export function startJob<Item, Value = unknown>(options: JobOptions<Item, Value>): Job<Item, Value> {
  return run(options, new Map());
}

function run<Item, Value>(
  options: JobOptions<Item, Value>,
  previous: ReadonlyMap<unknown, Outcome<Item, Value>>,
): Job<Item, Value> {
  const { source, work, concurrency = 8, total, key = (item: Item): unknown => item } = options;
  const pace = createPace(concurrency, options.perSecond, options);
  const rate = createRate();
  const startedAt = nowAt(options);
  const counts = noCounts();
  const outcomes: Outcome<Item, Value>[] = [];
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const items = iteratorOf(source);
  let state: JobState = 'running';
  let version = 0;
  let working = 0;
  let exhausted = false;
  let error: unknown;
  let leasing: LeasingReport | undefined;
  let endedAt: number | undefined;
  let wake = createBell();

  function changed(): void {
    version++;
    for (const listener of listeners) listener();
  }

  function enter(next: JobState): void {
    state = next;
    // Whoever waits to go on looks again.
    wake.ring();
    wake = createBell();
    changed();
  }

  const isOver = (): boolean => exhausted || stopping.signal.aborted;

  /** Waits while the job is paused or this worker is one too many. False when there is nothing more to begin. */
  async function mayBegin(number: number): Promise<boolean> {
    while (!isOver() && (state === 'paused' || number >= pace.limit)) await wake.rings;
    return !isOver();
  }

  async function worker(number: number): Promise<void> {
    try {
      while (await mayBegin(number)) {
        await pace.turn(stopping.signal);
        const next = await items.next();
        if (next.done) break;
        while (state === 'paused') await wake.rings;
        // Not begun: whoever holds it returns it.
        if (stopping.signal.aborted) return;
        await workOn(next.value);
      }
    } catch (cause) {
      if (stopping.signal.aborted) return;
      error = cause;
      stopping.abort();
    }
    exhausted = true;
    enter(state);
  }

  async function workOn(item: Item): Promise<void> {
    working++;
    const limit = pace.limit;
    const outcome = await work(item, previous.get(key(item))).catch(
      (cause: unknown): Outcome<Item, Value> => ({ item, kind: 'failed', reason: messageOf(cause), error: cause }),
    );
    working--;
    counts[outcome.kind]++;
    if (outcome.kind !== 'done') outcomes.push(outcome);
    rate.count(nowAt(options));
    pace.ended(outcome.error);
    options.onOutcome?.(outcome);
    if (pace.limit > limit) enter(state);
    else changed();
  }

  async function whole(): Promise<void> {
    // Not before the caller has the job.
    await Promise.resolve();
    await Promise.all(Array.from({ length: concurrency }, (_, number) => worker(number)));
    try {
      await items.return?.();
      leasing = await source.close?.();
    } catch (cause) {
      error ??= cause;
    }
    endedAt = nowAt(options);
    enter(error !== undefined ? 'failed' : stopping.signal.aborted ? 'cancelled' : 'done');
  }

  const finished = whole();

  return {
    get state() {
      return state;
    },
    get progress() {
      const perSecond = rate.perSecond(nowAt(options));
      const sum = sumOf(counts);
      return {
        done: counts.done,
        failed: counts.failed,
        skipped: counts.skipped,
        uncertain: counts.maybeDone + counts.maybeTwice + counts.inBoth,
        working,
        total,
        rate: perSecond,
        secondsLeft: total === undefined || perSecond === 0 ? undefined : Math.max(0, total - sum) / perSecond,
      };
    },
    counts,
    outcomes,
    get error() {
      return error;
    },
    get leasing() {
      return leasing;
    },
    get version() {
      return version;
    },
    finished,
    pause() {
      if (state === 'running') enter('paused');
    },
    resume() {
      if (state !== 'paused') return;
      rate.restart();
      enter('running');
    },
    cancel() {
      if (state !== 'running' && state !== 'paused') return;
      stopping.abort();
      enter('cancelling');
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryFailed({ uncertain = false } = {}) {
      const again = outcomes.filter(
        ({ kind }) => kind === 'failed' || kind === 'inBoth' || (uncertain && kind !== 'skipped'),
      );
      if (again.length === 0) return undefined;
      const retried = {
        ...options,
        source: options.again?.(again) ?? again.map(({ item }) => item),
        total: again.length,
      };
      return run(retried, new Map(again.map((outcome) => [key(outcome.item), outcome])));
    },
    report: () =>
      writeReport({
        state,
        counts,
        outcomes,
        error,
        leasing,
        startedAt: new Date(startedAt),
        endedAt: endedAt === undefined ? undefined : new Date(endedAt),
        notStarted: total === undefined ? undefined : Math.max(0, total - sumOf(counts) - working),
        name: options.name ?? String,
      }),
  };
}

/** Rings once. */
function createBell() {
  const bell = { rings: Promise.resolve(), ring: () => {} };
  bell.rings = new Promise<void>((resolve) => (bell.ring = resolve));
  return bell;
}

const iteratorOf = <Item>(source: Source<Item>): AsyncIterator<Item> | Iterator<Item> =>
  Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
