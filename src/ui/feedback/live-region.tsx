import { create } from 'zustand';

type Politeness = 'polite' | 'assertive';
type Said = { id: number; text: string; at: number };

const store = create<Record<Politeness, readonly Said[]>>(() => ({ polite: [], assertive: [] }));
let last = 0;

/** What was said longer ago goes with the next text, in ms: a screen reader has taken it up by then. */
const TAKEN_UP_MS = 1000;

/** Work says how far it is from then on, in ms: what is done sooner says so at its end alone. */
export const PROGRESS_SAID_AFTER_MS = 3000;

/**
 * Makes a screen reader say `text`, after what was said just before. Assertive interrupts: only for a lost lease, a lost connection
 * or a failed write. What a toast or a strip says is not announced beside it: each change is said once.
 */
export function announce(text: string, politeness: Politeness = 'polite') {
  const at = Date.now();
  const recent = store.getState()[politeness].filter((one) => at - one.at < TAKEN_UP_MS);
  store.setState({ [politeness]: [...recent, { id: ++last, text, at }] });
}

/** The live regions of `announce`. Mounted once by the app, outside of dialogs. */
export function LiveRegions() {
  const { polite, assertive } = store();
  return (
    <>
      <Region politeness="polite" said={polite} />
      <Region politeness="assertive" said={assertive} />
    </>
  );
}

/** Each text is an element of its own, so that one more is said without those before it, and the same twice. */
const Region = ({ politeness, said }: { politeness: Politeness; said: readonly Said[] }) => (
  <div aria-live={politeness} aria-relevant="additions" className="sr-only">
    {said.map(({ id, text }) => (
      <p key={id}>{text}</p>
    ))}
  </div>
);
