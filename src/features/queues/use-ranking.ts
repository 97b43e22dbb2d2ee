import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { countQueues } from '@/queries/queues';
import { latestCounts } from '@/state/activity/queue-counts';
import { useAsync } from '@/ui/browser/use-async';

type Ranking = { counts: ReturnType<typeof latestCounts>; isFinished: boolean };

/**
 * Counts to sort by. While `isNeeded`, counts every queue in the background and takes the counts over once a second and
 * at the end; then they stand still until `round` changes, so that rows do not swap places under the pointer.
 */
export function useRanking(account: Account, names: readonly string[], isNeeded: boolean, round: number) {
  'use memo';
  const client = useQueryClient();
  const [known] = useState(() => latestCounts(account.id));
  const key = isNeeded ? [client, account, names.join(' '), round] : undefined;
  const { value, last } = useAsync<Ranking>(key, async (signal, show) => {
    const rank = (isFinished: boolean) => show({ counts: latestCounts(account.id), isFinished });
    const timer = setInterval(rank, 1000, false);
    try {
      await countQueues(client, account, names, signal);
    } finally {
      clearInterval(timer);
    }
    rank(true);
  });
  return { counts: last?.counts ?? known, isCounting: isNeeded && value?.isFinished !== true };
}
