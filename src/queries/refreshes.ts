import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Observe } from '@/azure/protocol/exchange';
import { noteRefresh } from '@/state/activity/request-log';

type Context = { client: QueryClient; queryKey: QueryKey };

/**
 * Observes a read that no person asked for: the query is not invalid, as it is after Refresh, after a change and after a failure.
 * Undefined for one that was asked for.
 */
export const unasked = ({ client, queryKey }: Context): Observe | undefined =>
  client.getQueryState(queryKey)?.isInvalidated ? undefined : noteRefresh;

/** The same for what a person opens: its first read was asked for, too. */
export const again = (context: Context): Observe | undefined =>
  context.client.getQueryData(context.queryKey) === undefined ? undefined : unasked(context);
