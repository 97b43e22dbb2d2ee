import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { LeasedMessage } from '@/azure/protocol/model';
import type { Claim } from '@/messages/record';
import { nowAt, type QueueTarget, waitAt } from '../requests/queue-target';
import { givenOutAt, surelyAfter } from '../requests/service-time';
import { isBusy, mayBeCarriedOut, REPEAT_AFTER_MS } from '../requests/uncertain-outcome';
import { keepAlive } from './keep-alive';
import { type LeaseContext, LeaseHandle } from './lease-handle';
import type { LeasingReport, NotReturned } from './leasing-report';
import { returnAll } from './return-all';

const NONE: ReadonlySet<string> = new Set();

export type LeaseOptions = {
  /** Who works: what is leased is theirs, and what somebody else of us works on is passed. */
  claim: Claim;
  /** Ids, which ends as soon as all are found; or a question, which is put about every message of the queue. */
  wanted: ReadonlySet<string> | ((message: LeasedMessage) => boolean | Promise<boolean>);
  /** Messages that the same work was handed otherwise: met on the way, they are not handed out once more. */
  except?: ReadonlySet<string>;
  /** Seconds, 1 to 604,800. Leases that would end before the work does are renewed. */
  visibilityTimeout: number;
  /** Messages received at most. */
  cap?: number | undefined;
  /** Messages in the first receive, 1 to 32, so that what is wanted from the very front costs the others nothing. */
  first?: number;
  /**
   * Messages inserted at this moment or later are not wanted, so that a job does not meet its own copies. `firstReceive`:
   * the moment when the service answered the first receive that brought any.
   */
  insertedBefore?: Date | 'firstReceive' | undefined;
  /** Begins the next receive when no more than so many wanted messages wait; 0 when left out. */
  ahead?: number;
  /** Messages returned or renewed at a time, 1 to 64; with 1 they come back in their exact order. 8 when left out. */
  concurrency?: number | undefined;
  /** Ends the receiving; what is held is returned by `close` all the same. */
  signal?: AbortSignal | undefined;
  onProgress?: (report: LeasingReport) => void;
};

/** Leased messages as they come. Whoever iterates has to `close` it, which returns what is still held. */
export type Leasing = AsyncIterable<LeaseHandle> & {
  /** The same, as many at once as there are. */
  batches: () => AsyncGenerator<LeaseHandle[]>;
  /** Live: changes while the leasing goes on. */
  readonly report: LeasingReport;
  /** Those wanted that came and were not handed out, as the signal had aborted. Whoever asks has them, once. */
  notHandedOut: () => LeaseHandle[];
  /** How many that is, and until when (epoch ms by this device's clock) the last of them stays hidden at most. */
  leasedNow: () => LeasedNow;
  /** Cuts the returning short: what is held is left to its leases, and reported as not returned. */
  abandon: () => void;
  /** Waits for the receive that is under way, then returns all that nobody deleted or took, in the order it came. */
  close: () => Promise<LeasingReport>;
};

export type LeasedNow = { messages: number; until: number };

/**
 * Leases messages from the front of a queue, the only place that Azure gives them from: receives batches of 32, hands
 * out those wanted and holds the others, so that none comes twice. Iterating throws what receive threw once it cannot
 * go on.
 */
