import { useQuery } from '@tanstack/react-query';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { queueProperties } from '@/queries/queues';

/** What is known of a queue's count: the number, why it is unknown, or neither while it is being asked for. */
export type QueueCount = { count: number | undefined; unknown: string | undefined };

const HIDDEN =
  'Count unknown: the CORS rules of this account do not expose the header x-ms-approximate-messages-count to this page.';

type Asking = {
  /** Milliseconds until it is asked for again. */
  interval: number | false;
  /** False shows what is known already and asks for nothing. */
  isAsked: boolean;
};

/** Asks for the count of a queue for as long as its row is on screen. */
export function useQueueCount(account: Account, queue: string, { interval, isAsked }: Asking): QueueCount {
  const { data, error } = useQuery({
    ...queueProperties(account, queue),
    refetchInterval: interval,
    enabled: isAsked,
    // A row draws the count, not how it is being asked for.
    notifyOnChangeProps: ['data', 'error'],
  });
  if (data?.approximateMessageCount !== undefined) return { count: data.approximateMessageCount, unknown: undefined };
  if (data) return { count: undefined, unknown: HIDDEN };
  return { count: undefined, unknown: error ? unknownFor(error) : undefined };
}

function unknownFor(error: Error): string {
  const { code, reason } = describeError(error);
  return `Count unknown: ${code ?? reason}`;
}
