import { useEffect, useState } from 'react';

/** Returns a function that tells how many characters fit beside `usedPx`; follows the size of the element. */
export function useColumns(element: HTMLElement | null): (usedPx: number) => number {
  'use memo';
  const [width, setWidth] = useState(0);
  const [character, setCharacter] = useState(7.2);
  useEffect(() => {
    if (!element) return;
    const probe = document.createElement('canvas').getContext('2d');
    const { fontFamily, fontSize } = getComputedStyle(element);
    if (probe) probe.font = `${fontSize} ${fontFamily}`;
    const measured = (probe?.measureText('0'.repeat(100)).width ?? 0) / 100;
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
      if (measured > 0) setCharacter(measured);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return (usedPx) => (width > 0 ? Math.floor((width - usedPx) / character) : 80);
}
