import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { type Listed, type MessageRow, messageRows, toRow } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import { isLeaving } from '@/messages/record';
import { useLiveInterval } from '@/queries/live';
import { peekedMessages } from '@/queries/messages';
import { queueKeys, queueProperties } from '@/queries/queues';
import { closeBrowse, useBrowse } from '@/state/messages/queue-browses';
import { useQueueRecords } from '@/state/messages/records';
import { type ExplorerRoute, goTo, type Narrowing, type Only } from '@/state/navigation/route';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { useServiceNow } from '@/ui/browser/use-now';
import { isExpiring, isPoison } from './row-marks';
import { usePausedRows } from './use-paused-rows';
import { useSearch } from './use-search';

const NONE: Listed = { ids: [], asked: 0, at: 0 };
const NO_EXPRESSIONS: readonly string[] = [];
/** What narrows and orders the rows; undefined turns it off. */
export type RowNarrowing = Narrowing & { filter?: string };

export type MessageRowsModel = ReturnType<typeof useMessageRows>;

/** Rows as they are at one version of the records: with another version they are computed anew. */
const rowsAt = <Rows>(_version: number, rows: () => Rows): Rows => rows();

/** A message that work in this tab has is in no peek, and known all the same. */
function takenRow(records: QueueRecords, id: string): MessageRow | undefined {
  const record = records.get(id);
  return record?.message && record.claim && !isLeaving(record) ? toRow(records, record, 0, 0) : undefined;
}

/** The rows of a queue: peeked and leased, live, filtered, in the order shown. */
export function useMessageRows({ route, account, queue }: { route: ExplorerRoute; account: Account; queue: string }) {
  'use memo';
  const client = useQueryClient();
  const refetchInterval = useLiveInterval();
  const threshold = usePreference('poisonThreshold');
  const peekCount = usePreference('peekCount');
  const browse = useBrowse(account.id, queue);
  const browsed = route.mode === 'browse' && browse && browse.listed > 0 ? browse : undefined;
  const peek = useQuery({
    ...peekedMessages(account, queue, peekCount),
    // What a browse saw stays as it was seen.
    refetchInterval: browsed ? false : refetchInterval,
  });
  const properties = useQuery(queueProperties(account, queue));
  const { records, version } = useQueueRecords(account.id, queue);
  // In the address, so that a reload, the way back and a link keep them.
  const { filter, only, expressions = NO_EXPRESSIONS, picked, sort } = route;
  /** The column whose values are being counted. */
  const [group, setGroup] = useState<string>();
  const { steps } = useQueueView(account.id, queue);
  const [attended, setAttended] = useState(false);

  const loaded = rowsAt(version, () => messageRows(records, peek.data ?? NONE));
  const isRead = attended || route.message !== undefined;
  const peeked = usePausedRows(loaded, refetchInterval !== false && isRead);
  const { showNewRows } = peeked;
  const all = browsed ? rowsAt(version, () => browsed.rows.rows()) : peeked.rows;
  const isOn = (chip: Only) => only?.includes(chip) ?? false;
  const search = useSearch(all, {
    text: filter,
    chips: { leased: isOn('leased'), poison: isOn('poison') ? threshold : undefined, expiring: isOn('expiring') },
    expressions,
    picked,
    sort,
    group,
    steps,
  });
  const now = useServiceNow();

  function narrow(change: RowNarrowing) {
    goTo({ ...route, ...change }, { replace: true });
  }
  async function refresh() {
    closeBrowse(account.id, queue);
    await client.invalidateQueries({ queryKey: queueKeys.one(account, queue) });
    showNewRows();
  }

  const open =
    route.message === undefined
      ? undefined
      : (all.find(({ id }) => id === route.message) ?? rowsAt(version, () => takenRow(records, route.message ?? '')));

  return {
    peek,
    /** The browse that the rows are of, when they are. */
    browsed,
    all,
    /** The message that is open, when it is known. */
    open,
    shown: search.shown,
    search,
    filter,
    isOn,
    /** Sources of the expressions that are on. */
    expressions,
    picked,
    sort,
    narrow,
    toggle: (chip: Only, on: boolean) =>
      narrow({ only: [...(only ?? []).filter((one) => one !== chip), ...(on ? [chip] : [])] }),
    clearFilters: () => narrow({ filter: '', only: undefined, expressions: undefined, picked: undefined }),
    group,
    setGroup,
    newRowCount: browsed ? 0 : peeked.newRowCount,
    showNewRows,
    /** Tells that somebody reads the rows: scrolled down, or with the keyboard in them. */
    setAttended,
    refresh: () => void refresh(),
    cancel: () => void client.cancelQueries({ queryKey: queueKeys.one(account, queue) }),
    approximate: properties.data?.approximateMessageCount,
    counts: {
      leased: all.filter(({ lease }) => lease).length,
      poison: all.filter((row) => isPoison(row, threshold)).length,
      expiring: all.filter((row) => isExpiring(row, now)).length,
    },
  };
}
