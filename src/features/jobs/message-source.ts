import type { Job, JobOptions, Source } from '@/bulk/job';
import { leaseMatching } from '@/bulk/leasing';
import { returnableOf } from '@/bulk/leasing-report';
import { Loan, receiptOf } from '@/bulk/loan';
import type { Work } from '@/bulk/outcome';
import type { Place } from '@/bulk/place';
import { serviceTime } from '@/bulk/service-time';
import { startJob } from '@/bulk/start-job';
import { nowOf } from '@/state/clocks';
import { holdReceipts, leaveReceipts } from '@/state/kept-receipts';
import { currentLease, currentLeases, dropLeases, keepLeases, type Lease, loseLease } from '@/state/leases';

/** Seconds that a job leases messages for; renewed while it lasts, and over so soon if the tab is gone. */
const JOB_LEASE = 120;

/** These messages, by id, or all that the queue has when the job begins. */
export type Wanted = ReadonlySet<string> | 'all';

export type SourceOptions = {
  /** Messages received from the front at most, to find those wanted. */
  cap?: number | undefined;
  /** Messages inserted then or later are left alone. */
  insertedBefore?: Date | undefined;
  /** Messages returned at a time, 1 to 64. */
  concurrency?: number | undefined;
};

export type MessageJobOptions<Value> = {
  from: Place;
  wanted: Wanted;
  work: Work<Loan, Value>;
} & Pick<SourceOptions, 'cap'> &
  Pick<JobOptions<Loan, Value>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'>;

/** Works on messages: those that this tab holds with its own leases, the others leased from the front. */
export function startOnMessages<Value>({
  from,
  wanted,
  work,
  cap,
  ...pace
}: MessageJobOptions<Value>): Job<Loan, Value> {
  const insertedBefore = wanted === 'all' ? beginningOf(from) : undefined;
  return startJob<Loan, Value>({
    ...pace,
    source: messageSource(from, wanted, { cap, insertedBefore, concurrency: pace.concurrency }),
    work,
    again: (outcomes) =>
      messageSource(from, new Set(outcomes.map(({ item }) => item.id)), { cap, concurrency: pace.concurrency }),
    key: ({ id }) => id,
    name: ({ id }) => id,
  });
}

/**
 * From when on a message is too new for a job: a poison queue that is fed while it is redriven would otherwise never
 * end. Undefined where the account's clock is hidden, since this device's may be hours away.
 */
export function beginningOf(from: Place): Date | undefined {
  if (from.account.clockSkew() === undefined) return undefined;
  // Insertion times have whole seconds, and the skew is known no better.
  return new Date((Math.floor(serviceTime(from) / 1000) + 2) * 1000);
}

/** Messages on loan. What this tab had leased before stays leased afterwards, unless the work has used it up. */
export function messageSource(
  from: Place,
  wanted: Wanted,
  { cap, insertedBefore, concurrency }: SourceOptions,
): Source<Loan> {
  const leases = currentLeases(from.account.id, from.queue).filter(({ id }) => wanted === 'all' || wanted.has(id));
  const loans = leases.map((lease) => ({ lease, loan: loanOf(from, lease) }));
  const held = new Set(leases.map(({ id }) => id));
  const others = wanted === 'all' ? () => true : new Set([...wanted].filter((id) => !held.has(id)));
  const leasing =
    typeof others !== 'function' && others.size === 0
      ? undefined
      : leaseMatching(from, {
          wanted: others,
          visibilityTimeout: JOB_LEASE,
          ...(cap !== undefined && { cap }),
          ...(insertedBefore && { insertedBefore }),
          ...(concurrency !== undefined && { concurrency }),
          // On the way to chosen ids every message too many is a dequeue count raised for nothing.
          ahead: typeof others === 'function' ? 32 : 0,
          onLeased: (fresh) => hold.add(fresh.map(receiptOf)),
        });
  const place = { connectionId: from.account.id, queue: from.queue };
  // A lease that the job was lent and has renewed has another receipt by now.
  const renewed = () => loans.filter(({ lease, loan }) => loan.state === 'held' && loan.receipt !== lease.receipt);
  const hold = holdReceipts(place, () => [...renewed().map(({ loan }) => receiptOf(loan)), ...(leasing?.held() ?? [])]);
  return {
    async *[Symbol.asyncIterator]() {
      for (const { loan } of loans) yield loan;
      if (leasing) yield* leasing;
    },
    async close() {
      for (const { lease, loan } of loans) settle(lease, loan);
      const report = await leasing?.close();
      hold.end();
      leaveReceipts(place, report ? returnableOf(report) : []);
      return report;
    },
    holding: () => leasing?.holding() ?? { messages: 0, until: 0 },
    letGo: () => leasing?.letGo(),
  };
}

function loanOf(place: Place, lease: Lease): Loan {
  const { connectionId, queue, id, total, endsAt } = lease;
  const lender = {
    place,
    visibilityTimeout: total,
    canRenew: true,
    forget: () => dropLeases(connectionId, queue, [id]),
  };
  return new Loan(lender, lease, endsAt.getTime() - total * 1000);
}

/** What the job did to a lease that it was lent. */
function settle(lease: Lease, loan: Loan) {
  const current = currentLease(lease);
  if (!current) return;
  if (loan.state === 'lost') loseLease(lease);
  else if ((loan.receipt !== lease.receipt || loan.state === 'unknown') && loan.endsAt > nowOf(lease.connectionId)) {
    keepLeases([
      {
        ...current,
        receipt: loan.receipt,
        endsAt: new Date(loan.endsAt),
        state: loan.state === 'unknown' ? 'unknown' : 'held',
      },
    ]);
  }
}
