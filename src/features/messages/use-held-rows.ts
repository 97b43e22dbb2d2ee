import { useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';

/**
 * While `hold`, rows that were not there before wait: what a person reads must not move under them. Leased rows never
 * wait, since they were asked for. `show` lets all in.
 */
export function useHeldRows(rows: readonly MessageRow[], hold: boolean) {
  'use memo';
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const waiting = rows.filter((row) => !row.lease && !seen.has(row.id));
  // What was leased was on the screen, and stays there when it is released.
  const isNew = seen.size > 0 && rows.some((row) => row.lease && !seen.has(row.id));
  if (isNew) setSeen(new Set([...seen, ...rows.flatMap(({ id, lease }) => (lease ? id : []))]));
  const show = () => setSeen(new Set(rows.map(({ id }) => id)));
  // The first rows have nothing to disturb.
  if (waiting.length > 0 && (!hold || seen.size === 0)) show();
  const held = hold && seen.size > 0 ? waiting.length : 0;
  return { rows: held > 0 ? rows.filter((row) => row.lease || seen.has(row.id)) : rows, held, show };
}
