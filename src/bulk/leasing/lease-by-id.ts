import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Claim } from '@/messages/record';
import type { QueueTarget } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';
import { leaseMatching } from './leasing';

/** Messages that a search receives at most by default. */
export const SEARCH_LIMIT = 320;

export type LeaseSearch = {
  ids: ReadonlySet<string>;
  /** Seconds to lease them for, 1–604,800; other messages are returned at the end. */
  visibilityTimeout: number;
  /** Visible messages ahead of the last of them, so that one at the front does not raise 31 other dequeue counts. */
  ahead?: number;
  /** Messages received at most, `Infinity` for the whole queue. */
  limit?: number;
  /** Stops the search after the current batch: found messages stay leased, others are released. */
  signal?: AbortSignal;
  onProgress?: (progress: { passed: number; found: number }) => void;
};

export type LeaseSearchResult = {
  /** Ids of found messages, which are now leased by the person. */
  found: string[];
  /** Ids that were not found. */
  missing: string[];
  /** Other messages that were leased: their dequeue counts were raised by one. */
  passed: number;
  /** Other messages that could not be released and stay hidden until their lease ends. */
  unreturned: number;
};

/**
 * Leases messages by their ids. Azure can only receive from the front, so this receives until all are found or the limit is
 * reached, and then releases the other messages.
 * @throws what receive throws, after releasing them.
 */
export async function leaseById(target: QueueTarget, search: LeaseSearch): Promise<LeaseSearchResult> {
  const { ids, visibilityTimeout, ahead, limit = SEARCH_LIMIT, signal, onProgress } = search;
  const claim: Claim = { kind: 'job', name: 'A search' };
  const leasing = leaseMatching(target, {
    claim,
    wanted: ids,
    visibilityTimeout,
    first: Math.min(MOST_MESSAGES, (ahead ?? MOST_MESSAGES) + 1),
    onProgress: ({ passed, wanted }) => onProgress?.({ passed, found: wanted }),
    cap: limit,
    signal,
  });
  const handles: LeaseHandle[] = [];
  const found: string[] = [];
  try {
    for await (const batch of leasing.batches()) handles.push(...batch);
    // Found in the batch during which the search was stopped.
    handles.push(...leasing.notHandedOut());
    for (const handle of handles) {
      // Early finds get the whole visibility timeout; a void receipt shows when it is used.
      await handle.ensureLeased(Infinity).catch(() => {});
      if (handle.state !== 'held') continue;
      handle.take();
      found.push(handle.id);
    }
  } finally {
    await leasing.close();
  }
  const { missing, passed, notReturned } = leasing.report;
  return { found, missing, passed, unreturned: notReturned.length };
}
