import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';

/** The running sandbox. Never stale: there is one while its connection exists. */
const sandboxSession = queryOptions({
  queryKey: [SANDBOX_ID, 'session'],
  queryFn: openSandbox,
  staleTime: Number.POSITIVE_INFINITY,
  // A running service, not data.
  structuralSharing: false,
});

/** The running sandbox, for components; undefined until it has started. */
export const useSandbox = () => useQuery(sandboxSession).data;

/** Refreshes all data of the sandbox, after its clock was moved or its queues were replaced. */
export const refreshSandbox = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: [SANDBOX_ID], predicate: ({ queryKey }) => queryKey[1] !== 'session' });

/** Message counts of the first queues of the sandbox, each followed by its poison queue, for the first visit. */
export const sandboxPreview = queryOptions({
  queryKey: [SANDBOX_ID, 'preview'],
  queryFn: async ({ signal }) => {
    const { account } = await openSandbox();
    const names: string[] = [];
    for await (const page of account.listQueues({ signal })) names.push(...page.map(({ name }) => name));
    const counted = await Promise.all(
      names.map(async (name) => ({
        name,
        count: (await account.getQueueProperties(name, { signal })).approximateMessageCount ?? 0,
      })),
    );
    const pairs = counted.filter(
      ({ name }) => poisonParent(name) !== undefined || names.some((other) => poisonParent(other) === name),
    );
    const others = counted.filter((queue) => !pairs.includes(queue)).toSorted((a, b) => b.count - a.count);
    return [...pairs, ...others].slice(0, 3);
  },
});
