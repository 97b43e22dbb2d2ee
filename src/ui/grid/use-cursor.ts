import { useEffect, useState } from 'react';
import { rowsInSight } from './rows-in-sight';
import type { GridView } from './use-model';

type Options<Row extends object> = GridView<Row> & {
  /** Key of the row whose details are open. */
  active: string | undefined;
};

export type Cursor = {
  /** Index of the current row, −1 for none. */
  at: number;
  key: string | undefined;
  /** Makes the row current and scrolls to it. */
  move: (index: number) => void;
  /** Makes the first row current when none is; scrolls to the current one when the focus came by a key. */
  start: (byKey: boolean) => void;
};

/** The current row of the keyboard. When it was removed, the row at its index: after a delete, the next one. */
export function useCursor<Row extends object>({ scroller, model, rowHeight, head, active }: Options<Row>): Cursor {
  const { keys, indexOf } = model;
  const [cursor, setCursor] = useState<{ key: string; index: number }>();
  const activeIndex = indexOf.get(active ?? cursor?.key ?? '') ?? indexOf.get(cursor?.key ?? '');
  const at = activeIndex ?? (cursor ? Math.min(cursor.index, keys.length - 1) : -1);
  const key = keys[at];
  if (key !== undefined && (cursor?.key !== key || cursor.index !== at)) setCursor({ key, index: at });

  function reveal(index: number) {
    const node = scroller.current;
    if (!node || index < 0) return;
    const top = index * rowHeight;
    const { above, height, by } = rowsInSight(node, head);
    const bottom = top + rowHeight - height;
    if (above > top) by(top - above);
    else if (above < bottom) by(bottom - above);
  }

  const activeIsHere = active !== undefined && indexOf.has(active);
  useEffect(() => {
    if (activeIsHere) reveal(indexOf.get(active) ?? -1);
    // oxlint-disable-next-line react/exhaustive-deps -- only choosing a row scrolls, new rows do not
  }, [active, activeIsHere]);

  function move(index: number) {
    const to = keys[index];
    if (to === undefined) return;
    setCursor({ key: to, index });
    reveal(index);
  }

  function start(byKey: boolean) {
    if (byKey) reveal(Math.max(0, at));
    const first = keys[0];
    if (key === undefined && first !== undefined) setCursor({ key: first, index: 0 });
  }

  return { at, key, move, start };
}