export function leaseMatching(target: QueueTarget, options: LeaseOptions): Leasing {
  const {
    claim,
    wanted,
    visibilityTimeout,
    cap = Infinity,
    first = MOST_MESSAGES,
    ahead = 0,
    concurrency = 8,
    except = NONE,
    signal,
  } = options;
  const handles = new Map<string, LeaseHandle>();
  const ready: LeaseHandle[] = [];
  const left = typeof wanted === 'function' ? undefined : new Set(wanted);
  const isWanted = typeof wanted === 'function' ? wanted : ({ id }: LeasedMessage) => wanted.has(id);
  let { insertedBefore } = options;
  const isTooNew = ({ insertedAt }: LeasedMessage) => insertedBefore instanceof Date && insertedAt >= insertedBefore;
  const closing = new AbortController();
  /** No more receives: their pauses end. */
  const ending = new AbortController();
  const lettingGo = new AbortController();
  const context: LeaseContext = {
    target,
    claim,
    visibilityTimeout,
    canRenew: true,
    settled: forget,
    signal: lettingGo.signal,
  };
  const report: LeasingReport = {
    received: 0,
    wanted: 0,
    passed: 0,
    missing: [],
    raised: new Map(),
    returned: 0,
    hidden: 0,
    lost: [],
    gone: 0,
    notReturned: [],
    maybeHidden: [],
    requests: 0,
    ended: undefined,
  };
  let failure: unknown;
  let failures = 0;
  /** Messages met again in a row. */
  let metAgain = 0;
  let coming: Promise<void> | undefined;
  /** Beats until all is returned. */
  let renewing: Promise<void> | undefined;
  let closed: Promise<LeasingReport> | undefined;
  signal?.addEventListener('abort', stop, { once: true });

  function stop(): void {
    report.ended ??= 'aborted';
    ending.abort();
  }

  function forget({ id, state }: LeaseHandle): void {
    handles.delete(id);
    if (state === 'deleted') report.raised.delete(id);
    else if (state === 'returned') report.returned++;
    else if (state === 'hidden') report.hidden++;
  }

  /** One batch; never rejects. */
  async function receive(): Promise<void> {
    const count = Math.min(report.received === 0 ? first : MOST_MESSAGES, cap - report.received);
    report.requests++;
    let batch: LeasedMessage[];
    try {
      // Cancelled in mid-flight only when told not to wait: a lost answer hides messages that nobody can return.
      batch = await target.account.receiveMessages(target.queue, {
        count,
        visibilityTimeout,
        signal: lettingGo.signal,
        claim,
      });
    } catch (error) {
      return missed(error, count);
    }
    failures = 0;
    try {
      await takeIn(batch);
    } catch (error) {
      // The question could not be answered, so nobody knows what is wanted.
      failure = error;
      report.ended ??= 'failed';
    }
    if (left?.size === 0) report.ended ??= 'found';
    if (report.received >= cap) report.ended ??= 'cap';
    options.onProgress?.(report);
  }

  async function missed(error: unknown, count: number): Promise<void> {
    const pause = REPEAT_AFTER_MS[failures++];
    if (mayBeCarriedOut(error) || lettingGo.signal.aborted) {
      const until = new Date(nowAt(target) + visibilityTimeout * 1000);
      report.maybeHidden.push({ messages: count, until });
    }
    if (pause !== undefined && (mayBeCarriedOut(error) || isBusy(error))) {
      return waitAt(target, pause, ending.signal).catch(() => {});
    }
    if (lettingGo.signal.aborted) return;
    failure = error;
    report.ended ??= 'failed';
  }

  async function takeIn(batch: readonly LeasedMessage[]): Promise<void> {
    const fresh: { handle: LeaseHandle; message: LeasedMessage }[] = [];
    const [front] = batch;
    if (insertedBefore === 'firstReceive' && front) insertedBefore = surelyAfter(givenOutAt(front, visibilityTimeout));
    let tooNew = 0;
    for (const message of batch) {
      const { id, dequeueCount } = message;
      const isOld = report.raised.has(id) || except.has(id);
      report.raised.set(id, dequeueCount);
      metAgain = isOld ? metAgain + 1 : 0;
      if (isTooNew(message)) tooNew++;
      if (handles.has(id)) continue;
      const handle = new LeaseHandle(context, id);
      // Its lease had lapsed: somebody else of us works on it, or a person has lent it, and the receipt is theirs again.
      if (handle.state !== 'held' || handle.record?.lease?.holder !== 'work') continue;
      handles.set(id, handle);
      // What was shown in the meantime is held until the end, and not worked on twice.
      if (!isOld) fresh.push({ handle, message });
    }
    report.received += fresh.length;
    renewing ??= keepAlive(handles, { target, visibilityTimeout, concurrency, signal: closing.signal });
    const chosen = await Promise.all(fresh.map(async ({ message }) => !isTooNew(message) && isWanted(message)));
    for (const [index, { handle }] of fresh.entries()) {
      if (chosen[index]) {
        left?.delete(handle.id);
        report.wanted++;
        ready.push(handle);
      } else {
        report.passed++;
        // Only its return is left to be done.
        handle.dropText();
      }
    }
    // Nothing, or only what came since; or leases end faster than the queue can be walked through.
    if (tooNew === batch.length || metAgain > report.raised.size) report.ended ??= 'empty';
  }

  async function* handOut<Handed>(take: () => Handed | undefined): AsyncGenerator<Handed> {
    for (;;) {
      if (signal?.aborted) report.ended ??= 'aborted';
      if (report.ended === undefined && ready.length <= ahead) {
        coming ??= receive().finally(() => (coming = undefined));
      }
      const next = signal?.aborted || closed || ready.length === 0 ? undefined : take();
      if (next) yield next;
      else if (coming) await coming;
      else if (failure !== undefined) throw failure;
      else return;
    }
  }

  async function giveAllBack(): Promise<LeasingReport> {
    report.ended ??= signal?.aborted ? 'aborted' : 'closed';
    ending.abort();
    while (coming) await coming;
    const reasons = await returnAll([...handles.values()], { concurrency, signal: lettingGo.signal });
    closing.abort();
    report.missing = [...(left ?? [])];
    const rest = [...handles.values()];
    for (const handle of rest) {
      const { state, id } = handle;
      if (state === 'gone' || (state === 'lost' && handle.isExpired)) report.gone++;
      else if (state === 'lost') report.lost.push(id);
      else report.notReturned.push(notReturned(handle, reasons.get(id) ?? 'The answer with its receipt was lost.'));
    }
    leave(rest);
    options.onProgress?.(report);
    return report;
  }

  /** What could not be returned is nobody's work any more: a person can still release it. */
  function leave(rest: readonly LeaseHandle[]): void {
    const { records } = target;
    records.apply(rest.map(({ id }) => [id, { kind: 'handed', holder: 'left' }] as const));
    records.unclaim(
      rest.map(({ id }) => id),
      claim,
    );
  }

  return {
    [Symbol.asyncIterator]: () => handOut(() => ready.shift()),
    batches: () => handOut(() => ready.splice(0)),
    report,
    notHandedOut: () => ready.splice(0),
    leasedNow() {
      const leasedNow = { messages: 0, until: 0 };
      for (const { state, endsAt } of handles.values()) {
        if (state !== 'held' && state !== 'unknown') continue;
        leasedNow.messages++;
        leasedNow.until = Math.max(leasedNow.until, endsAt);
      }
      return leasedNow;
    },
    abandon() {
      // Nothing more is received: what is cut off would be asked for again without end.
      stop();
      lettingGo.abort();
    },
    close: () => (closed ??= giveAllBack()),
  };
}

const notReturned = ({ id, receipt, state, endsAt }: LeaseHandle, reason: string): NotReturned => ({
  id,
  receipt: state === 'unknown' ? undefined : receipt,
  until: new Date(endsAt),
  reason,
});
