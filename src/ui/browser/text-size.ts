import { useSyncExternalStore } from 'react';

/** Pixels of 1 rem as the design has it. */
const ROOT_PX = 16;

/** How many times as large as the design text is, by the size that a person has chosen in the browser. */
export const textScale = (): number =>
  // Unit tests have no page.
  typeof document === 'undefined'
    ? 1
    : Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT_PX || 1;

/** Pixels of the design as a length that grows with the text. */
export const rem = (px: number): string => `${px / ROOT_PX}rem`;

/** `textScale`, followed. For what has to be known in whole pixels: rows that are placed by hand. */
export const useTextScale = (): number => useSyncExternalStore(follow, textScale);

const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

/** A box of 1 rem tells of a change that no event does. */
function follow(changed: () => void): () => void {
  listeners.add(changed);
  stop ??= measure(() => {
    for (const listener of listeners) listener();
  });
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}

function measure(changed: () => void): () => void {
  const box = document.createElement('div');
  box.ariaHidden = 'true';
  Object.assign(box.style, {
    position: 'fixed',
    width: '1rem',
    height: '0',
    visibility: 'hidden',
    pointerEvents: 'none',
  });
  document.body.append(box);
  const observer = new ResizeObserver(changed);
  observer.observe(box);
  return () => {
    observer.disconnect();
    box.remove();
  };
}
