import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { LeasedMessage, Message } from '@/azure/protocol/model';
import { isNotSent } from '@/azure/wire/retry';
import type { Claim } from '@/messages/record';
import { createDeferred } from '../requests/deferred';
import { each } from '../requests/each';
import { isBack } from '../requests/network';
import { isBusy, mayBeCarriedOut, REPEAT_AFTER_MS } from '../requests/outcome';
import { givenOutAt, nowAt, type QueueTarget, surelyAfter, waitAt } from '../requests/queue-target';
import { keepAlive, renewDue } from './keep-alive';
import { type LeaseContext, LeaseHandle } from './lease-handle';
import type { LeasingReport, NotReturned } from './leasing-report';
import { returnAll, returnedAtATime } from './return-all';
import { createReturnLane } from './return-lane';

const NONE: ReadonlySet<string> = new Set();

/** Ends after which nothing is received any more, while the work goes on. */
const ENDED_BY_ITSELF: ReadonlySet<LeasingReport['ended']> = new Set(['found', 'empty', 'cap']);

/** A message to test: leased already by a person, or just received for the test, which raised its dequeue count by one. */
export type Candidate = { message: Message; isReceived: boolean };

/** Ids of those that belong to a scope, and why others cannot be tested, by id. */
export type Judged = { wanted: ReadonlySet<string>; untested: ReadonlyMap<string, string> };

/** Tests which messages belong to a scope, many at a time. Throws when none can be tested. */
export type Judge = (candidates: readonly Candidate[]) => Promise<Judged>;

export type LeaseOptions = {
  /** Claims the leased messages; messages with another claim are skipped. */
  claim: Claim;
  /** Ids, so that leasing ends once all are found; or a predicate over every message of the queue. */
  wanted: ReadonlySet<string> | ((message: LeasedMessage) => boolean | Promise<boolean>);
  /** Tests those that are wanted. One that cannot be tested is yielded, so that it can be named. */
  judge?: Judge | undefined;
  /** Wanted messages at most; then nothing is received any more. */
  most?: (() => number) | undefined;
  /** Messages that the same work already has; they are not yielded again. Live. */
  except?: ReadonlySet<string>;
  /** Seconds, 1 to 604,800, or what plans them before each receive. Leases are renewed while they are needed. */
  visibilityTimeout: number | LeasePlan;
  /** Messages received at most. */
  cap?: number | undefined;
  /** Messages in the first receive, 1 to 32; few when the wanted messages are at the front. */
  first?: number;
  /**
   * Messages inserted at this time or later are not wanted, so that a job does not process its own copies. `firstReceive`: the
   * time of the first receive that returned any.
   */
  insertedBefore?: Date | 'firstReceive' | undefined;
  /** Starts the next receive when at most so many wanted messages wait; 0 by default, and `Infinity` to find all at once. */
  ahead?: number;
  /**
   * Yields only once nothing is received any more, or the texts that wait are too many: a text that is changed then goes back with
   * its change, by one request.
   */
  yieldsAtEnd?: boolean;
  /** Characters of wanted messages that wait at most; 16 million by default, so that a queue of any size fits into memory. */
  mostWaiting?: number;
  /** Messages renewed at a time, 1 to 128; 8 by default. */
  concurrency?: number | undefined;
  /** Messages returned at a time, 1 to 128; 1 keeps their order. By default as many as `returnAll` finds right. */
  returnedAtATime?: number | undefined;
  /** Ends the receiving; `close` still returns leased messages. */
  signal?: AbortSignal | undefined;
  onProgress?: (report: LeasingReport) => void;
};

/** Seconds that the next leases are to last, 1 to 604,800, from the mean of the receives so far in ms, 0 before the first. */
export type LeasePlan = (roundTrip: number) => number;

/** A receive that took longer waited for something else, such as a device that slept, and says nothing of the next. */
const SLOWEST_MS = 2000;

const MOST_WAITING_CHARACTERS = 16_000_000;

