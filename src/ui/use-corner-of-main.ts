import { useLayoutEffect, useState } from 'react';

/** Px from the left and the bottom of the window: 16 (12 on a phone) into main, which moves with the panes around it. */
export function useCornerOfMain(watched: boolean) {
  const [corner, setCorner] = useState({ left: 16, bottom: 12 });
  useLayoutEffect(() => {
    const main = document.querySelector('main');
    if (!watched || !main) return;
    const measure = () => {
      const { left, bottom } = main.getBoundingClientRect();
      const inset = window.innerWidth < 760 ? 12 : 16;
      setCorner({ left: Math.max(0, left) + inset, bottom: Math.max(0, window.innerHeight - bottom) + 12 });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(main);
    return () => observer.disconnect();
  }, [watched]);
  return corner;
}
