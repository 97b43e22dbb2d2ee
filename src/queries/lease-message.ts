import { mutationOptions } from '@tanstack/react-query';
import type { Account } from '@/azure/account';
import { nowOf } from '@/state/clocks';
import { keepLeases, type Lease, toLease } from '@/state/leases';
import { outcomesOf } from './outcomes';
import { queueKeys } from './queues';

/** Messages that the search for one message passes at most. */
export const SEARCH_LIMIT = 320;
const BATCH = 32;

export type LeaseSearch = {
  id: string;
  /** Seconds to lease the message for, 1–604,800; those passed on the way are hidden no longer than this. */
  visibilityTimeout: number;
  /** Visible messages known to be ahead of it, so that a message at the front does not cost 31 others a dequeue. */
  ahead?: number;
  /** Stops the search between two batches; what was passed is released all the same. */
  signal?: AbortSignal;
  onProgress?: (passed: number) => void;
};

export type LeaseSearchResult = {
  /** Undefined when the message was not among those passed. */
  lease: Lease | undefined;
  /** Other messages that were leased on the way: their dequeue counts went up by one. */
  passed: number;
  /** Of those, how many could not be released and stay hidden until their lease ends. */
  stuck: number;
};

/**
 * Leases one message by its id. Azure can only receive from the front, so this receives batches of 32 until the message
 * turns up, at most 320 messages, and then makes the others visible again at once. Throws what receive throws, after
 * releasing what it holds.
 */
export async function searchLease(account: Account, queue: string, search: LeaseSearch): Promise<LeaseSearchResult> {
  const { id, visibilityTimeout, ahead = BATCH, signal, onProgress } = search;
  const others: Lease[] = [];
  let found: Lease | undefined;
  try {
    while (!found && others.length < SEARCH_LIMIT && !signal?.aborted) {
      const askedAt = new Date(nowOf(account.id));
      const count = others.length === 0 ? Math.min(BATCH, ahead + 1) : BATCH;
      // Not cancelled in mid-flight: a lost answer would leave messages hidden that nobody can release.
      const batch = await account.receiveMessages(queue, { count, visibilityTimeout });
      const leases = batch.map((message) => toLease(account, queue, message, { total: visibilityTimeout, askedAt }));
      found = leases.find((lease) => lease.id === id);
      others.push(...leases.filter((lease) => lease.id !== id));
      onProgress?.(others.length + (found ? 1 : 0));
      if (batch.length === 0) break;
    }
    if (found) keepLeases([found]);
    return { lease: found, passed: others.length, stuck: await release(account, queue, others) };
  } catch (error) {
    await release(account, queue, others);
    throw error;
  }
}

/** The search as a mutation; everything peeked is stale after it. */
export const leaseMessage = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (search: LeaseSearch) => searchLease(account, queue, search),
  });

async function release(account: Account, queue: string, leases: readonly Lease[]) {
  const outcomes = await outcomesOf(leases, 8, (lease) =>
    account.updateMessage(queue, lease, { visibilityTimeout: 0 }),
  );
  return outcomes.filter((outcome) => outcome.error !== undefined).length;
}
