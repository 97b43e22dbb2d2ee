import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { lookForOther } from '@/parts/other-build';
import { askFirst as ask } from '@/queries/first-requests';

/**
 * The transport retries, for bulk work too. The network mode is `always` because a local
 * service answers while the machine is offline; what is old is asked for again when the browser is online.
 */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', refetchOnReconnect: true, staleTime: 10_000, gcTime: 10 * 60_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
  queryCache: new QueryCache({
    // A first load that failed is told by `FailureView`.
    onError: (error, { state }) => state.data !== undefined && void lookForOther(error),
  }),
  mutationCache: new MutationCache({
    onError: (error) => void lookForOther(error),
    // A mutation's key is the prefix of everything it makes stale.
    onSuccess: (_data, _variables, _result, { options }) => {
      if (options.mutationKey) void queryClient.invalidateQueries({ queryKey: options.mutationKey });
    },
  }),
});

/** Asks the service what the first screen will ask, before it has run. Needs the connections. */
export const askFirst = (): void => ask(queryClient);
