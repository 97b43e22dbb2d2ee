import type { QueueContext } from '@/actions/lease-requests';
import { runMutation } from '@/actions/run-mutation';
import { describeError } from '@/azure/diagnosis/failure-text';
import { browseAll } from '@/bulk/jobs/browse';
import { LeaseHandle } from '@/bulk/leasing/lease-handle';
import type { LeasingReport, NotReturned } from '@/bulk/leasing/leasing-report';
import { returnAll, returnedAtATime } from '@/bulk/leasing/return-all';
import { createDeferred } from '@/bulk/requests/deferred';
import { isQueueGone } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { browsedRows } from '@/messages/browsed-rows';
import { queueTarget } from '@/queries/queue-target';
import { queueKeys } from '@/queries/queues';
import { waitingText } from '@/state/activity/page-network';
import { beginJournal } from '@/state/journal/job-journals';
import { type Browse, browseOf, closeEndedBrowses, hiddenBy, putBrowse } from '@/state/messages/queue-browses';
import { nowOf } from '@/state/time/connection-clocks';
import { announce, PROGRESS_SAID_AFTER_MS } from '@/ui/feedback/live-region';
import { count, counted, percent } from '@/words/counts';

export type BrowseWish = {
  /** Messages at most; undefined for the whole queue. */
  cap: number | undefined;
  /** Seconds, 1–604,800. */
  visibilityTimeout: number;
  /** Keeps the leases at the end, rather than return every message. */
  keep: boolean;
  /** Messages that are probably there; undefined when the count is hidden. */
  expected: number | undefined;
  /** Messages returned at a time; with 1 they keep their order. */
  returnedAtATime: number;
};

/** Between two updates of a running browse; longer with more rows. */
const DRAW_EVERY_MS = 200;
const ROWS_PER_MS = 100;

/** Browses a queue to the end, whatever screen is open, and writes its progress to the store. */
export const browseQueue = (context: QueueContext, wish: BrowseWish) =>
  runMutation(
    context.client,
    { mutationKey: queueKeys.one(context.account, context.queue), mutationFn: () => browse(context, wish) },
    undefined,
  );

async function browse({ account, queue }: QueueContext, wish: BrowseWish) {
  const stopping = new AbortController();
  const target = queueTarget(account, queue);
  const journal = beginJournal({
    kind: 'browse',
    where: queue,
    noun: 'message',
    steps: [],
    from: target.records.ref,
    total: wish.expected,
    cap: wish.cap,
  });
  const over = createDeferred();
  journal.follow({ finished: over.promise, progress: NO_PROGRESS, subscribe: () => nothing });
  const ended = journal.ended<string>((id) => id);
  const running = browseAll(journal.target(noted(target)), {
    visibilityTimeout: wish.visibilityTimeout,
    keep: wish.keep,
    returnedAtATime: wish.returnedAtATime,
    signal: stopping.signal,
    ...(wish.cap !== undefined && { cap: wish.cap }),
  });
  const { report } = running;
  const startedAt = performance.now();
  let phaseBegan = startedAt;
  let lookedAt = startedAt;
  let loss = target.network?.loss();
  let timer: ReturnType<typeof setTimeout> | undefined;
  closeEndedBrowses();
  const rows = browsedRows(target.records);
  target.records.pin('browse', rows);
  let shown: Browse = {
    connectionId: account.id,
    queue,
    rows,
    listed: 0,
    phase: 'leasing',
    expected: wish.expected,
    report: standOf(report),
    kept: 0,
    keep: wish.keep,
    setKeep(keep) {
      running.setKeep(keep);
      look({ keep });
    },
    rate: 0,
    at: nowOf(account.id),
    failure: undefined,
    stop: () => stopping.abort(),
    abandon: running.abandon,
    held: undefined,
  };
  putBrowse(shown);

  function look(change: Partial<Browse> = {}) {
    const phase = change.phase ?? (report.ended === undefined ? 'leasing' : 'returning');
    const now = performance.now();
    // The rate is of the time with a network.
    if (loss !== undefined) phaseBegan += now - lookedAt;
    if (phase !== shown.phase) phaseBegan = now;
    lookedAt = now;
    if (loss !== target.network?.loss()) {
      loss = target.network?.loss();
      announce(loss === undefined ? `Browsing ${queue} goes on` : waitingText(loss));
    }
    const done = phase === 'leasing' ? report.received : report.returned;
    const next: Browse = {
      ...shown,
      ...change,
      phase,
      listed: rows.ids.length,
      report: standOf(report),
      held: phase === 'returning' ? running.leasedNow() : undefined,
      rate: (done * 1000) / Math.max(1, now - phaseBegan),
      at: nowOf(account.id),
    };
    const said = saidOf(shown, next);
    const isLong = now - startedAt >= PROGRESS_SAID_AFTER_MS;
    if (said !== undefined && (isLong || phase === 'ended')) announce(said);
    shown = next;
    putBrowse(shown);
  }
  function lookAgain() {
    timer = setTimeout(
      () => {
        look();
        lookAgain();
      },
      DRAW_EVERY_MS + shown.listed / ROWS_PER_MS,
    );
  }

  lookAgain();
  let failure: unknown;
  try {
    for await (const batch of running.batches()) {
      rows.add(batch);
      for (const id of batch) ended({ item: id, kind: 'done' });
      if (shown.listed === 0) look();
    }
  } catch (error) {
    failure = error;
  }
  over.resolve();
  clearTimeout(timer);
  // Drops the functions, which hold the lease handles of all messages.
  look({ phase: 'ended', kept: running.kept.length, failure, stop: nothing, abandon: nothing, setKeep: nothing });
  // The messages went with their queue: none is left to return.
  if (isQueueGone(failure)) putBrowse({ ...shown, report: { ...shown.report, notReturned: [] } });
}

