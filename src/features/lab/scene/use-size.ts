import { type RefObject, useLayoutEffect, useState } from 'react';
import { useTextScale } from '@/ui/browser/text-size';

/** Inner size of an element in px: as large as the picture of the lab until measured, which is before the first paint. */
export function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 840, height: 160 });
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = node;
      if (width > 0 && height > 0)
        setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** The same in px of the design, for a drawing that is made larger as a whole, by `scale`, where a person has larger text. */
export function useDrawingSize(element: RefObject<HTMLElement | null>): {
  width: number;
  height: number;
  scale: number;
} {
  const { width, height } = useSize(element);
  const scale = useTextScale();
  return { width: width / scale, height: height / scale, scale };
}
