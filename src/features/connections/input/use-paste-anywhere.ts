import { useEffect, useEffectEvent } from 'react';

/** Takes text that is pasted while no field has the focus. */
export function usePasteAnywhere(onPaste: (text: string) => void) {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain').trim();
    if (!text || isField(event.target)) return;
    event.preventDefault();
    onPaste(text);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
}

const isField = (target: EventTarget | null) => target instanceof Element && target.matches('input, textarea, select');
