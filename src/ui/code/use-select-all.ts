import { type KeyboardEvent, useRef } from 'react';

/**
 * Ctrl A for a text with rows that are not all in the page: selects the element, and `isAll` is true until the next press
 * of a key or a pointer, for copying the whole text.
 */
export function useSelectAll(element: () => HTMLElement | null) {
  const isAll = useRef(false);
  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      // The dialog or grid around has a Ctrl A of its own.
      event.stopPropagation();
      const selected = element();
      if (selected) getSelection()?.selectAllChildren(selected);
      isAll.current = true;
    } else if (!event.ctrlKey && !event.metaKey) isAll.current = false;
  }
  return { isAll, handlers: { onKeyDown, onPointerDown: () => void (isAll.current = false) } };
}