const nothing = () => {};

/** What other tabs are told of a browse: that it runs. */
const NO_PROGRESS = {
  done: 0,
  failed: 0,
  skipped: 0,
  uncertain: 0,
  working: 0,
  total: undefined,
  rate: 0,
  secondsLeft: undefined,
  walk: undefined,
  workTook: undefined,
  requests: undefined,
};

/** The same queue, whose receives this tab notes beside the journal: after a reload it tells of them itself. */
const noted = (target: QueueTarget): QueueTarget => ({
  ...target,
  account: {
    ...target.account,
    receiveMessages: (queue, options) => target.account.receiveMessages(queue, { ...options, isJournaled: false }),
  },
});

/** A copy of the report, which goes on changing. */
const standOf = (report: LeasingReport): Browse['report'] => ({
  received: report.received,
  returned: report.returned,
  lost: [...report.lost],
  gone: report.gone,
  notReturned: [...report.notReturned],
  maybeHidden: [...report.maybeHidden],
  ended: report.ended,
});

const QUARTER = 0.25;

type HowFar = Pick<Browse, 'queue' | 'phase' | 'expected' | 'kept' | 'listed' | 'failure'> & {
  report: Pick<LeasingReport, 'received' | 'returned' | 'notReturned' | 'ended'>;
};

/** How a sentence about an ended browse begins. */
export const begunText = (ended: LeasingReport['ended']): string =>
  ({ aborted: 'Cancelled after', failed: 'Stopped after' })[ended as string] ?? 'Browsed';

/** What became of the messages of a browse: "all returned", "leases kept", "1,200 returned, 3,800 kept". */
export const keptText = (returned: number, kept: number): string =>
  kept === 0 ? 'all returned' : returned === 0 ? 'leases kept' : `${count(returned)} returned, ${count(kept)} kept`;

/** The announcement of a browse: each quarter once, and its end. */
export function saidOf(before: HowFar, { queue, phase, expected = Infinity, report, kept, listed, failure }: HowFar) {
  if (phase === 'ended') {
    const seen = counted(listed, 'message');
    const browsed = `${begunText(report.ended)} ${seen} of ${queue}`;
    if (isQueueGone(failure)) return `${browsed}. The queue was deleted.`;
    const why = failure === undefined ? '' : `. ${describeError(failure).reason}`;
    // The alert with the way out says how many are left.
    return report.notReturned.length > 0 ? browsed + why : `${browsed}, ${keptText(report.returned, kept)}${why}`;
  }
  const quarters = (received: number) => Math.min(3, Math.floor(received / expected / QUARTER));
  const now = quarters(report.received);
  return now > quarters(before.report.received) ? `Browsed ${percent(now * QUARTER)} of ${queue}` : undefined;
}

/** Tries again to return what an ended browse could not. */
export const returnAgain = (context: QueueContext, signal: AbortSignal) =>
  runMutation(
    context.client,
    { mutationKey: queueKeys.one(context.account, context.queue), mutationFn: () => returnRest(context, signal) },
    undefined,
  );

async function returnRest({ account, queue }: QueueContext, signal: AbortSignal) {
  const ended = browseOf(account.id, queue);
  if (!ended) return;
  const target = queueTarget(account, queue);
  const context = { target, claim: undefined, canRenew: true, signal };
  const handles = hiddenBy(ended).flatMap(({ id, receipt }) =>
    receipt === undefined ? [] : new LeaseHandle(context, id),
  );
  const reasons = await returnAll(handles, {
    signal,
    concurrency: returnedAtATime(handles.length, target.connections),
  });
  const states = new Map(handles.map(({ id, state }) => [id, state]));
  const latest = browseOf(account.id, queue) ?? ended;
  const report = reportAfter(latest.report, states, reasons);
  putBrowse({ ...latest, report });
  const left = report.notReturned;
  announce(left.length > 0 ? `${counted(left.length, 'message')} could not be returned` : 'All returned');
}

/** The report after another try to return: `states` of the leases by id, `reasons` of those not returned. */
export function reportAfter(
  report: Browse['report'],
  states: ReadonlyMap<string, LeaseHandle['state']>,
  reasons: ReadonlyMap<string, string>,
): Browse['report'] {
  const isReturned = (id: string) => states.get(id) === 'returned';
  const isLost = (id: string) => states.get(id) === 'lost' || states.get(id) === 'gone';
  return {
    ...report,
    notReturned: report.notReturned.flatMap((one): NotReturned[] =>
      isReturned(one.id) || isLost(one.id) ? [] : [{ ...one, reason: reasons.get(one.id) ?? one.reason }],
    ),
    returned: report.returned + report.notReturned.filter(({ id }) => isReturned(id)).length,
    lost: [...report.lost, ...report.notReturned.flatMap(({ id }) => (isLost(id) ? id : []))],
  };
}
