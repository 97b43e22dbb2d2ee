import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { isMissingPermission } from '@/azure/credentials/missing-permission';
import { StorageError } from '@/azure/protocol/errors';
import type { Account, Metadata } from '@/azure/protocol/model';
import { isQueueGone } from '@/bulk/requests/outcome';
import { queueKeys } from './queues';
import { isSameValue } from './same-value';

/**
 * Metadata with the case of its names, which only List Queues returns; in lower case where the credential may not list. Null when
 * there is no such queue.
 */
export const queueMetadata = (account: Account, queue: string) =>
  queryOptions({
    queryKey: [...queueKeys.one(account, queue), 'metadata'],
    queryFn: ({ signal }) => readMetadata(account, queue, signal),
    // A form starts from it, so it is always read anew.
    staleTime: 0,
    gcTime: 0,
  });

/** Reads metadata without cache; null when there is no such queue. @throws what the service refused */
async function readMetadata(account: Account, queue: string, signal?: AbortSignal): Promise<Metadata | null> {
  if (account.onlyQueue !== undefined) return readOwn(account, queue, signal);
  try {
    return await readFromList(account, queue, signal);
  } catch (error) {
    if (!(error instanceof StorageError) || !isRefusedList(error)) throw error;
    return readOwn(account, queue, signal);
  }
}

const isRefusedList = ({ code }: StorageError): boolean => isMissingPermission(code) || code === 'AuthorizationFailure';

async function readFromList(account: Account, queue: string, signal?: AbortSignal) {
  // A name sorts before every longer name it begins, so the first page has it if it exists.
  for await (const page of account.listQueues({ prefix: queue, signal })) {
    const match = page.find(({ name }) => name === queue);
    if (match) return match.metadata;
    if (page.length > 0) break;
  }
  return null;
}

async function readOwn(account: Account, queue: string, signal?: AbortSignal): Promise<Metadata | null> {
  try {
    return (await account.getQueueProperties(queue, { signal })).metadata ?? {};
  } catch (error) {
    if (isQueueGone(error)) return null;
    throw error;
  }
}

/**
 * Replaces all metadata, unless the service no longer has `expected`: then writes nothing and resolves to the current metadata,
 * null when the queue was deleted. The service has no conditional write, so a change between the two requests is lost.
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
