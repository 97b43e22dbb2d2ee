import { useLayoutEffect, useRef } from 'react';
import type { GridView } from './use-model';

type Options<Row extends object> = GridView<Row> & {
  cursor: string | undefined;
  /** When the sort order changes, the scroll position is not anchored. */
  order: string;
};

/**
 * Keeps the current row (or, if that is not visible, the first visible one) at its place on screen when rows are replaced. At
 * the very top without a current row nothing is anchored, so that new rows are visible.
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
    const anchors = inSight ? [at] : Array.from({ length: last - first }, (_, step) => first + step);
    for (const index of anchors) {
      const now = model.indexOf.get(old.model.keys[index] ?? '');
      if (now === undefined) continue;
      if (now !== index) node.scrollBy({ top: (now - index) * rowHeight, behavior: 'instant' });
      return;
    }
  }, [scroller, model, rowHeight, head, cursor, order]);
}
