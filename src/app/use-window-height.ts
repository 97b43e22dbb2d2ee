import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void) {
  addEventListener('resize', changed);
  return () => removeEventListener('resize', changed);
}

/** Height of the page in px, and again when the window changes. */
export const useWindowHeight = () => useSyncExternalStore(subscribe, () => innerHeight);
