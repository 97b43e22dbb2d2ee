import { useState } from 'react';
import type { LoggedExchange } from '@/state/activity/request-log';
import { folded, type LogRow, stretchesOf } from './folds';

export type LogRows = {
  rows: readonly LogRow[];
  /** Opens or closes a fold, by its id. */
  toggle: (fold: string) => void;
};

/**
 * The rows of a list of requests, with those folded that repeat.
 * @param all the whole log
 * @param shown those of it that are listed
 * @param opened id of the exchange whose details are shown: it has a row, whatever is folded
 */
export function useLogRows(
  all: readonly LoggedExchange[],
  shown: readonly LoggedExchange[],
  opened: string | undefined,
): LogRows {
  'use memo';
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [known, setKnown] = useState(() => ({ all, stretches: stretchesOf(all, new Map()) }));
  if (known.all !== all) setKnown({ all, stretches: stretchesOf(all, known.stretches) });
  return {
    rows: folded(shown, known.stretches, open, opened),
    toggle: (fold) =>
      setOpen((before) =>
        before.has(fold) ? new Set([...before].filter((id) => id !== fold)) : new Set([...before, fold]),
      ),
  };
}
