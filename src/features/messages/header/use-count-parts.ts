import { useQuery } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import { isLeasedHere, isLeaving } from '@/messages/record';
import { peekedMessages } from '@/queries/messages';
import { type Browse, useBrowse } from '@/state/messages/queue-browses';
import { useQueueRecords } from '@/state/messages/records';
import { countParts } from './count-parts';

type CountedQueue = { account: Account; queue: string; approximate: number | undefined };

/** The parts of the count of a queue, by its last peek of `asked` messages and its last browse. */
export function useCountParts({ account, queue, approximate }: CountedQueue, asked: number) {
  const { data: peeked } = useQuery({ ...peekedMessages(account, queue, asked), enabled: false });
  const { records } = useQueueRecords(account.id, queue);
  const browse = useBrowse(account.id, queue);
  const isOver = browse?.phase === 'ended';
  const isSeenWhole = browse !== undefined && sawWhole(browse);
  const isVisible = (id: string) => {
    const record = records.get(id);
    return record !== undefined && !isLeasedHere(record) && !isLeaving(record);
  };
  return countParts({
    total: approximate,
    peeked: browse && !isOver ? undefined : peeked?.ids.filter(isVisible).length,
    asked,
    browsed: isSeenWhole ? browse.rows.ids.filter(isVisible).length : undefined,
    held: records.held,
  });
}

/** Whether a browse saw all that was visible: it came to the end, and not to its limit. */
export const sawWhole = ({ phase, report, listed }: Pick<Browse, 'phase' | 'report' | 'listed'>): boolean =>
  phase === 'ended' && report.ended === 'empty' && listed > 0;
