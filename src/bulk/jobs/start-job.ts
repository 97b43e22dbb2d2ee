import { errorMessage, type NetworkState } from '@/azure/protocol/errors';
import { isNotSent } from '@/azure/wire/retry';
import { forecastJob, type JobForecast, type JobPlan, type SoFar } from '../planning/forecast';
import { createDeferred } from '../requests/deferred';
import type { Outcome } from '../requests/outcome';
import { nowAt } from '../requests/queue-target';
import { createRateLimiter } from '../requests/rate-limiter';
import { repeatsOf, type SentRequests, sentSince } from '../requests/request-meter';
import type { Job, JobOptions, Source } from './job';
import { writeReport } from './job-report';
import type { JobState } from './job-state';
import { type Counts, createRate, createWalkProgress, noCounts, type Progress, type Standing, sumOf } from './progress';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Starts a job over the items of a source, several at a time. */
export function startJob<Item, Value = unknown>(options: JobOptions<Item, Value>): Job<Item, Value> {
  return run(options, new Map());
}

/** The outcomes that a retry is for: of what failed or is in both queues, with `uncertain` also of what may be done. */
export const retriedOutcomes = <Item, Value>(
  outcomes: readonly Outcome<Item, Value>[],
  uncertain: boolean,
): Outcome<Item, Value>[] =>
  outcomes.filter(({ kind }) => kind === 'failed' || kind === 'inBoth' || (uncertain && kind !== 'skipped'));

