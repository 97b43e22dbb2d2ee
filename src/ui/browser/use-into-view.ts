import { type RefObject, useEffect, useRef } from 'react';

/** Scrolls an element into view when it appears: an answer to a press may stand below what is in sight. */
export function useIntoView<Shown extends HTMLElement>(): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => {
    // Newer browsers return a promise, which React would call at the end of the effect if it were returned.
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return shown;
}
