import {
  mutationOptions,
  type QueryClient,
  queryOptions,
  experimental_streamedQuery as streamedQuery,
} from '@tanstack/react-query';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Observe } from '@/azure/protocol/exchange';
import type { Account, Queue, QueueProperties } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import { CONNECTIONS } from '@/bulk/planning/walk-time';
import { atMost, each } from '@/bulk/requests/each';
import type { Deletion } from '@/messages/deletions';
import { whenFirstScreenIsThere } from '@/parts/first-screen';
import { keepCountsOf, recordCount } from '@/state/activity/queue-counts';
import { requestsAtOnce } from '@/state/connections/requests-at-once';
import { recordsOf } from '@/state/messages/records';
import { again, unasked } from './refreshes';

/** Queues counted at a time in the background: rows on screen have the other connections of a browser. */
const COUNTS_BEHIND = 3;
const MINUTE_MS = 60_000;

export const queueKeys = {
  all: (account: Account) => [account.id, 'queues'] as const,
  one: (account: Account, queue: string) => [account.id, 'queues', queue] as const,
};

/** All queues of the account; the pages of a first load show as they arrive, those of a refresh when complete. */
export const queueList = (account: Account) =>
  queryOptions({
    queryKey: queueKeys.all(account),
    queryFn: streamedQuery({
      streamFn: (context) => listedQueues(account, context.signal, again(context)),
      reducer: (queues: Queue[], page: Queue[]) => [...queues, ...page],
      initialValue: [],
      refetchMode: 'replace',
    }),
    staleTime: MINUTE_MS / 2,
  });

async function* listedQueues(account: Account, signal: AbortSignal, observe: Observe | undefined) {
  if (account.onlyQueue !== undefined) {
    // A SAS for one queue may not list queues.
    yield [{ name: account.onlyQueue, metadata: {} }];
    return;
  }
  const names = new Set<string>();
  for await (const page of account.listQueues({ signal, observe })) {
    // Azurite can list a queue twice when a marker repeats.
    const fresh = page.filter(({ name }) => !names.has(name));
    for (const { name } of fresh) names.add(name);
    yield fresh;
  }
  keepCountsOf(account.id, names);
}

/** Each connection counts as many at a time as its way takes. */
const countings = new Map<string, ReturnType<typeof atMost>>();

function counting(connectionId: string) {
  const limit = requestsAtOnce(connectionId);
  const key = `${limit} ${connectionId}`;
  const known = countings.get(key) ?? atMost(limit);
  countings.set(key, known);
  return known;
}

const countsBehind = (connectionId: string): number => {
  const atOnce = requestsAtOnce(connectionId);
  return atOnce === CONNECTIONS ? COUNTS_BEHIND : atOnce;
};

/** The approximate count and metadata (names in lower case, as in headers); records a sample for the sparkline. */
export const queueProperties = (account: Account, queue: string) =>
  queryOptions({
    queryKey: [...queueKeys.one(account, queue), 'properties'],
    queryFn: async ({ signal, ...context }): Promise<QueueProperties> => {
      const observe = unasked(context);
      // Six connections: the rows of the first screen come first.
      await whenFirstScreenIsThere();
      return counting(account.id)(signal, async () => {
        const properties = await account.getQueueProperties(queue, { signal, observe });
        recordCount(account.id, queue, { at: Date.now(), count: properties.approximateMessageCount });
        return properties;
      });
    },
    staleTime: MINUTE_MS / 2,
    gcTime: 30 * MINUTE_MS,
  });

/** Refreshes the list and the counts on screen; other counts when they become visible. */
export const refreshQueues = (client: QueryClient, account: Account) =>
  client.invalidateQueries({
    queryKey: queueKeys.all(account),
    predicate: ({ queryKey }) => queryKey.length === 2 || queryKey[3] === 'properties',
  });

/**
 * Counts every queue without a fresh count. Skips queues that refuse, and stops when the host does not respond. Resolves when done
 * or aborted.
 */
export async function countQueues(
  client: QueryClient,
  account: Account,
  names: readonly string[],
  signal: AbortSignal,
) {
  let isReachable = true;
  await each(names, countsBehind(account.id), async (name) => {
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
  /** Called once a second with the seconds until the next attempt, while Azure still deletes a queue of that name. */
  onWait: (secondsLeft: number) => void;
};

export const createQueue = (account: Account) =>
  mutationOptions({
    mutationKey: queueKeys.all(account),
    mutationFn: ({ queue, metadata, signal, onWait }: NewQueue) =>
      createWhenFree(() => account.createQueue(queue, { metadata, signal }), { signal, onWait }),
  });

/** Sends waiting deletes before a queue is cleared or deleted, after which they cannot be undone. */
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

/** Clears the queue; returns the messages that can be added again, null when none was loaded. */
export const clearQueue = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: async (): Promise<Deletion | null> => {
      const records = recordsOf(account.id, queue);
      // First: what does not arrive must not look like a queue that was not cleared, and deletes wait on for Undo.
      const { noteCleared } = await import('@/state/messages/deleted-messages');
      await sendWaitingDeletes(account, queue);
      const since = records.tick();
      await account.clearMessages(queue);
      return noteCleared(records, since) ?? null;
    },
  });

/** Between attempts, and in all: the name of a deleted queue is not free for 30 s, or longer for a large queue. */
const EVERY_SECONDS = 5;
const AT_MOST_SECONDS = 120;

type Waiting = {
  signal: AbortSignal;
  /** Called once a second with the seconds until the next attempt. */
  onWait: (secondsLeft: number) => void;
  /** Waits so many ms; tests replace it. */
  wait?: typeof delay;
};

/**
 * Creates a queue; while Azure still deletes one of that name, retries every 5 s for 2 minutes.
 * @throws what the last attempt threw, or the signal's reason.
 */
export async function createWhenFree<Result>(
  create: () => Promise<Result>,
  { signal, onWait, wait = delay }: Waiting,
): Promise<Result> {
  for (let waited = 0; ; waited += EVERY_SECONDS) {
    try {
      return await create();
    } catch (error) {
      if (!isBeingDeleted(error) || waited >= AT_MOST_SECONDS) throw error;
    }
    for (let secondsLeft = EVERY_SECONDS; secondsLeft > 0; secondsLeft--) {
      onWait(secondsLeft);
      await wait(1000, signal);
    }
  }
}

const isBeingDeleted = (error: unknown) => error instanceof StorageError && error.code === 'QueueBeingDeleted';
