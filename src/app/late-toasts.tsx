import { type ComponentType, useEffect, useState } from 'react';
import { useNewestToast } from '@/ui/overlay/toast-store';
import { PartFailure } from '@/ui/parts/part-failure';

/** Milliseconds from the first drawing until the code of the toasts is loaded without a toast. */
const QUIET_AFTER_MS = 1500;

const fetchToasts = async () => (await import('@/ui/overlay/toast')).Toasts;

/**
 * The toasts. No first screen needs their code: it is loaded in a quiet moment after it, or with the first toast, whichever is
 * earlier. When it does not arrive, it says so as soon as there is something to show; the next toast and a network that is back ask
 * for it again.
 */
export function LateToasts({ load = fetchToasts }: { load?: () => Promise<ComponentType> }) {
  const [Toasts, setToasts] = useState<ComponentType>();
  const [isQuiet, setQuiet] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [tries, setTries] = useState(0);
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
      // What was to be said waits.
      (cause: unknown) => !isOver && setFailure(cause),
    );
    const again = () => setTries(tries + 1);
    addEventListener('online', again);
    return () => {
      isOver = true;
      removeEventListener('online', again);
    };
  }, [Toasts, isQuiet, newest, load, tries]);
  if (Toasts) return <Toasts />;
  if (failure === undefined || newest === undefined) return null;
  return (
    <div className="fixed inset-x-0 top-14 z-60 mx-auto flex w-fit items-center rounded-8 bg-raised p-2 text-12 shadow-2">
      Notes cannot be shown.
      <PartFailure shape="line" failure={failure} onRetry={() => setTries(tries + 1)} onClose={undefined} />
    </div>
  );
}
