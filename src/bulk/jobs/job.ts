import type { NetworkLoss, NetworkState } from '@/azure/protocol/errors';
import type { LeasedNow } from '../leasing/leasing';
import type { LeasingReport } from '../leasing/leasing-report';
import type { JobForecast, JobPlan } from '../planning/forecast';
import type { Outcome, Work } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import type { RequestMeter, SentRequests } from '../requests/request-meter';
import type { JobReport } from './job-report';
import type { JobState } from './job-state';
import type { Counts, Progress, Standing } from './progress';

/** Items to work on. `close` is called once, after the last item, and returns leased messages. */
export type Source<Item> = (Iterable<Item> | AsyncIterable<Item>) & {
  /** Called before `close`; the job fails when it throws. */
  end?: () => Promise<void>;
  close?: (() => Promise<LeasingReport | undefined>) | undefined;
  /** Messages that it hides from other consumers. */
  leasedNow?: (() => LeasedNow) | undefined;
  /** How far its walk is; undefined when it receives nothing. */
  standing?: (() => Standing | undefined) | undefined;
  /** Stops returning leased messages. */
  abandon?: (() => void) | undefined;
  /** Told when the work on an item has ended. */
  done?: ((item: Item) => void) | undefined;
  /** Receives nothing while held. */
  hold?: ((isHeld: boolean) => void) | undefined;
  /** Receives nothing any more, and sends nothing that waits for the network. */
  stop?: (() => void) | undefined;
  /** Whether its requests get through. */
  network?: NetworkState | undefined;
  /** Renews leases that end soon, after a time without a network. */
  checkLeases?: (() => Promise<void>) | undefined;
};

export type JobOptions<Item, Value> = {
  source: Source<Item>;
  work: Work<Item, Value>;
  /** Items at a time, 1 to 128; 8 by default. A browser sends 6 requests at a time to one HTTP/1.1 host. */
  concurrency?: number | undefined;
  /** Items started in a second at most. */
  perSecond?: number | undefined;
  /** Number of items, when known. */
  total?: number | undefined;
  /** Networks that the work needs, beside that of the source; it waits while one of them is gone. */
  networks?: readonly (NetworkState | undefined)[] | undefined;
  /** Called with every outcome; the job stores only those other than `done`. */
  onOutcome?: (outcome: Outcome<Item, Value>) => void;
  /** Returns the items for `retryFailed`; the same items by default. */
  again?: (outcomes: readonly Outcome<Item, Value>[]) => Source<Item>;
  /** What it is going to do, as known before; undefined when it cannot be forecast. */
  plan?: JobPlan | undefined;
  /** Counts the requests of its work and its source. */
  meter?: RequestMeter | undefined;
  /** Identifies an item over retries; the item itself by default. */
  key?: (item: Item) => unknown;
  /** Name of an item in the report. */
  name?: (item: Item) => string;
} & Pick<QueueTarget, 'now' | 'delay'>;

export type Job<Item = unknown, Value = unknown> = {
  readonly state: JobState;
  readonly progress: Progress;
  readonly counts: Readonly<Counts>;
  /** All outcomes other than `done`, in the order they ended. Live. */
  readonly outcomes: readonly Outcome<Item, Value>[];
  /** What is missing, so that it waits; undefined while requests get through. It goes on by itself, unless it is paused. */
  readonly waitsFor?: NetworkLoss | undefined;
  /** Why the job failed. */
  readonly error: unknown;
  /** The plan that it began with. */
  readonly plan: JobPlan | undefined;
  /** Requests that it has sent; undefined when nobody counts them. Live. */
  readonly sent: SentRequests | undefined;
  /** Its forecast, narrowed by what it has learnt so far; undefined without a plan. */
  forecast(): JobForecast | undefined;
  /** Set once all messages are returned. */
  readonly leasing: LeasingReport | undefined;
  /** Changes with any of the above: a snapshot for `useSyncExternalStore`. */
  readonly version: number;
  /** Resolves when the job is cancelled, done or failed; never rejects. */
  readonly finished: Promise<void>;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Messages that it hides from other consumers now. */
  leasedNow(): LeasedNow;
  /** False for a job that leases nothing. */
  readonly canAbandon: boolean;
  /** Leaves messages hidden until their leases end instead of returning them. For a job that is cancelling or returning. */
  abandon(): void;
  /** Calls `listener` at each change, up to thousands of times a second. */
  subscribe(listener: () => void): () => void;
  /** True once `retryFailed` has made a new job of the failed items. */
  readonly isRetried: boolean;
  /**
   * Starts a new job for items that failed or are in both queues; with `uncertain`, also for those that may be done, where a
   * retry can make another copy. An original whose copy is certain is only deleted. Undefined without such items, and on a
   * second call.
   */
  retryFailed(options?: { uncertain?: boolean }): Job<Item, Value> | undefined;
  report(): JobReport;
};
