import { useEffect, useState } from 'react';

/** Ms for which a secret stays on screen. */
const SHOWN_MS = 10_000;

/** True while a secret is shown, which ends by itself after ten seconds. */
export function useShownBriefly(): [isShown: boolean, show: (isShown: boolean) => void] {
  const [isShown, show] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => show(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown]);
  return [isShown, show];
}
