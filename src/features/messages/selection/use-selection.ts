import { useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { recordsOf } from '@/state/messages/records';

export type Selection = ReturnType<typeof useSelection>;

/** Which messages of a queue are selected. `all` are those that are loaded, `shown` those of them that the filter leaves. */
export function useSelection(
  { connectionId, queue }: QueueRef,
  { all, shown }: { all: readonly MessageRow[]; shown: readonly MessageRow[] },
) {
  'use memo';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isSelecting, setIsSelecting] = useState(false);
  const [isLeasing, setIsLeasing] = useState(false);
  const { left: ids, loaded } = stillSelected(chosen, all, recordsOf(connectionId, queue));
  if (ids !== chosen) setChosen(ids);
  // Actions are not done to messages that the filter hides.
  const rows = ids.size === 0 ? [] : shown.filter(({ id }) => ids.has(id));
  return {
    ids,
    /** Those of them that are shown. */
    rows,
    /** So many are selected and hidden by the filter, and so many are not loaded any more. */
    hidden: loaded - rows.length,
    gone: ids.size - loaded,
    select: setChosen,
    selectAll: () => setChosen(new Set([...ids, ...shown.map(({ id }) => id)])),
    deselect: (some: ReadonlySet<string>) => setChosen((before) => new Set([...before].filter((id) => !some.has(id)))),
    clear: () => {
      setChosen(new Set());
      setIsSelecting(false);
      setIsLeasing(false);
    },
    /** Rows on a phone have checkboxes only while this is on. */
    isSelecting: isSelecting || rows.length > 0,
    setIsSelecting,
    /** Selects a message, and then those that are pressed. */
    begin: (id: string) => {
      setIsSelecting(true);
      setChosen(new Set([...ids, id]));
    },
    /** Whether leasing the selected messages is being asked for. */
    isLeasing: isLeasing && ids.size > 0,
    setIsLeasing,
  };
}

/** The selected ids without messages that are known to be gone, and how many of them are loaded. */
export function stillSelected(selected: ReadonlySet<string>, all: readonly MessageRow[], records: QueueRecords) {
  if (selected.size === 0) return { left: selected, loaded: 0 };
  const loaded = all.filter(({ id }) => selected.has(id)).length;
  if (loaded === selected.size) return { left: selected, loaded };
  const left = [...selected].filter((id) => !isGone(records, id));
  return { left: left.length === selected.size ? selected : new Set(left), loaded };
}

function isGone(records: QueueRecords, id: string): boolean {
  const standing = records.get(id)?.standing;
  return standing?.is === 'deleted' || (standing?.is === 'unknown' && standing.likely === true);
}
