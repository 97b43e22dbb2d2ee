import { useLayoutEffect, useState } from 'react';

const MAX_TOAST_WIDTH_PX = 340;

/**
 * Position of toasts in px from the left and the bottom of the window: 16 px (12 on a phone) inside main, which moves with the
 * panes around it, and above the actions of a pane that covers main.
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
      const end = actions && actions.left < left + MAX_TOAST_WIDTH_PX ? Math.min(actions.top, box.bottom) : box.bottom;
      const bottom = Math.max(0, window.innerHeight - end) + 12;
      setCorner((old) => (old.left === left && old.bottom === bottom ? old : { left, bottom }));
    };
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(main);
    // A pane that covers main does not resize it.
    const changes = new MutationObserver(measure);
    changes.observe(main, { childList: true, subtree: true });
    return () => {
      resizes.disconnect();
      changes.disconnect();
    };
  }, [watched]);
  return corner;
}
