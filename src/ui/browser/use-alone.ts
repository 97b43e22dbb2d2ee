import { type RefObject, useLayoutEffect } from 'react';

/**
 * While `isAlone`, nothing but the element takes focus and presses, and nothing else is read: for a pane that covers the page, whose
 * keys would otherwise lead to what nobody sees (WCAG 2.4.11). What stands beside the page, as toasts do, is left as it is.
 */
export function useAlone(element: RefObject<HTMLElement | null>, isAlone: boolean): void {
  useLayoutEffect(() => {
    if (!isAlone) return undefined;
    const covered = [...besides(element.current)].filter((one) => !one.inert);
    for (const one of covered) one.inert = true;
    return () => {
      for (const one of covered) one.inert = false;
    };
  }, [element, isAlone]);
}

/** What stands beside the element, and beside each that it is in, up to the page as a whole. */
function* besides(element: HTMLElement | null): Generator<HTMLElement> {
  for (let at = element, parent = at?.parentElement; at && parent; at = parent, parent = at.parentElement) {
    if (parent === document.body || parent.parentElement === document.body) return;
    for (const one of parent.children) if (one !== at && one instanceof HTMLElement) yield one;
  }
}
