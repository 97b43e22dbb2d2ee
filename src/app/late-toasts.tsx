import { type ComponentType, useEffect, useState } from 'react';
import { useNewestToast } from '@/ui/overlay/toast-store';

/** Milliseconds from the first drawing until the code of the toasts is loaded without a toast. */
const QUIET_AFTER_MS = 1500;

const fetchToasts = async () => (await import('@/ui/overlay/toast')).Toasts;

/**
 * The toasts. No first screen needs their code: it is loaded in a quiet moment after it, or with the first toast, whichever is
 * earlier. When it does not arrive, the next toast asks for it again.
 */
export function LateToasts({ load = fetchToasts }: { load?: () => Promise<ComponentType> }) {
  const [Toasts, setToasts] = useState<ComponentType>();
  const [isQuiet, setQuiet] = useState(false);
  const newest = useNewestToast();
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(true), QUIET_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (Toasts || (newest === undefined && !isQuiet)) return undefined;
    let isOver = false;
    load().then(
      (loaded) => !isOver && setToasts(() => loaded),
      () => {
        // What was to be said waits for the next toast.
      },
    );
    return () => {
      isOver = true;
    };
  }, [Toasts, isQuiet, newest, load]);
  return Toasts ? <Toasts /> : null;
}
