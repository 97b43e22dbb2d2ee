import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
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
  const { records, version } = useQueueRecords(account.id, queue);
  const browse = useBrowse(account.id, queue);
  const isOver = browse?.phase === 'ended';
  const isSeenWhole = browse !== undefined && sawWhole(browse);
  const peekedIds = browse && !isOver ? undefined : peeked?.ids;
  const browsedIds = isSeenWhole ? browse.rows.ids : undefined;
  const seen = useMemo(() => {
    const isVisible = (id: string) => {
      const record = records.get(id);
      return record !== undefined && !isLeasedHere(record) && !isLeaving(record);
    };
    const visible = (ids: readonly string[] | undefined) => ids?.filter(isVisible).length;
    return { peeked: visible(peekedIds), browsed: visible(browsedIds) };
    // oxlint-disable-next-line react/exhaustive-deps -- the records are not React's: their version stands for them
  }, [records, version, peekedIds, browsedIds]);
  return countParts({ total: approximate, ...seen, asked, held: records.held });
}

/** Whether a browse saw all that was visible: it came to the end, and not to its limit. */
export const sawWhole = ({ phase, report, listed }: Pick<Browse, 'phase' | 'report' | 'listed'>): boolean =>
  phase === 'ended' && report.ended === 'empty' && listed > 0;