/** Leased messages in the order received. The caller must `close` it, which returns messages that are still leased. */
export type Leasing = AsyncIterable<LeaseHandle> & {
  /** Yields arrays of all messages that are ready. */
  batches: () => AsyncGenerator<LeaseHandle[]>;
  /** Live: changes while leasing. */
  readonly report: LeasingReport;
  /** Tells that a yielded message is needed no more: it is returned beside the work, as early as that is safe. */
  done: (handle: LeaseHandle) => void;
  /** Starts no receive while held. */
  hold: (isHeld: boolean) => void;
  /** Starts no receive any more; those that wait are still yielded. What waits for the network is not sent, but for returns. */
  stop: () => void;
  /** Renews what is needed and ends soon, as after a time without a network. */
  checkLeases: () => Promise<void>;
  /** Returns wanted messages that were not yielded because the signal had aborted; only on the first call. */
  notHandedOut: () => LeaseHandle[];
  /** Number of leased messages, and the latest end of their leases (epoch ms by this device's clock). */
  leasedNow: () => LeasedNow;
  /** How far it is, in messages; `toReturn` counts those returned already, and `needed` those that are worked on. */
  standing: () => {
    isFinding: boolean;
    receives: number;
    lostReceives: number;
    found: number;
    wanted: number;
    returned: number;
    toReturn: number;
    needed: number;
  };
  /** Stops returning, and hands the messages that are still leased to the person, in the order received. Of a `close` under way. */
  keepRest: () => void;
  /** Stops returning: messages stay hidden until their leases end, and are reported as not returned. */
  abandon: () => void;
  /** Waits for the running receive, then returns all messages that were neither deleted nor taken, in the order received. */
  close: () => Promise<LeasingReport>;
};

export type LeasedNow = { messages: number; until: number };

/**
 * Leases messages from the front of a queue, the only place that Azure receives from: receives batches of 32, yields those
 * wanted and holds the others, so that none is received twice. Once it receives no more, it returns those that nobody needs
 * beside the work on the others. Iterating throws the error of a receive that cannot be repeated.
 */
