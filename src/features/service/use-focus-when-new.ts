import { type RefObject, useEffect, useRef } from 'react';

/** Moves the focus to the first field of something that was just added. */
export function useFocusWhenNew<Control extends HTMLElement>(isNew: boolean): RefObject<Control | null> {
  const control = useRef<Control>(null);
  const wasNew = useRef(isNew);
  useEffect(() => {
    if (wasNew.current) control.current?.focus();
  }, []);
  return control;
}
