import { useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';

/** Rows that wait, and those that do not: they were seen before, or are leased, which was asked for. */
export function pausedRows(rows: readonly MessageRow[], seen: ReadonlySet<string>) {
  const isSeen = (row: MessageRow) => row.lease !== undefined || seen.has(row.id);
  return { waiting: rows.filter((row) => !isSeen(row)), visible: rows.filter(isSeen) };
}

/**
 * While `hold`, rows that were not there before wait: what a person reads must not move under them. Leased rows never
 * wait, since they were asked for. `show` lets all in.
 */
export function usePausedRows(rows: readonly MessageRow[], isPaused: boolean) {
  'use memo';
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const { waiting, visible } = pausedRows(rows, seen);
  // What was leased was on the screen, and stays there when it is released.
  const isNew = seen.size > 0 && rows.some((row) => row.lease && !seen.has(row.id));
  if (isNew) setSeen(new Set([...seen, ...rows.flatMap(({ id, lease }) => (lease ? id : []))]));
  const showNewRows = () => setSeen(new Set(rows.map(({ id }) => id)));
  // The first rows have nothing to disturb.
  if (waiting.length > 0 && (!isPaused || seen.size === 0)) showNewRows();
  const newRowCount = isPaused && seen.size > 0 ? waiting.length : 0;
  return { rows: newRowCount > 0 ? visible : rows, newRowCount, showNewRows };
}
