import { mutationOptions } from '@tanstack/react-query';
import type { Account } from '@/azure/account';
import type { KeptLease } from '@/bulk/browse';
import { leaseMatching } from '@/bulk/leasing';
import { returnableOf } from '@/bulk/leasing-report';
import { type Loan, receiptOf } from '@/bulk/loan';
import { holdReceipts, leaveReceipts } from '@/state/kept-receipts';
import { keepLeases, type Lease, toLease } from '@/state/leases';
import { bulkPlace } from './bulk-place';
import { queueKeys } from './queues';

/** Messages that a search passes at most, unless a person says otherwise. */
export const SEARCH_LIMIT = 320;
const BATCH = 32;

export type LeaseSearch = {
  ids: ReadonlySet<string>;
  /** Seconds to lease them for, 1–604,800; those passed on the way are given back at the end. */
  visibilityTimeout: number;
  /** Visible messages known to be ahead of the last of them, so that one at the front does not cost 31 others a dequeue. */
  ahead?: number;
  /** Messages received at most, `Infinity` for the whole queue. */
  limit?: number;
  /** Stops the search between two batches; what was passed is released all the same, what was found before is kept. */
  signal?: AbortSignal;
  onProgress?: (progress: { passed: number; found: number }) => void;
};

export type LeaseSearchResult = {
  /** Those that were found. */
  leases: Lease[];
  /** Ids of those that were not among the messages passed. */
  missing: string[];
  /** Other messages that were leased on the way: their dequeue counts went up by one. */
  passed: number;
  /** Of those, how many could not be released and stay hidden until their lease ends. */
  stuck: number;
};

/**
 * Leases messages by their ids. Azure can only receive from the front, so this receives until all have turned up or the
 * limit is reached, and then makes the others visible again. Throws what receive throws, after releasing what it holds.
 */
export async function searchLeases(account: Account, queue: string, search: LeaseSearch): Promise<LeaseSearchResult> {
  const { ids, visibilityTimeout, ahead, limit = SEARCH_LIMIT, signal, onProgress } = search;
  const tell = () => onProgress?.({ passed: leasing.report.passed, found: leasing.report.wanted });
  const leasing = leaseMatching(bulkPlace(account, queue), {
    wanted: ids,
    visibilityTimeout,
    first: Math.min(BATCH, (ahead ?? BATCH) + 1),
    onProgress: () => tell(),
    onLeased: (loans) => hold.add(loans.map(receiptOf)),
    ...(limit !== Infinity && { cap: limit }),
    ...(signal && { signal }),
  });
  const loans: Loan[] = [];
  const place = { connectionId: account.id, queue };
  const hold = holdReceipts(place, () => leasing.held());
  let leases: Lease[];
  try {
    for await (const batch of leasing.batches()) loans.push(...batch);
    leases = await takeLeases(account, queue, loans, visibilityTimeout);
    keepLeases(leases);
  } finally {
    await leasing.close();
    hold.end();
    leaveReceipts(place, returnableOf(leasing.report));
  }
  const { missing, passed, notReturned } = leasing.report;
  return { leases, missing, passed, stuck: notReturned.length };
}

async function takeLeases(account: Account, queue: string, loans: readonly Loan[], total: number): Promise<Lease[]> {
  const taken: Lease[] = [];
  for (const loan of loans) {
    // What had to wait for the last to be found is held for as long as was asked for; a void receipt says so when used.
    await loan.keep(Infinity).catch(() => {});
    if (loan.state !== 'held') continue;
    taken.push(leaseOf(account, queue, { message: loan.take(), endsAt: new Date(loan.endsAt) }, total));
  }
  return taken;
}

/** The lease that a bulk operation leaves behind; `total` in seconds. */
export const leaseOf = (account: Account, queue: string, { message, endsAt }: KeptLease, total: number): Lease => ({
  ...toLease(account, queue, message, { total, askedAt: new Date(endsAt.getTime() - total * 1000) }),
  endsAt,
});

/** The search as a mutation; everything peeked is stale after it. */
export const leaseMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (search: LeaseSearch) => searchLeases(account, queue, search),
  });
