import { queryOptions } from '@tanstack/react-query';
import type { Account } from '@/azure/account';
import { queueKeys } from './queues';

/** The stored access policies of a queue, as they are now. */
export const accessPolicies = (account: Account, queue: string) =>
  queryOptions({
    queryKey: [...queueKeys.one(account, queue), 'policies'],
    queryFn: ({ signal }) => account.getAccessPolicies(queue, { signal }),
    staleTime: 0,
  });
