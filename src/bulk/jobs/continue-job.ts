import type { SentMessage } from '@/azure/protocol/model';
import { restoreLease, type StoredLease } from '@/messages/stored-leases';
import type { Journal } from '../journal/journal';
import { type JournaledItem, type Replayed, replay } from '../journal/replay';
import { isCopied, isHidden, isLeft, isSettled, itemStanding, needsNoText } from '../journal/standing';
import { LeaseHandle } from '../leasing/lease-handle';
import { returnAll } from '../leasing/return-all';
import { type Planned, planned } from '../planning/steps';
import { createDeferred } from '../requests/deferred';
import { type Outcome, troubled, type Work } from '../requests/outcome';
import { nowAt, type QueueTarget } from '../requests/queue-target';
import { createRequestMeter } from '../requests/request-meter';
import { deleteCopied } from '../work/move-message';
import type { Job, Source } from './job';
import { beginningOf, type MessageJobOptions, messageSource, planOf, type SourceOptions } from './message-job';
import { startJob } from './start-job';

export type RestoredLease = Pick<StoredLease, 'id' | 'receipt' | 'endsAt' | 'doubt'>;

/** What a job that was cut off still has to do, from its journal. */
export type Continuation = {
  /** Keys of what is left of chosen items; undefined for a whole queue. */
  ids: ReadonlySet<string> | undefined;
  /** Messages of a whole queue that are not worked on again. */
  except: ReadonlySet<string>;
  /** With a certain copy: only the original is deleted, when its text has this fingerprint. */
  copied: ReadonlyMap<string, string>;
  /** With a copy perhaps: they are copied again, and said to be there twice, perhaps. */
  maybeCopied: ReadonlySet<string>;
  /** With a change perhaps: those whose text has this fingerprint have it. */
  changed: ReadonlyMap<string, string>;
  /** Leases that are used as they are, since no text is needed. */
  direct: readonly RestoredLease[];
  /** Leases that are ended first, so that the messages are received with their texts. */
  released: readonly RestoredLease[];
  insertedBefore: number | undefined;
  /** Messages that it still takes at most, of a whole queue. */
  most: number | undefined;
  /** Undefined where nobody knows. */
  total: number | undefined;
};

/** What is left of a job at `now`, epoch ms by the connection's clock. */
export function continuationOf(journal: Journal, now: number, replayed: Replayed = replay(journal)): Continuation {
  const { head } = journal;
  const { items, insertedBefore } = replayed;
  const left: JournaledItem[] = [];
  const except = new Set<string>(head.except);
  for (const item of items.values()) {
    if (isLeft(item, head, now)) left.push(item);
    else if (itemStanding(item, head, now) !== 'passed') except.add(item.key);
  }
  const isDirect = (item: JournaledItem) =>
    item.doubt === undefined && isLeft(item, head, now) && (isCopied(item) || needsNoText(head));
  const leased = [...items.values()].filter((item) => isHidden(item, now) && item.lease?.receipt !== '');
  const unseen = head.ids ? head.ids.length : head.total;
  const known = [...items.values()].filter((item) => itemStanding(item, head, now) !== 'passed').length;
  return {
    ids: head.ids && new Set(head.ids.filter((key) => !except.has(key))),
    except,
    copied: new Map(left.filter(isCopied).map(({ key, sentText }) => [key, sentText])),
    maybeCopied: new Set(
      left.filter((item) => !isCopied(item) && (item.openPuts > 0 || item.isTakingBack)).map(({ key }) => key),
    ),
    changed: new Map(left.filter(({ openTexts }) => openTexts > 0).map(({ key, newText }) => [key, newText])),
    direct: leased.filter(isDirect).map(toRestored),
    released: leased.filter((item) => !isDirect(item) && !isSettledCopy(item, head.steps)).map(toRestored),
    insertedBefore,
    most: head.most === undefined ? undefined : Math.max(0, head.most - (known - left.length)),
    total: unseen === undefined ? undefined : Math.max(0, unseen - known) + left.length,
  };
}

const isSettledCopy = (item: JournaledItem, steps: Journal['head']['steps']): boolean =>
  steps.includes('delete') && isSettled(item, { steps });

