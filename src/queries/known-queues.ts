import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account, Queue } from '@/azure/protocol/model';
import { useOpenedQueues } from '@/state/connections/opened-queues';
import { queueList } from './queues';

export type KnownQueues = {
  list: UseQueryResult<Queue[]>;
  /** Each once: the listed ones first, then those that were opened by name. */
  names: readonly string[];
  /** True when `names` are all queues that there were at the last list. */
  isWhole: boolean;
  /** Why nothing could be listed yet, also while it is tried again. */
  failure: Error | undefined;
};

type Asking = { refetchInterval?: number | false; refetchOnMount?: 'always' };

/**
 * The queues that the page knows of. A list that arrived whole decides what there is; without one, with a part of one, and for a
 * credential that may not list, those that were opened by name are known too.
 */
export function useKnownQueues(account: Account, options: Asking = {}): KnownQueues {
  const opened = useOpenedQueues(account.id);
  const list = useQuery({ ...queueList(account), ...options });
  const [last, setLast] = useState<Error>();
  if (list.error && list.error !== last) setLast(list.error);
  const listed = list.data?.map(({ name }) => name);
  const isWhole = listed !== undefined && !list.error && account.onlyQueue === undefined;
  return {
    list,
    names: mergedNames(listed, isWhole, opened),
    isWhole,
    failure: listed || list.errorUpdateCount === 0 ? undefined : (list.error ?? last),
  };
}

/** The names of all queues where they were listed whole; else those that were listed, and then those that were opened by name. */
export const mergedNames = (
  listed: readonly string[] | undefined,
  isWhole: boolean,
  opened: readonly string[],
): readonly string[] => (listed && isWhole ? listed : [...new Set([...(listed ?? []), ...opened])]);
