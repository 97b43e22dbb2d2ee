import { type RefObject, useEffect, useRef } from 'react';

/** Scrolls an element into view when it appears: an answer to a press may stand below what is in sight. */
export function useIntoView<Shown extends HTMLElement>(): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => shown.current?.scrollIntoView({ block: 'nearest' }), []);
  return shown;
}
