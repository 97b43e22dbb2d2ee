import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { countQueues } from '@/queries/queues';
import { latestCounts } from '@/state/activity/queue-counts';

/**
 * Counts to sort by. While `isNeeded`, counts every queue in the background and takes the counts over once a second and
 * at the end; then they stand still until `round` changes, so that rows do not swap places under the pointer.
 */
export function useRanking(account: Account, names: readonly string[], isNeeded: boolean, round: number) {
  'use memo';
  const client = useQueryClient();
  const [counts, setCounts] = useState(() => latestCounts(account.id));
  const [finished, setFinished] = useState<unknown>();
  // Says which counting was finished; a new list, account or round starts another.
  const task = `${account.id} ${names.length} ${round}`;

  useEffect(() => {
    if (!isNeeded) return;
    const controller = new AbortController();
    const rank = () => setCounts(latestCounts(account.id));
    const timer = setInterval(rank, 1000);
    const finish = () => {
      clearInterval(timer);
      if (controller.signal.aborted) return;
      rank();
      setFinished(task);
    };
    void countQueues(client, account, names, controller.signal).then(finish);
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [client, account, names, isNeeded, task]);

  return { counts, isCounting: isNeeded && finished !== task };
}
