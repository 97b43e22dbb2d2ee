import { useLayoutEffect, useState } from 'react';
import { textScale } from '@/ui/browser/text-size';

/** Of the height of the window, what rows keep whatever else is open. */
const SHARE_OF_ROWS = 1 / 3;

/**
 * Px of the design that a pane below the main part, in one column with it, can have, so that the rows there keep a third of the
 * window below their bars; measured anew as bars come and go. Infinity where there are no rows.
 */
export function useRoomBelowRows(): number {
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const main = document.querySelector('main');
    const column = main?.parentElement;
    if (!main || !column) return undefined;
    let frame: number | undefined;
    let seen: Element | null = null;
    const measure = () => {
      frame = undefined;
      const grid = main.querySelector<HTMLElement>('[role=grid]');
      if (grid !== seen) {
        if (seen) sizes.unobserve(seen);
        if (grid) sizes.observe(grid);
        seen = grid;
      }
      setRoom(grid ? roomBelow(grid, main, column) : Number.POSITIVE_INFINITY);
    };
    const later = () => void (frame ??= requestAnimationFrame(measure));
    const sizes = new ResizeObserver(later);
    const changes = new MutationObserver(later);
    measure();
    for (const one of [column, main]) sizes.observe(one);
    changes.observe(main, { childList: true, subtree: true });
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      sizes.disconnect();
      changes.disconnect();
    };
  }, []);
  return room;
}

function roomBelow(grid: HTMLElement, main: HTMLElement, column: HTMLElement): number {
  const list = grid.closest('section');
  // Bars that have no room scroll together with the rows.
  const hidden = list ? list.scrollHeight - list.clientHeight : 0;
  const bars = main.clientHeight - grid.clientHeight + hidden;
  return Math.floor((column.clientHeight - bars - innerHeight * SHARE_OF_ROWS) / textScale());
}
