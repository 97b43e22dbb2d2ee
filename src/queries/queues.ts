import {
  mutationOptions,
  type QueryClient,
  queryOptions,
  experimental_streamedQuery as streamedQuery,
} from '@tanstack/react-query';
import { UnreachableError } from '@/azure/protocol/errors';
import type { Account, Metadata, Queue, QueueProperties } from '@/azure/protocol/model';
import { atMost, each } from '@/bulk/requests/each';
import type { Deletion } from '@/messages/deletions';
import { keepCountsOf, recordCount } from '@/state/activity/queue-counts';
import { recordsOf } from '@/state/messages/records';
import { createWhenFree } from './create-when-free';
import { isSameValue } from './same-value';

/** Counts asked for at a time: browsers open six connections to an HTTP/1.1 host, and lists and peeks need some. */
const COUNTS_AT_A_TIME = 6;
const MINUTE = 60_000;

export const queueKeys = {
  all: (account: Account) => [account.id, 'queues'] as const,
  one: (account: Account, queue: string) => [account.id, 'queues', queue] as const,
};

/** All queues of the account; the pages of a first load show as they arrive, those of a refresh when complete. */
export const queueList = (account: Account) =>
  queryOptions({
    queryKey: queueKeys.all(account),
    queryFn: streamedQuery({
      streamFn: ({ signal }) => listedQueues(account, signal),
      reducer: (queues: Queue[], page: Queue[]) => [...queues, ...page],
      initialValue: [],
      refetchMode: 'replace',
    }),
    staleTime: MINUTE / 2,
  });

async function* listedQueues(account: Account, signal: AbortSignal) {
  if (account.onlyQueue !== undefined) {
    // A signature for one queue may not list, and has nothing else to find.
    yield [{ name: account.onlyQueue, metadata: {} }];
    return;
  }
  const names = new Set<string>();
  for await (const page of account.listQueues({ signal })) {
    // Azurite can hand out a queue twice when it goes round.
    const fresh = page.filter(({ name }) => !names.has(name));
    for (const { name } of fresh) names.add(name);
    yield fresh;
  }
  keepCountsOf(account.id, names);
}

const counting = atMost(COUNTS_AT_A_TIME);

/** The approximate count and metadata (names in lower case, as headers give them); leaves a sample for the sparkline. */
export const queueProperties = (account: Account, queue: string) =>
  queryOptions({
    queryKey: [...queueKeys.one(account, queue), 'properties'],
    queryFn: ({ signal }): Promise<QueueProperties> =>
      counting(signal, async () => {
        const properties = await account.getQueueProperties(queue, { signal });
        recordCount(account.id, queue, { at: Date.now(), count: properties.approximateMessageCount });
        return properties;
      }),
    staleTime: MINUTE / 2,
    gcTime: 30 * MINUTE,
  });

/** Metadata with the case of its names, which only List Queues keeps: `undefined` when there is no such queue. */
export const queueMetadata = (account: Account, queue: string) =>
  queryOptions({
    queryKey: [...queueKeys.one(account, queue), 'metadata'],
    queryFn: ({ signal }) => readMetadata(account, queue, signal),
    // A form starts from it: always as the service has it now.
    staleTime: 0,
    gcTime: 0,
  });

/** Reads metadata past any cache. Throws what List Queues throws, `null` when the queue is not there. */
async function readMetadata(account: Account, queue: string, signal?: AbortSignal) {
  if (account.onlyQueue !== undefined) return (await account.getQueueProperties(queue, { signal })).metadata ?? {};
  // A name sorts before every longer name it begins, so the first page has it if it exists.
  for await (const page of account.listQueues({ prefix: queue, signal })) {
    const found = page.find(({ name }) => name === queue);
    if (found) return found.metadata;
    if (page.length > 0) break;
  }
  return null;
}

/** Asks again for the list, and for the counts that are on screen; other counts when they come into view. */
export const refreshQueues = (client: QueryClient, account: Account) =>
  client.invalidateQueries({
    queryKey: queueKeys.all(account),
    predicate: ({ queryKey }) => queryKey.length === 2 || queryKey[3] === 'properties',
  });

/** Queues counted at a time in the background, which leaves the rows on screen half of the connections. */
const COUNTS_BEHIND = 3;

/**
 * Counts every queue that has no fresh count. A queue that refuses is left out; when the host stops answering, so does
 * this. Resolves when done or told to stop.
 */
export async function countQueues(
  client: QueryClient,
  account: Account,
  names: readonly string[],
  signal: AbortSignal,
) {
  let isReachable = true;
  await each(names, COUNTS_BEHIND, async (name) => {
    if (signal.aborted || !isReachable) return;
    try {
      await client.fetchQuery(queueProperties(account, name));
    } catch (error) {
      isReachable = !(error instanceof UnreachableError);
    }
  });
}

type NewQueue = {
  queue: string;
  metadata: Record<string, string>;
  signal: AbortSignal;
  /** Told once a second how many seconds are left to the next attempt, while Azure still deletes that name. */
  onWait: (secondsLeft: number) => void;
};

export const createQueue = (account: Account) =>
  mutationOptions({
    mutationKey: queueKeys.all(account),
    mutationFn: ({ queue, metadata, signal, onWait }: NewQueue) =>
      createWhenFree(() => account.createQueue(queue, { metadata, signal }), { signal, onWait }),
  });

/** What waits for Undo is done before a queue is cleared or goes: after that there is nothing to undo. */
async function sendWaitingDeletes(account: Account, queue: string): Promise<void> {
  const { flushDeletes } = await import('@/state/messages/pending-deletes');
  await flushDeletes(recordsOf(account.id, queue));
}

export const deleteQueue = (account: Account) =>
  mutationOptions({
    mutationKey: queueKeys.all(account),
    mutationFn: async (queue: string) => {
      await sendWaitingDeletes(account, queue);
      await account.deleteQueue(queue);
    },
  });

/** Deletes all messages; gives what of it can be added again, null when nothing was loaded. */
export const clearQueue = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async (): Promise<Deletion | null> => {
      const records = recordsOf(account.id, queue);
      await sendWaitingDeletes(account, queue);
      const since = records.tick();
      await account.clearMessages(queue);
      const { noteCleared } = await import('@/state/messages/deleted-messages');
      return noteCleared(records, since) ?? null;
    },
  });

/**
 * Replaces all metadata, unless the service no longer has what was `expected`: then writes nothing and resolves to what
 * it has, `null` when the queue is gone. The service knows no condition on this call, so a change between the two
 * requests is lost all the same.
 */
export const setQueueMetadata = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async ({ metadata, expected }: { metadata: Metadata; expected: Metadata }) => {
      const now = await readMetadata(account, queue);
      if (now === null || !isSameValue(now, expected)) return { conflict: now };
      await account.setQueueMetadata(queue, metadata);
      return 'saved';
    },
  });
