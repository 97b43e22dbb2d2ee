import { useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';

/** Rows that wait, and those that do not: they were seen before, or are leased, which was asked for. */
export function heldRows(rows: readonly MessageRow[], seen: ReadonlySet<string>) {
  const isSeen = (row: MessageRow) => row.lease !== undefined || seen.has(row.id);
  return { waiting: rows.filter((row) => !isSeen(row)), visible: rows.filter(isSeen) };
}

/**
 * While `hold`, rows that were not there before wait: what a person reads must not move under them. Leased rows never
 * wait, since they were asked for. `show` lets all in.
 */
export function useHeldRows(rows: readonly MessageRow[], hold: boolean) {
  'use memo';
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const { waiting, visible } = heldRows(rows, seen);
  // What was leased was on the screen, and stays there when it is released.
  const isNew = seen.size > 0 && rows.some((row) => row.lease && !seen.has(row.id));
  if (isNew) setSeen(new Set([...seen, ...rows.flatMap(({ id, lease }) => (lease ? id : []))]));
  const show = () => setSeen(new Set(rows.map(({ id }) => id)));
  // The first rows have nothing to disturb.
  if (waiting.length > 0 && (!hold || seen.size === 0)) show();
  const held = hold && seen.size > 0 ? waiting.length : 0;
  return { rows: held > 0 ? visible : rows, held, show };
}