function run<Item, Value>(
  options: JobOptions<Item, Value>,
  previous: ReadonlyMap<unknown, Outcome<Item, Value>>,
): Job<Item, Value> {
  const { source, work, concurrency = 8, total, key = (item: Item): unknown => item } = options;
  /** Networks that its requests need, with what ends following them. */
  const watched = new Map<NetworkState, () => void>();
  /** True while leases are checked after a time without a network. */
  let isChecking = false;
  const limiter = createRateLimiter(concurrency, options.perSecond, options);
  const startedAt = nowAt(options);
  const counters = createJobCounters<Item, Value>(total, () => nowAt(options));
  const { counts, outcomes } = counters;
  const walkProgress = createWalkProgress(startedAt);
  const { plan } = options;
  const sent = options.meter && sentSince(options.meter);
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  /** Aborts waits for the pace: no worker waits for a turn without an item. */
  const idle = new AbortController();
  const items = iteratorOf(source);
  let exhausted = false;
  let endedAt: number | undefined;
  let workedUntil: number | undefined;
  let wake = createDeferred();

  const job: Mutable<Job<Item, Value>> = {
    state: 'running',
    version: 0,
    waitsFor: undefined,
    isRetried: false,
    error: undefined,
    leasing: undefined,
    finished: Promise.resolve(),
    get progress() {
      const standing = source.standing?.();
      const forecast = job.forecast();
      const ofItems = counters.progress(totalNow(forecast));
      const walk =
        standing &&
        walkProgress(standing, nowAt(options), endedAt, {
          forecast,
          returnedAtATime: plan?.returnedAtATime(standing.found),
          connections: plan?.connections,
          // What stays of a whole queue goes back at the end.
          before: plan?.isWhole && !plan.matching ? (ofItems.secondsLeft ?? 0) : 0,
        });
      const requests = forecast &&
        job.sent && { sent: job.sent.sum, least: forecast.least.sum, most: forecast.most.sum };
      const workTook = workedUntil === undefined ? undefined : (workedUntil - startedAt) / 1000;
      return { ...ofItems, workTook, walk, requests };
    },
    plan,
    get sent() {
      return sent?.();
    },
    forecast() {
      if (!plan) return undefined;
      const standing = source.standing?.();
      const soFar = soFarOf(plan, { standing, skipped: counts.skipped, sent: job.sent });
      const forecast = forecastJob(plan, soFar);
      if (!stopping.signal.aborted) return forecast;
      // Nothing is done any more with what has not had its turn.
      const left = Math.max(0, forecast.most.worked - counters.begunSoFar());
      return forecastJob(plan, { ...soFar, skipped: soFar.skipped + left });
    },
    counts,
    outcomes,
    pause() {
      if (job.state !== 'running') return;
      source.hold?.(true);
      enter('paused');
    },
    resume() {
      if (job.state !== 'paused') return;
      counters.restartRate();
      source.hold?.(false);
      enter('running');
    },
    cancel() {
      if (job.state !== 'running' && job.state !== 'paused') return;
      stopping.abort();
      idle.abort();
      source.stop?.();
      enter('cancelling');
    },
    leasedNow: () => source.leasedNow?.() ?? { messages: 0, until: 0 },
    canAbandon: source.abandon !== undefined,
    abandon() {
      if (job.state === 'cancelling' || job.state === 'returning') source.abandon?.();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryFailed({ uncertain = false } = {}) {
      const toRetry = retriedOutcomes(outcomes, uncertain);
      if (toRetry.length === 0 || job.isRetried) return undefined;
      job.isRetried = true;
      changed();
      const retried = {
        ...options,
        source: options.again?.(toRetry) ?? toRetry.map(({ item }) => item),
        total: toRetry.length,
        // It has to find again what was returned, wherever that stands now.
        plan: undefined,
      };
      return run(retried, new Map(toRetry.map((outcome) => [key(outcome.item), outcome])));
    },
    report: () =>
      writeReport({
        ...job,
        startedAt: new Date(startedAt),
        endedAt: endedAt === undefined ? undefined : new Date(endedAt),
        notStarted: counters.notStarted(),
        name: options.name ?? String,
      }),
  };

  /** Of a whole queue the number is known once all is found. */
  function totalNow(forecast: JobForecast | undefined): number | undefined {
    if (!plan?.isWhole || !forecast) return total;
    const { least, most } = forecast;
    // What was never received was chosen, too.
    if (stopping.signal.aborted && !plan.matching) return Math.max(total ?? 0, most.worked);
    if (least.worked !== most.worked) return undefined;
    return source.standing?.()?.isFinding === false ? most.worked : (total ?? most.worked);
  }

  function changed(): void {
    job.version++;
    for (const listener of listeners) listener();
  }

  function enter(next: JobState): void {
    job.state = next;
    // Workers that wait check the state again.
    wake.resolve();
    wake = createDeferred();
    changed();
  }

  const isWaiting = (): boolean => job.state === 'paused' || job.waitsFor !== undefined || isChecking;
  const isOver = (): boolean => exhausted || stopping.signal.aborted;

  /** Waits while the job is paused or this worker is over the limit. False when no item is to be started any more. */
  async function mayBegin(number: number): Promise<boolean> {
    while (!isOver() && (isWaiting() || number >= limiter.limit)) await wake.promise;
    return !isOver();
  }

  async function worker(number: number): Promise<void> {
    try {
      while (await mayBegin(number)) {
        await limiter.acquire(idle.signal);
        const next = await items.next();
        if (next.done) break;
        while (!stopping.signal.aborted && isWaiting()) await wake.promise;
        // Not started: the source returns its lease.
        if (stopping.signal.aborted) return;
        await workOn(next.value);
      }
    } catch (cause) {
      if (stopping.signal.aborted || idle.signal.aborted) return;
      job.error = cause;
      stopping.abort();
      source.stop?.();
    }
    exhausted = true;
    idle.abort();
    enter(job.state);
  }

  async function workOn(item: Item): Promise<void> {
    counters.began();
    const limit = limiter.limit;
    const attempt = () =>
      work(item, previous.get(key(item)), stopping.signal).catch(
        (cause: unknown): Outcome<Item, Value> => ({ item, kind: 'failed', reason: errorMessage(cause), error: cause }),
      );
    let outcome = await attempt();
    while (outcome.kind === 'failed' && isNotSent(outcome.error) && (await isSentLater(outcome.error.network))) {
      outcome = await attempt();
    }
    counters.landed(outcome);
    source.done?.(item);
    limiter.ended(outcome.error);
    options.onOutcome?.(outcome);
    if (limiter.limit > limit) enter(job.state);
    else changed();
  }

  /** True once what was not sent for lack of this network can be sent; false when the job was cancelled first. */
  async function isSentLater(network: NetworkState | undefined): Promise<boolean> {
    if (!network) return false;
    watch(network);
    while (!stopping.signal.aborted && isWaiting()) await wake.promise;
    return !stopping.signal.aborted;
  }

  /** Follows a network until the job has ended. */
  function watch(network: NetworkState): void {
    if (watched.has(network)) return;
    const look = () => {
      const before = job.waitsFor;
      job.waitsFor = [...watched.keys()].map(({ loss }) => loss()).find((loss) => loss !== undefined);
      if (job.waitsFor === before) return;
      if (before === undefined || job.waitsFor !== undefined) return enter(job.state);
      void goOn();
    };
    watched.set(network, network.subscribe(look));
    look();
  }

  /** Checks the leases before any item goes on. */
  async function goOn(): Promise<void> {
    isChecking = true;
    enter(job.state);
    if (!stopping.signal.aborted) await attempted(() => source.checkLeases?.());
    isChecking = false;
    counters.restartRate();
    enter(job.state);
  }

  /** Calls `call`; the job fails when that throws. */
  async function attempted<Result>(call: () => Result): Promise<Awaited<Result> | undefined> {
    try {
      return await call();
    } catch (cause) {
      job.error ??= cause;
      return undefined;
    }
  }

  async function runToEnd(): Promise<void> {
    // The caller has the job first.
    await Promise.resolve();
    for (const network of [source.network, ...(options.networks ?? [])]) if (network) watch(network);
    await Promise.all(Array.from({ length: concurrency }, (_, number) => worker(number)));
    workedUntil = nowAt(options);
    // Leased messages are returned whatever fails.
    await attempted(() => items.return?.());
    await attempted(() => source.end?.());
    if (source.close) enter('returning');
    job.leasing = await attempted(() => source.close?.());
    endedAt = nowAt(options);
    for (const stop of watched.values()) stop();
    job.waitsFor = undefined;
    enter(job.error !== undefined ? 'failed' : stopping.signal.aborted ? 'cancelled' : 'done');
  }

  job.finished = runToEnd();
  return job;
}

const iteratorOf = <Item>(source: Source<Item>): AsyncIterator<Item> | Iterator<Item> =>
  Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();

/** Counts the items of a job by outcome. `now` returns epoch ms; `total` counts items, when known. */
function createJobCounters<Item, Value>(total: number | undefined, now: () => number) {
  const rate = createRate();
  const counts: Counts = noCounts();
  const outcomes: Outcome<Item, Value>[] = [];
  let working = 0;

  return {
    counts,
    /** Outcomes other than `done`, in the order they ended. */
    outcomes,
    began: () => void working++,
    landed(outcome: Outcome<Item, Value>): void {
      working--;
      counts[outcome.kind]++;
      if (outcome.kind !== 'done') outcomes.push(outcome);
      rate.count(now());
    },
    /** Items that have begun, those that have ended too. */
    begunSoFar: () => sumOf(counts) + working,
    /** Starts the rate anew after a pause. */
    restartRate: () => rate.restart(),
    progress(all: number | undefined): Omit<Progress, 'walk' | 'workTook' | 'requests'> {
      const perSecond = rate.perSecond(now());
      return {
        done: counts.done,
        failed: counts.failed,
        skipped: counts.skipped,
        uncertain: counts.maybeDone + counts.maybeTwice + counts.inBoth,
        working,
        total: all,
        rate: perSecond,
        secondsLeft: all === undefined || perSecond === 0 ? undefined : remaining(all) / perSecond,
      };
    },
    /** Items of the total that were never started. */
    notStarted: () => (total === undefined ? undefined : Math.max(0, remaining(total) - working)),
  };

  function remaining(all: number): number {
    return Math.max(0, all - sumOf(counts));
  }
}

/** What a job knows, for its forecast. */
function soFarOf(
  { steps }: JobPlan,
  { standing, skipped, sent }: { standing: Standing | undefined; skipped: number; sent: SentRequests | undefined },
): SoFar {
  const walk = standing && {
    isFinding: standing.isFinding,
    receives: standing.receives,
    received: standing.found,
    wanted: standing.wanted,
  };
  // To hide a message is what renews it, too.
  const renewals = steps.includes('hide') ? 0 : (sent?.kinds.renewal ?? 0);
  const repeats = sent ? repeatsOf(sent) : 0;
  return { walk, skipped, unplanned: renewals + repeats + (standing?.lostReceives ?? 0) };
}