/** Leases that can be ended, in the order received, so that their messages are visible again. */
export function releasable({ head }: Journal, { items }: Replayed, now: number): RestoredLease[] {
  return [...items.values()].flatMap((item) => {
    // What may be there twice stays hidden, so that nobody works on the original before the job goes on.
    const isTwice = itemStanding(item, head, now) === 'twice';
    return !isTwice && isHidden(item, now) && item.lease?.receipt !== '' ? toRestored(item) : [];
  });
}

const toRestored = ({ key, lease, doubt }: JournaledItem): RestoredLease => ({
  id: key,
  receipt: lease?.receipt ?? '',
  endsAt: lease?.until ?? 0,
  ...(doubt && { doubt }),
});

export type ContinuedJobOptions<Value> = Omit<MessageJobOptions<Value>, 'wanted' | 'total'> & {
  continuation: Continuation;
  /** The target of the copies; undefined for work that copies nothing. */
  to: QueueTarget | undefined;
  fingerprint: (text: string) => Promise<string>;
};

/**
 * Goes on with a job that was cut off. Originals with a certain copy are only deleted: by their receipts, or received again, when they
 * still have the text that was copied. What may have been copied is copied again, and said to be there twice, perhaps. Leases whose
 * texts are needed are ended first, in the order received.
 */
export function continueMessageJob<Value>(options: ContinuedJobOptions<Value>): Job<LeaseHandle, Value> {
  const {
    from: queue,
    to,
    work,
    name,
    cap,
    visibilityTimeout,
    returnedAtATime: atATime,
    continuation,
    ...rest
  } = options;
  const { concurrency, perSecond, fingerprint, onOutcome, networks, meter = createRequestMeter() } = rest;
  const from = meter.target(queue);
  const { ids, except, total, released } = continuation;
  const leases: SourceOptions = {
    name,
    cap,
    concurrency,
    visibilityTimeout,
    returnedAtATime: atATime,
    steps: work.steps,
    perSecond,
  };
  const plan = planOf(from, ids ?? 'all', { ...leases, total, except });
  return startJob<LeaseHandle, Value>({
    concurrency,
    perSecond,
    total,
    meter,
    networks,
    plan: plan && { ...plan, released: released.length },
    ...(onOutcome && { onOutcome }),
    source: continuedSource(from, continuation, leases),
    work: continuedWork(work, { continuation, to, fingerprint }),
    again: (outcomes) => messageSource(from, new Set(outcomes.map(({ item }) => item.id)), leases),
    key: ({ id }) => id,
    name: ({ id }) => id,
    now: from.now,
    delay: from.delay,
  });
}

type WorkContext = {
  continuation: Pick<Continuation, 'copied' | 'maybeCopied' | 'changed'>;
  to: QueueTarget | undefined;
  fingerprint: (text: string) => Promise<string>;
};

function continuedWork<Value>(
  work: Work<LeaseHandle, Value> & Planned,
  { continuation: { copied, maybeCopied, changed }, to, fingerprint }: WorkContext,
): Work<LeaseHandle, Value> & Planned {
  return planned(work.steps ?? [], async (handle, previous, signal) => {
    const copy = copied.get(handle.id);
    if (copy !== undefined && to)
      return (await deleteOf(handle, { to, print: copy, fingerprint, signal })) as Outcome<LeaseHandle, Value>;
    const written = changed.get(handle.id);
    if (written !== undefined && handle.message && (await fingerprint(handle.message.text)) === written)
      return { item: handle, kind: 'done' };
    const outcome = await work(handle, previous, signal);
    if (outcome.kind !== 'done' || !maybeCopied.has(handle.id)) return outcome;
    const { item, copied: made, value } = outcome;
    return {
      ...troubled(item, 'maybeTwice', 'Copied again: whether a copy was made before the job stopped is not known.'),
      ...(made && { copied: made }),
      value,
    };
  });
}

type DeleteContext = Pick<WorkContext, 'fingerprint'> & {
  to: QueueTarget;
  print: string;
  signal: AbortSignal | undefined;
};

