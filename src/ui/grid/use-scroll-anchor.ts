import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Model } from './use-model';

type Options<Row extends object> = {
  scroller: RefObject<HTMLElement | null>;
  model: Model<Row>;
  rowHeight: number;
  /** Px the sticky head covers. */
  head: number;
  cursor: string | undefined;
  /** A new order is asked for, not suffered: then nothing is held in place. */
  order: string;
};

/**
 * When rows are replaced, the row the keyboard is on (or, if that is out of sight, the first one in sight) stays where
 * it is on screen. At the very top with no row chosen, new rows may push in: their newest are being watched.
 */
export function useScrollAnchor<Row extends object>({ scroller, model, rowHeight, head, cursor, order }: Options<Row>) {
  const before = useRef({ model, order, rowHeight });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { model, order, rowHeight };
    const node = scroller.current;
    if (!node || old.model.keys === model.keys || old.order !== order || old.rowHeight !== rowHeight) return;
    const first = Math.floor(node.scrollTop / rowHeight);
    const last = Math.ceil((node.scrollTop + node.clientHeight - head) / rowHeight);
    const at = cursor === undefined ? undefined : old.model.indexOf.get(cursor);
    const inSight = at !== undefined && at >= first && at < last;
    if (node.scrollTop === 0 && !inSight) return;
    const held = inSight ? [at] : Array.from({ length: last - first }, (_, step) => first + step);
    for (const index of held) {
      const now = model.indexOf.get(old.model.keys[index] ?? '');
      if (now === undefined) continue;
      if (now !== index) node.scrollBy({ top: (now - index) * rowHeight, behavior: 'instant' });
      return;
    }
  }, [scroller, model, rowHeight, head, cursor, order]);
}
