import type { LeasedMessage, Message } from '@/azure/account';
import { browseAll } from '@/bulk/browse';
import type { LeasingReport } from '@/bulk/leasing-report';
import { receiptOf } from '@/bulk/loan';
import { bulkPlace } from '@/queries/bulk-place';
import { leaseOf } from '@/queries/lease-messages';
import { queueKeys } from '@/queries/queues';
import { type Browse, closeEndedBrowses, putBrowse } from '@/state/browses';
import { nowOf } from '@/state/clocks';
import { holdReceipts } from '@/state/kept-receipts';
import { keepLeases } from '@/state/leases';
import { count, counted } from '@/ui/counts';
import { announce } from '@/ui/live-region';
import { holding, isQueueGone, keepRest, receiptsOf } from './browse-rest';
import type { LeaseDesk } from './lease-actions';
import { textSize } from './message-rows';
import { runMutation } from './run-mutation';

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
  concurrency: number;
};

/** Ms between two looks at a browse; longer the more there is to draw anew. */
const LOOK = 200;
const ROWS_PER_MS = 100;

/** Browses a queue, past whatever screen is open, and tells the store of it as it goes. */
export const browseQueue = (desk: LeaseDesk, wish: BrowseWish) =>
  runMutation(
    desk.client,
    { mutationKey: queueKeys.one(desk.account, desk.queue), mutationFn: () => browse(desk, wish) },
    undefined,
  );

async function browse({ account, queue }: LeaseDesk, wish: BrowseWish) {
  const stopping = new AbortController();
  const running = browseAll(bulkPlace(account, queue), {
    visibilityTimeout: wish.visibilityTimeout,
    keep: wish.keep,
    concurrency: wish.concurrency,
    signal: stopping.signal,
    onLeased: (loans) => hold.add(loans.map(receiptOf)),
    ...(wish.cap !== undefined && { cap: wish.cap }),
  });
  const { report } = running;
  const fresh: Message[] = [];
  const received = new Set<string>();
  let phaseBegan = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  closeEndedBrowses();
  let shown: Browse = {
    connectionId: account.id,
    queue,
    messages: [],
    phase: 'leasing',
    expected: wish.expected,
    report: standOf(report),
    kept: 0,
    rate: 0,
    at: nowOf(account.id),
    failure: undefined,
    isHeld: (id) => received.has(id),
    stop: () => stopping.abort(),
    letGo: running.letGo,
    held: undefined,
  };
  putBrowse(shown);

  function look(change: Partial<Browse> = {}) {
    const phase = change.phase ?? (report.ended === undefined ? 'leasing' : 'returning');
    if (phase !== shown.phase) phaseBegan = performance.now();
    const done = phase === 'leasing' ? report.received : report.returned;
    const next: Browse = {
      ...shown,
      ...change,
      phase,
      messages: fresh.length > 0 ? [...shown.messages, ...fresh.splice(0)] : shown.messages,
      report: standOf(report),
      held: phase === 'returning' ? running.holding() : undefined,
      rate: (done * 1000) / Math.max(1, performance.now() - phaseBegan),
      at: nowOf(account.id),
      isHeld: phase === 'leasing' ? shown.isHeld : holding(phase === 'ended' ? report.notReturned : running.held()),
    };
    sayHowFar(shown, next);
    shown = next;
    putBrowse(shown);
  }
  function lookAgain() {
    timer = setTimeout(
      () => {
        look();
        lookAgain();
      },
      LOOK + shown.messages.length / ROWS_PER_MS,
    );
  }

  lookAgain();
  let failure: unknown;
  const hold = holdReceipts({ connectionId: account.id, queue }, () =>
    shown.phase === 'ended' ? receiptsOf(account.id, queue) : running.held(),
  );
  try {
    for await (const batch of running.batches()) {
      for (const message of batch) {
        fresh.push(asSeen(message));
        received.add(message.id);
      }
      // Batch by batch, so that the rows of a second need not be measured all at once.
      for (const message of fresh.slice(-batch.length)) textSize(message);
      if (shown.messages.length === 0) look();
    }
  } catch (error) {
    failure = error;
  }
  clearTimeout(timer);
  keepLeases(running.kept.map((kept) => leaseOf(account, queue, kept, wish.visibilityTimeout)));
  look({ phase: 'ended', kept: running.kept.length, failure });
  // Gone with their queue: nothing is left to be returned.
  if (isQueueGone(failure)) putBrowse((shown = { ...shown, report: { ...shown.report, notReturned: [] } }));
  keepRest(account.id, queue, hold);
}

/** Without its receipt, which is void once the message is returned. */
const asSeen = ({ id, text, insertedAt, expiresAt, dequeueCount }: LeasedMessage): Message => ({
  id,
  text,
  insertedAt,
  expiresAt,
  dequeueCount,
});

/** A copy: the report goes on. */
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

/** Says each quarter aloud, and how it ended. */
function sayHowFar(before: Browse, { queue, phase, expected = Infinity, report, kept, messages }: Browse) {
  if (phase === 'ended') {
    const rest = report.notReturned.length;
    const end = rest > 0 ? `${count(rest)} could not be returned` : kept > 0 ? 'leases kept' : 'all returned';
    announce(`Browsed ${counted(messages.length, 'message')} of ${queue}, ${end}`);
    return;
  }
  const quarters = (received: number) => Math.min(3, Math.floor(received / expected / QUARTER));
  const now = quarters(report.received);
  if (now > quarters(before.report.received)) announce(`Browsed ${now * 25} % of ${queue}`);
}
