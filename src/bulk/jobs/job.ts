import type { LeasedNow } from '../leasing/leasing';
import type { LeasingReport } from '../leasing/leasing-report';
import type { Outcome, Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import type { JobReport } from './job-report';
import type { JobState } from './job-state';
import type { Counts, Progress } from './progress';

/** Items to work on. `close` is called once, when the last work has landed, and returns what is held. */
export type Source<Item> = (Iterable<Item> | AsyncIterable<Item>) & {
  /** Called before `close`; what it throws fails the job. */
  end?: () => Promise<void>;
  close?: (() => Promise<LeasingReport | undefined>) | undefined;
  /** What it holds of other people's messages. */
  leasedNow?: (() => LeasedNow) | undefined;
  /** Does not wait for what is held to be returned. */
  abandon?: (() => void) | undefined;
};

export type JobOptions<Item, Value> = {
  source: Source<Item>;
  work: Work<Item, Value>;
  /** Items at a time, 1 to 64; 8 when left out. A browser sends 6 requests at a time to one HTTP/1.1 host. */
  concurrency?: number | undefined;
  /** Items begun in a second at most. */
  perSecond?: number;
  /** Items in all, when known. */
  total?: number | undefined;
  /** Told of every outcome as it lands; only those that are not `done` are kept. */
  onOutcome?: (outcome: Outcome<Item, Value>) => void;
  /** Gets hold of items again for `retryFailed`; the same items when left out. */
  again?: (outcomes: readonly Outcome<Item, Value>[]) => Source<Item>;
  /** What stays the same when an item is got again; the item itself when left out. */
  key?: (item: Item) => unknown;
  /** In the report: what each item is called. */
  name?: (item: Item) => string;
} & Pick<QueueTarget, 'now' | 'delay'>;

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
  /** What it hides from others now. */
  leasedNow(): LeasedNow;
  /** False for a job that leases nothing. */
  readonly canAbandon: boolean;
  /** Leaves what it holds hidden until its leases end, rather than return it. For a job that is cancelled or returning. */
  abandon(): void;
  /** Called at each change, which can be thousands of times a second: read later, and only what is shown. */
  subscribe(listener: () => void): () => void;
  /** Whether it was tried again: what is left is then the other job's. */
  readonly isRetried: boolean;
  /**
   * A new job over what failed or is in both places; with `uncertain`, also over what may be done, where doing it once
   * more can make another copy. An original whose copy is certain is only deleted. Undefined when there is nothing, and when
   * it was tried again already.
   */
  retryFailed(options?: { uncertain?: boolean }): Job<Item, Value> | undefined;
  report(): JobReport;
};
