import { useRef } from 'react';

/**
 * Runs one piece of work at a time: what is asked for while it runs is not done, also in the moment before anything is drawn
 * anew, in which a button still looks on.
 */
export function useOneAtATime(): (work: () => Promise<void>) => Promise<void> {
  const isBusy = useRef(false);
  return async (work) => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      await work();
    } finally {
      isBusy.current = false;
    }
  };
}
