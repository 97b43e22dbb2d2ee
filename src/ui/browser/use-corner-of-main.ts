import { useLayoutEffect, useState } from 'react';

/** Px; a toast is no wider. */
const WIDEST = 340;

/**
 * Px from the left and the bottom of the window: 16 (12 on a phone) into main, which moves with the panes around it, and
 * above the actions of a pane that lies over main.
 */
export function useCornerOfMain(watched: boolean) {
  const [corner, setCorner] = useState({ left: 16, bottom: 12 });
  useLayoutEffect(() => {
    const main = document.querySelector('main');
    if (!watched || !main) return;
    const measure = () => {
      const box = main.getBoundingClientRect();
      const left = Math.max(0, box.left) + (window.innerWidth < 760 ? 12 : 16);
      const actions = main.querySelector('aside footer')?.getBoundingClientRect();
      const end = actions && actions.left < left + WIDEST ? Math.min(actions.top, box.bottom) : box.bottom;
      const bottom = Math.max(0, window.innerHeight - end) + 12;
      setCorner((old) => (old.left === left && old.bottom === bottom ? old : { left, bottom }));
    };
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(main);
    // A pane that comes to lie over main does not resize it.
    const changes = new MutationObserver(measure);
    changes.observe(main, { childList: true, subtree: true });
    return () => {
      resizes.disconnect();
      changes.disconnect();
    };
  }, [watched]);
  return corner;
}
