import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { type Listed, type MessageRow, messageRows, toRow } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import { isLeaving } from '@/messages/record';
import { useLiveInterval } from '@/queries/live';
import { peekedMessages } from '@/queries/messages';
import { queueKeys, queueProperties } from '@/queries/queues';
import { useBrowse } from '@/state/messages/queue-browses';
import { useQueueRecords } from '@/state/messages/records';
import type { ExplorerRoute } from '@/state/navigation/route';
import { usePreference } from '@/state/settings/preferences';

const NO_ROWS: readonly MessageRow[] = [];
const NONE: Listed = { ids: [], asked: 0, at: 0 };

export type QueueRows = ReturnType<typeof useQueueRows>;

const RowsContext = createContext<QueueRows | undefined>(undefined);
export const RowsProvider = RowsContext.Provider;
/** The rows of the queue whose screen this is. */
export const useRows = () => useContext(RowsContext) as QueueRows;

/** Rows as they are at one version of the records: with another version they are computed anew. */
const rowsAt = <Rows>(_version: number, rows: () => Rows): Rows => rows();

/** The row of a message that work in this tab has: no peek lists it. */
function claimedRow(records: QueueRecords, id: string): MessageRow | undefined {
  const record = records.get(id);
  return record?.message && record.claim && !isLeaving(record) ? toRow(records, record, 0, 0) : undefined;
}

type Shown = { route: ExplorerRoute; account: Account; queue: string };

/** The messages of a queue that are loaded, in the order of the queue: peeked and leased, or browsed. */
export function useQueueRows({ route: { mode, message }, account, queue }: Shown) {
  'use memo';
  const client = useQueryClient();
  const refetchInterval = useLiveInterval(account.id);
  const peekCount = usePreference('peekCount');
  const browse = useBrowse(account.id, queue);
  const browsed = mode === 'browse' && browse && browse.listed > 0 ? browse : undefined;
  const peek = useQuery({
    ...peekedMessages(account, queue, peekCount),
    // Browsed rows stay as the browse saw them.
    refetchInterval: browsed ? false : refetchInterval,
  });
  const properties = useQuery(queueProperties(account, queue));
  const { records, version } = useQueueRecords(account.id, queue);
  const [isAttended, setIsAttended] = useState(false);
  // Beside a browse, which may have hundreds of thousands, none of them is shown.
  const loaded = browsed ? NO_ROWS : rowsAt(version, () => messageRows(records, peek.data ?? NONE));
  const isRead = isAttended || message !== undefined;
  const peeked = usePausedRows(loaded, refetchInterval !== false && isRead);
  const [isAsOthers, setAsOthers] = useState(false);
  const own = browsed || mode !== 'peek' ? 0 : peeked.rows.filter(({ lease }) => lease).length;
  const shown = isAsOthers && own > 0 ? peeked.rows.filter(({ lease }) => !lease) : peeked.rows;
  const all = browsed ? rowsAt(version, () => browsed.rows.rows()) : shown;
  return {
    connectionId: account.id,
    queue,
    peek,
    /** The browse that the rows are of, when they are. */
    browsed,
    all,
    /** Id of the message that is open. */
    openId: message,
    /** The message that is open, when it is known. */
    open:
      message === undefined
        ? undefined
        : (all.find(({ id }) => id === message) ?? rowsAt(version, () => claimedRow(records, message))),
    /** How many rows are leased by this tab, which no other consumer sees; 0 where they are not set apart. */
    own,
    /** Shows what another consumer's peek would: without what this tab has leased. */
    isAsOthers: isAsOthers && own > 0,
    setAsOthers,
    newRowCount: browsed ? 0 : peeked.newRowCount,
    showNewRows: peeked.showNewRows,
    /** Set while the rows are being read: scrolled down, or with the focus inside. */
    setIsAttended,
    cancel: () => void client.cancelQueries({ queryKey: queueKeys.one(account, queue) }),
    approximate: properties.data?.approximateMessageCount,
  };
}

/** Splits rows into new ones, which wait, and visible ones, which were seen before or are leased. */
export function pausedRows(rows: readonly MessageRow[], seen: ReadonlySet<string>) {
  const isSeen = (row: MessageRow) => row.lease !== undefined || seen.has(row.id);
  return { waiting: rows.filter((row) => !isSeen(row)), visible: rows.filter(isSeen) };
}

/**
 * Holds back new rows while paused, so that the rows being read do not move. Leased rows never
 * wait. `showNewRows` lets all in.
 */
function usePausedRows(rows: readonly MessageRow[], isPaused: boolean) {
  'use memo';
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const { waiting, visible } = pausedRows(rows, seen);
  // A leased row counts as seen, so that it stays when its lease is released.
  const isNew = seen.size > 0 && rows.some((row) => row.lease && !seen.has(row.id));
  if (isNew) setSeen(new Set([...seen, ...rows.flatMap(({ id, lease }) => (lease ? id : []))]));
  const showNewRows = () => setSeen(new Set(rows.map(({ id }) => id)));
  // The first rows never wait.
  if (waiting.length > 0 && (!isPaused || seen.size === 0)) showNewRows();
  const newRowCount = isPaused && seen.size > 0 ? waiting.length : 0;
  return { rows: newRowCount > 0 ? visible : rows, newRowCount, showNewRows };
}