async function deleteOf(
  handle: LeaseHandle,
  { to, print, fingerprint, signal }: DeleteContext,
): Promise<Outcome<LeaseHandle, SentMessage>> {
  if (handle.state !== 'held' || handle.record?.message === undefined)
    return deleteCopied(handle, to, undefined, signal);
  const { message } = handle;
  if (message && (await fingerprint(message.text)) === print) return deleteCopied(handle, to, message.text, signal);
  return troubled(handle, 'inBoth', 'Copied, but the original has another text by now, or may have, so it is kept.');
}

/** Yields first what can be worked on by its receipt, and then what has to be received. */
function continuedSource(from: QueueTarget, continuation: Continuation, options: SourceOptions): Source<LeaseHandle> {
  const { direct, released, ids, except, insertedBefore, most, total } = continuation;
  const parts: Source<LeaseHandle>[] = [];
  const stopping = new AbortController();
  let isHeld = false;
  let goOn = createDeferred();

  function open(...args: Parameters<typeof messageSource>): Source<LeaseHandle> {
    const part = messageSource(...args);
    parts.push(part);
    if (isHeld) part.hold?.(true);
    return part;
  }

  async function release(): Promise<void> {
    const context = { target: from, claim: undefined, canRenew: false, triesUnknown: true, signal: stopping.signal };
    const handlesOf = (leases: readonly RestoredLease[]) => leases.map(({ id }) => new LeaseHandle(context, id));
    await returnAll(handlesOf(released.filter(({ doubt }) => !doubt)), { signal: stopping.signal });
    // Their receipts are most likely void, which says nothing of the account.
    for (const handle of handlesOf(released.filter(({ doubt }) => doubt))) {
      if (!stopping.signal.aborted) await handle.release().catch(() => {});
    }
  }

  return {
    async *[Symbol.asyncIterator]() {
      const now = nowAt(from);
      for (const lease of [...direct, ...released]) restore(from, lease, now);
      const ready = new Set(direct.map(({ id }) => id));
      if (ready.size > 0) yield* each(open(from, ready, options));
      while (isHeld && !stopping.signal.aborted) await goOn.promise;
      await release();
      if (stopping.signal.aborted) return;
      if (!ids) {
        const since = insertedBefore === undefined ? beginningOf(from) : new Date(insertedBefore);
        const others = new Set([...except, ...ready]);
        yield* each(open(from, 'all', { ...options, insertedBefore: since, except: others, most, total }));
        return;
      }
      const others = new Set([...ids].filter((id) => !ready.has(id)));
      if (others.size > 0) yield* each(open(from, others, options));
    },
    async close() {
      let report: Awaited<ReturnType<NonNullable<Source<LeaseHandle>['close']>>>;
      for (const part of parts) report = (await part.close?.()) ?? report;
      return report;
    },
    network: from.network,
    async checkLeases() {
      for (const part of parts) await part.checkLeases?.();
    },
    leasedNow: () => parts.at(-1)?.leasedNow?.() ?? { messages: 0, until: 0 },
    standing: () => parts.at(-1)?.standing?.(),
    abandon() {
      stopping.abort();
      for (const part of parts) part.abandon?.();
    },
    done: (handle) => parts.at(-1)?.done?.(handle),
    hold(held) {
      isHeld = held;
      if (!held) {
        goOn.resolve();
        goOn = createDeferred();
      }
      for (const part of parts) part.hold?.(held);
    },
    stop() {
      stopping.abort();
      goOn.resolve();
      for (const part of parts) part.stop?.();
    },
  };
}

/** A source of leased messages can only be iterated asynchronously. */
const each = (source: Source<LeaseHandle>) => source as AsyncIterable<LeaseHandle>;

/** Restores a lease in place of what was restored before it, which may be older. */
export function restore({ records }: QueueTarget, lease: RestoredLease, now: number): void {
  const before = records.get(lease.id)?.lease;
  if (before?.holder === 'left' && before.receipt !== lease.receipt) {
    records.applyTo(lease.id, { kind: 'givenUp', until: lease.endsAt, evidence: before.evidence });
  }
  restoreLease(records, lease, now);
}
