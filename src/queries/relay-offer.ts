import { queryOptions } from '@tanstack/react-query';
import { findRelay } from '@/state/connections/find-relay';

/** Whether the server of this page relays requests to an endpoint; null where there is no relay. */
export const relayOffer = (endpoint: string) =>
  queryOptions({
    queryKey: ['relay', endpoint],
    queryFn: async ({ signal }) => (await findRelay(endpoint, signal)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