export function leaseMatching(target: QueueTarget, options: LeaseOptions): Leasing {
  const {
    claim,
    wanted,
    judge,
    most = () => Infinity,
    cap = Infinity,
    first = MOST_MESSAGES,
    ahead = 0,
    concurrency = 8,
    except = NONE,
    yieldsAtEnd = false,
    mostWaiting = MOST_WAITING_CHARACTERS,
    signal,
  } = options;
  const handles = new Map<string, LeaseHandle>();
  const ready: LeaseHandle[] = [];
  /** Ids of wanted messages, until they are deleted, returned or done with. */
  const needed = new Set<string>();
  /** Characters of `ready`. */
  let waitingCharacters = 0;
  let isHeld = false;
  const planned = options.visibilityTimeout;
  let lease = typeof planned === 'number' ? planned : planned(0);
  /** Ms of all receives that were answered. */
  let receivedFor = 0;
  let answers = 0;
  /** True while a receive is under way. */
  let isAsking = false;
  const roundTrip = () => (answers === 0 ? 0 : receivedFor / answers);
  const missing = typeof wanted === 'function' ? undefined : new Set(wanted);
  const isWanted = typeof wanted === 'function' ? wanted : ({ id }: LeasedMessage) => wanted.has(id);
  let { insertedBefore } = options;
  const isTooNew = ({ insertedAt }: LeasedMessage) => insertedBefore instanceof Date && insertedAt >= insertedBefore;
  const closing = new AbortController();
  /** Aborts waits for the network of what is not sent any more. */
  const stopping = new AbortController();
  /** Aborts pauses between receives. */
  const ending = new AbortController();
  const abandoning = new AbortController();
  /** Aborted once what is left is to be kept: returns under way end first. */
  const keeping = new AbortController();
  const context: LeaseContext = {
    target,
    claim,
    get visibilityTimeout() {
      return lease;
    },
    canRenew: true,
    // What becomes visible is received again, unless nothing is received any more; and it is put at the end of the queue.
    returnsByChange: () => isWalkOver() && atATime() > 1,
    settled: forget,
    signal: abandoning.signal,
    stopped: stopping.signal,
  };
  /** Keeps what is returned in order when it is 1. */
  const atATime = () => options.returnedAtATime ?? returnedAtATime(report.received, target.connections);
  const report: LeasingReport = {
    received: 0,
    wanted: 0,
    passed: 0,
    ...(insertedBefore instanceof Date && { insertedBefore }),
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
  let held = createDeferred();
  let failure: unknown;
  let failures = 0;
  /** Consecutive messages that were received before. */
  let metAgain = 0;
  let receiving: Promise<void> | undefined;
  /** Renews leases until all are returned. */
  let renewing: Promise<void> | undefined;
  let closed: Promise<LeasingReport> | undefined;
  signal?.addEventListener('abort', stop, { once: true });
  const lane = createReturnLane(handles, {
    isNeeded: (id) => needed.has(id),
    atATime,
    signal: abandoning.signal,
  });

  const renewal = {
    target,
    visibilityTimeout: () => lease,
    roundTrip,
    concurrency,
    // In their order, those that go back wait for those before them.
    isNeeded: (id: string) => !isWalkOver() || needed.has(id) || (needed.size > 0 && atATime() === 1),
    signal: closing.signal,
  };

  const isWalkOver = () => report.ended !== undefined && receiving === undefined;

  function stop(): void {
    report.ended ??= 'aborted';
    ending.abort();
    stopping.abort();
  }

  function forget({ id, state }: LeaseHandle): void {
    handles.delete(id);
    needed.delete(id);
    if (state === 'deleted') report.raised.delete(id);
    else if (state === 'returned') report.returned++;
    else if (state === 'hidden') report.hidden++;
    // Those behind it may go back now.
    lane.wake();
  }

  /** Starts a receive, and the next one after it, as long as there is room; and the returning once there is none any more. */
  function receiveAhead(): void {
    const isWaited = ready.length <= ahead && waitingCharacters <= mostWaiting;
    if (receiving || closed || isHeld || signal?.aborted || report.ended !== undefined || !isWaited) return;
    receiving = receive().finally(() => {
      receiving = undefined;
      if (report.ended === undefined) receiveAhead();
      else if (ENDED_BY_ITSELF.has(report.ended)) lane.start();
    });
  }

  /** Receives one batch once the network is there; never rejects. */
  async function receive(): Promise<void> {
    if (target.network?.loss() !== undefined && !(await isBack(target.network, ending.signal))) return;
    const count = Math.min(report.received === 0 ? first : MOST_MESSAGES, cap - report.received);
    report.requests++;
    const visibilityTimeout = (lease = typeof planned === 'number' ? planned : planned(roundTrip()));
    const asked = nowAt(target);
    isAsking = true;
    /** Messages that are hidden without a receipt that can be read. */
    let lost = 0;
    let batch: LeasedMessage[];
    try {
      // Only `abandon` aborts a running receive: a lost response hides messages without a known receipt.
      batch = await target.account.receiveMessages(target.queue, {
        count,
        visibilityTimeout,
        signal: abandoning.signal,
        claim,
        onUnreadable: () => void lost++,
      });
    } catch (error) {
      isAsking = false;
      return receiveFailed(error, count);
    }
    isAsking = false;
    receivedFor += Math.min(nowAt(target) - asked, SLOWEST_MS);
    answers++;
    if (lost > 0) report.maybeHidden.push({ messages: lost, until: hiddenUntil() });
    failures = 0;
    try {
      await addBatch(batch);
    } catch (error) {
      // The predicate failed, so what is wanted is not known.
      failure = error;
      report.ended ??= 'failed';
    }
    if (missing?.size === 0) report.ended ??= 'found';
    if (report.wanted >= most()) report.ended ??= 'found';
    if (report.received >= cap) report.ended ??= 'cap';
    options.onProgress?.(report);
  }

  /** The latest end of what a receive that has ended now may have hidden. */
  const hiddenUntil = () => new Date(nowAt(target) + lease * 1000);

  async function receiveFailed(error: unknown, count: number): Promise<void> {
    if (isNotSent(error) && error.network) return void (await isBack(error.network, ending.signal));
    const pause = REPEAT_AFTER_MS[failures++];
    if (mayBeCarriedOut(error) || abandoning.signal.aborted) {
      report.maybeHidden.push({ messages: count, until: hiddenUntil() });
    }
    if (pause !== undefined && (mayBeCarriedOut(error) || isBusy(error))) {
      return waitAt(target, pause, ending.signal).catch(() => {});
    }
    if (abandoning.signal.aborted) return;
    failure = error;
    report.ended ??= 'failed';
  }

  async function addBatch(batch: readonly LeasedMessage[]): Promise<void> {
    const fresh: { handle: LeaseHandle; message: LeasedMessage }[] = [];
    const [front] = batch;
    if (insertedBefore === 'firstReceive' && front) {
      insertedBefore = report.insertedBefore = surelyAfter(givenOutAt(front, lease));
      target.journal?.note(['insertedBefore', insertedBefore.getTime()]);
    }
    let tooNew = 0;
    for (const message of batch) {
      const { id, dequeueCount } = message;
      const isOld = report.raised.has(id) || except.has(id);
      report.raised.set(id, dequeueCount);
      metAgain = isOld ? metAgain + 1 : 0;
      if (isTooNew(message)) tooNew++;
      if (handles.has(id)) continue;
      const handle = new LeaseHandle(context, id);
      // Its lease had ended: other work of this tab or a person has it, and this receipt is now theirs.
      if (handle.state !== 'held' || handle.record?.lease?.holder !== 'work') continue;
      handles.set(id, handle);
      // A message received again is held until the end, and not worked on twice.
      if (!isOld) fresh.push({ handle, message });
    }
    report.received += fresh.length;
    renewing ??= keepAlive(handles, renewal);
    const asked = await Promise.all(fresh.map(async ({ message }) => !isTooNew(message) && isWanted(message)));
    const chosen = await judged(fresh.filter((_, index) => asked[index]));
    const passed: string[] = [];
    for (const { handle } of fresh) {
      if (chosen.has(handle.id) && report.wanted < most()) {
        missing?.delete(handle.id);
        report.wanted++;
        needed.add(handle.id);
        waitingCharacters += lengthOf(handle);
        ready.push(handle);
      } else {
        report.passed++;
        passed.push(handle.id);
        // To return it, only its receipt is needed.
        handle.dropText();
      }
    }
    if (passed.length > 0) target.journal?.note(['passed', passed]);
    // No messages, or only newer ones; or leases end before the whole queue is received.
    if (tooNew === batch.length || metAgain > report.raised.size) report.ended ??= 'empty';
  }

  /** Ids of those that the judge takes, and of those that it cannot test. */
  async function judged(candidates: readonly { message: LeasedMessage }[]): Promise<ReadonlySet<string>> {
    const ids = candidates.map(({ message }) => message.id);
    if (!judge || ids.length === 0) return new Set(ids);
    const { wanted: taken, untested } = await judge(candidates.map(({ message }) => ({ message, isReceived: true })));
    return new Set([...taken, ...untested.keys()]);
  }

  function takeOne(): LeaseHandle | undefined {
    const handle = ready.shift();
    if (handle) waitingCharacters -= lengthOf(handle);
    return handle;
  }

  function takeAll(): LeaseHandle[] {
    waitingCharacters = 0;
    return ready.splice(0);
  }

  async function* handOut<Item>(take: () => Item | undefined): AsyncGenerator<Item> {
    for (;;) {
      if (signal?.aborted) report.ended ??= 'aborted';
      receiveAhead();
      const isTooSoon = yieldsAtEnd && !isWalkOver() && waitingCharacters <= mostWaiting;
      const next = signal?.aborted || closed || ready.length === 0 || isTooSoon ? undefined : take();
      if (next) yield next;
      else if (receiving) await receiving;
      else if (isHeld && report.ended === undefined && !closed) await held.promise;
      else if (failure !== undefined) throw failure;
      else return;
    }
  }

  async function returnRemaining(): Promise<LeasingReport> {
    report.ended ??= signal?.aborted ? 'aborted' : 'closed';
    ending.abort();
    held.resolve();
    while (receiving) await receiving;
    // Everything goes back now, also what was not worked on.
    needed.clear();
    await lane.close();
    const reasons = await returnAll([...handles.values()], {
      concurrency: atATime(),
      signal: AbortSignal.any([abandoning.signal, keeping.signal]),
    });
    if (keeping.signal.aborted && !abandoning.signal.aborted) await handToPerson();
    closing.abort();
    report.missing = [...(missing ?? [])];
    const remaining = [...handles.values()];
    for (const handle of remaining) {
      const { state, id } = handle;
      if (state === 'gone' || (state === 'lost' && handle.isExpired)) report.gone++;
      else if (state === 'lost') report.lost.push(id);
      else report.notReturned.push(notReturned(handle, reasons.get(id) ?? 'The answer with its receipt was lost.'));
    }
    handOver(remaining);
    options.onProgress?.(report);
    return report;
  }

  /** Hands what is held still to the person, with at least half of its lease left. */
  async function handToPerson(): Promise<void> {
    const left = [...handles.values()];
    // A running renewal would void the receipt that is handed over; `ensureLeased` waits for it.
    await each(left, concurrency, (handle) => handle.ensureLeased(Infinity).catch(() => {}));
    for (const handle of left) handle.take();
  }

  /** Hands messages that could not be returned to the person, who can still release them. */
  function handOver(remaining: readonly LeaseHandle[]): void {
    const { records } = target;
    records.apply(remaining.map(({ id }) => [id, { kind: 'handed', holder: 'left' }] as const));
    records.unclaim(
      remaining.map(({ id }) => id),
      claim,
    );
  }

  return {
    [Symbol.asyncIterator]: () => handOut(takeOne),
    batches: () => handOut(takeAll),
    report,
    done(handle) {
      needed.delete(handle.id);
      lane.done(handle);
    },
    hold(isHeldNow) {
      isHeld = isHeldNow;
      if (isHeld) return;
      held.resolve();
      held = createDeferred();
      if (answers > 0) receiveAhead();
    },
    stop() {
      report.ended ??= 'closed';
      ending.abort();
      stopping.abort();
      held.resolve();
    },
    checkLeases: () => renewDue(handles, renewal),
    notHandedOut: takeAll,
    leasedNow() {
      const leasedNow = { messages: 0, until: 0 };
      for (const { state, endsAt } of handles.values()) {
        if (state !== 'held' && state !== 'unknown') continue;
        leasedNow.messages++;
        leasedNow.until = Math.max(leasedNow.until, endsAt);
      }
      return leasedNow;
    },
    standing: () => ({
      isFinding: !isWalkOver(),
      receives: answers,
      lostReceives: report.requests - answers - (isAsking ? 1 : 0),
      found: report.received,
      wanted: report.wanted,
      returned: report.returned,
      toReturn: report.returned + handles.size - needed.size,
      needed: needed.size,
    }),
    keepRest() {
      if (closed) keeping.abort();
    },
    abandon() {
      // Otherwise an aborted receive would be repeated for ever.
      stop();
      abandoning.abort();
    },
    close: () => (closed ??= returnRemaining()),
  };
}

const lengthOf = ({ record }: LeaseHandle): number => record?.message?.text.length ?? 0;

const notReturned = ({ id, receipt, state, endsAt }: LeaseHandle, reason: string): NotReturned => ({
  id,
  receipt: state === 'unknown' ? undefined : receipt,
  until: new Date(endsAt),
  reason,
});
