import { useEffect, useState } from 'react';

/** How long a secret stays on screen after somebody asked for it, in ms. */
const SHOWN_MS = 10_000;

/** Whether a secret is on screen: when shown, for ten seconds. */
export function useShownBriefly(): [isShown: boolean, show: (isShown: boolean) => void] {
  const [isShown, show] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => show(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown]);
  return [isShown, show];
}
