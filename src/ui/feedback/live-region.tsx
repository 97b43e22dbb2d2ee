import { useSyncExternalStore } from 'react';

type Politeness = 'polite' | 'assertive';
let said: Record<Politeness, string> = { polite: '', assertive: '' };
const listeners = new Set<() => void>();

/** Has a screen reader say `text`. Assertive interrupts: only a lost lease, a lost connection or a failed write. */
export function announce(text: string, politeness: Politeness = 'polite') {
  // The same words twice would be no change to the region; an added no-break space makes them news.
  const repeated = said[politeness] === text;
  said = { ...said, [politeness]: repeated ? `${text}\u00a0` : text };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Mounted once by the app, outside of dialogs; `announce` speaks through it. */
export function LiveRegions() {
  const { polite, assertive } = useSyncExternalStore(subscribe, () => said);
  return (
    <>
      <div aria-live="polite" aria-atomic="true" className="sr-only">
        {polite}
      </div>
      <div aria-live="assertive" aria-atomic="true" className="sr-only">
        {assertive}
      </div>
    </>
  );
}
