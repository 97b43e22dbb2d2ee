import { type RefObject, useEffect, useRef } from 'react';

/** For an answer to a press that may stand below what can be seen: it is scrolled to when it appears. */
export function useIntoView<Shown extends HTMLElement>(): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => shown.current?.scrollIntoView({ block: 'nearest' }), []);
  return shown;
}
