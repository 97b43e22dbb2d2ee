import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query matches, and again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Under 760 px: two-line rows, whole-screen dialogs. The same line as the `max-desk:` variant. */
export function useIsPhone(): boolean {
  return useMedia('(width < 760px)');
}
