import { MutationCache, QueryClient } from '@tanstack/react-query';

/**
 * Repeating is the transport's business, where bulk work has it too. The network mode is `always` because a local
 * service answers while the machine is offline.
 */
export function createQueryClient() {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 10_000, gcTime: 10 * 60_000 },
      mutations: { retry: false, networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      // A mutation's key is the prefix of everything it makes stale.
      onSuccess: (_data, _variables, _result, { options }) => {
        if (options.mutationKey) void client.invalidateQueries({ queryKey: options.mutationKey });
      },
    }),
  });
  return client;
}
