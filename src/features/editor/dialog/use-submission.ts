import { useEffect, useRef } from 'react';

/**
 * Lets a dialog submit one thing at a time, also in the moment in which its button still looks enabled. `once` runs the
 * work unless some is running; `isOpen` is false after the dialog was closed, which does not stop the work.
 */
export function useSubmission() {
  const isBusy = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  async function once(work: () => Promise<void>) {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      await work();
    } finally {
      isBusy.current = false;
    }
  }
  return { once, isOpen: () => isMounted.current };
}
