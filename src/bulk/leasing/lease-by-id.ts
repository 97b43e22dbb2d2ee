import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Claim } from '@/messages/record';
import type { QueueTarget } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';
import { leaseMatching } from './leasing';

/** Messages that a search passes at most, unless a person says otherwise. */
export const SEARCH_LIMIT = 320;

export type LeaseSearch = {
  ids: ReadonlySet<string>;
  /** Seconds to lease them for, 1–604,800; those passed on the way are given back at the end. */
  visibilityTimeout: number;
  /** Visible messages known to be ahead of the last of them, so that one at the front does not cost 31 others a dequeue. */
  ahead?: number;
  /** Messages received at most, `Infinity` for the whole queue. */
  limit?: number;
  /** Stops the search after the batch that is under way: what was found up to then is kept, what was passed is released. */
  signal?: AbortSignal;
  onProgress?: (progress: { passed: number; found: number }) => void;
};

export type LeaseSearchResult = {
  /** Ids of those that were found, leased by the person from now on. */
  found: string[];
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
    // Found in the batch in which it was stopped: it is what was looked for, and said to be kept.
    handles.push(...leasing.notHandedOut());
    for (const handle of handles) {
      // What had to wait for the last to be found is held for as long as was asked for; a void receipt says so when used.
      await handle.ensureLeased(Infinity).catch(() => {});
      if (handle.state !== 'held') continue;
      handle.take();
      found.push(handle.id);
    }
  } finally {
    await leasing.close();
  }
  const { missing, passed, notReturned } = leasing.report;
  return { found, missing, passed, stuck: notReturned.length };
}
