import { type RefObject, useEffect, useState } from 'react';
import type { Model } from './use-model';

type Options<Row extends object> = {
  scroller: RefObject<HTMLElement | null>;
  model: Model<Row>;
  rowHeight: number;
  /** Px the sticky head covers. */
  head: number;
  /** Key of the row whose details are open. */
  active: string | undefined;
};

export type Cursor = {
  /** Index of the row the keyboard is on, −1 for none. */
  at: number;
  key: string | undefined;
  /** Puts the keyboard on the row and scrolls to it. */
  move: (index: number) => void;
  /** Puts the keyboard on the first row if it is on none, and leaves what is in sight alone. */
  start: () => void;
};

/** Where the keyboard is. When its row has gone, on the one that took its place: after a delete, the next row. */
export function useCursor<Row extends object>({ scroller, model, rowHeight, head, active }: Options<Row>): Cursor {
  const { keys, indexOf } = model;
  const [cursor, setCursor] = useState<{ key: string; index: number }>();
  const found = indexOf.get(active ?? cursor?.key ?? '') ?? indexOf.get(cursor?.key ?? '');
  const at = found ?? (cursor ? Math.min(cursor.index, keys.length - 1) : -1);
  const key = keys[at];
  if (key !== undefined && (cursor?.key !== key || cursor.index !== at)) setCursor({ key, index: at });

  function reveal(index: number) {
    const node = scroller.current;
    if (!node || index < 0) return;
    const top = index * rowHeight;
    const bottom = top + rowHeight - (node.clientHeight - head);
    if (node.scrollTop > top) node.scrollTo({ top, behavior: 'instant' });
    else if (node.scrollTop < bottom) node.scrollTo({ top: bottom, behavior: 'instant' });
  }

  const activeIsHere = active !== undefined && indexOf.has(active);
  useEffect(() => {
    if (activeIsHere) reveal(indexOf.get(active) ?? -1);
    // oxlint-disable-next-line react/exhaustive-deps -- only choosing a row scrolls, not what arrives later
  }, [active, activeIsHere]);

  function move(index: number) {
    const to = keys[index];
    if (to === undefined) return;
    setCursor({ key: to, index });
    reveal(index);
  }

  function start() {
    const first = keys[0];
    if (key === undefined && first !== undefined) setCursor({ key: first, index: 0 });
  }

  return { at, key, move, start };
}
