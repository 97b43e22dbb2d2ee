import { create } from 'zustand';

type Politeness = 'polite' | 'assertive';
const store = create<Record<Politeness, string>>(() => ({ polite: '', assertive: '' }));

/** Makes a screen reader say `text`. Assertive interrupts: only for a lost lease, a lost connection or a failed write. */
export function announce(text: string, politeness: Politeness = 'polite') {
  // The same text twice would not change the region; a no-break space makes it different.
  const isRepeated = store.getState()[politeness] === text;
  store.setState({ [politeness]: isRepeated ? `${text}\u00a0` : text });
}

/** The live regions of `announce`. Mounted once by the app, outside of dialogs. */
export function LiveRegions() {
  const { polite, assertive } = store();
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
