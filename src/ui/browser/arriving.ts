import { useLayoutEffect } from 'react';
import type { KeptKey } from './give-keys';
import { isComposing } from './is-composing';

/** Most keys that are kept: more is a key that is held down. */
const MOST_KEYS = 300;
/** Frames in which a part is on screen after its code came, and in which a dialog that is on screen takes the focus. */
const FRAMES = { drawn: 4, focused: 20 };

type Part = {
  /** True for a screen, which takes keys without a field. */
  isPage?: boolean;
  /** True for a part of a screen that is there, to which the focus goes: of that screen only a field goes on. */
  isPane?: boolean;
  /** Calls the opening off. */
  onCancel?: (() => void) | undefined;
};
const parts = new Set<Part>();
const kept: KeptKey[] = [];
/** True from when the last part is drawn until it has the focus and its keys. */
let isSettling = false;

const TEXTS = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, select';

const topDialog = () =>
  [...document.querySelectorAll(':is([role=dialog], [role=alertdialog], [role=menu]):not([data-closed])')].at(-1);

/** Registers a part that takes the focus when it is there. @returns a function for when it is drawn, or does not come */
function arrive(part: Part): () => void {
  parts.add(part);
  return () => {
    if (parts.delete(part) && parts.size === 0) void settle(part.isPage || part.isPane, part.isPane);
  };
}

/**
 * Stands for a lazy part that takes the focus, until it is there: keys that are pressed meanwhile are kept for it.
 * Esc calls `onCancel`.
 */
export function Arriving({ isPage = false, isPane = false, onCancel }: Part): null {
  useLayoutEffect(() => arrive({ isPage, isPane, onCancel }), [isPage, isPane, onCancel]);
  return null;
}

/** Keeps keys for a dialog that was just drawn until it has the focus. */
export function useArrived(): void {
  useLayoutEffect(() => arrive({})(), []);
}

/** Keeps keys while code is loaded that a key or a click asked for. */
export async function arriving<Loaded>(loading: Promise<Loaded>): Promise<Loaded> {
  const end = arrive({ isPage: true });
  // What the code does comes first.
  return loading.finally(() => setTimeout(end));
}

/** Gives the keys to what came, once it has the focus. Without it they are dropped: none of them acts on the page. */
async function settle(isPage = false, isPane = false) {
  if (isSettling) return;
  isSettling = true;
  // What leads the focus to a pane finds it when it is drawn.
  for (let frame = 0; isPane && frame < FRAMES.drawn; frame++) await new Promise(requestAnimationFrame);
  /** A page takes them too once a dialog had the first of them. */
  let mayBePage = isPage;
  const isThere = () => parts.size === 0 && (topDialog()?.matches(':focus-within') ?? mayBePage);
  do {
    for (let frame = 0; parts.size === 0 && !isThere(); frame++) {
      if (frame >= (topDialog() ? FRAMES.focused : FRAMES.drawn)) break;
      await new Promise(requestAnimationFrame);
    }
    if (!isThere() || kept.length === 0) break;
    mayBePage = true;
    await import('./give-keys').then(({ giveKeys }) => giveKeys(kept, isThere)).catch(() => (kept.length = 0));
  } while (parts.size === 0);
  isSettling = false;
  if (parts.size === 0) kept.length = 0;
}

/** Space and Enter press a focused button when they come up, in some browsers. */
function release(event: KeyboardEvent) {
  if (kept.length > 0) event.preventDefault();
}

function paste(event: ClipboardEvent) {
  const pasted = event.clipboardData?.getData('text/plain');
  if (!event.isTrusted || !pasted || (parts.size === 0 && !isSettling)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  kept.push({ pasted });
}

/**
 * Keeps every key that is pressed while a part is on its way, before anything else sees it.
 * @param isTaken true when what has the focus has its own use for the key
 * @returns a function that ends it
 */
export function keepKeys(isTaken: (event: KeyboardEvent) => boolean): () => void {
  function press(event: KeyboardEvent) {
    if (!event.isTrusted || (parts.size === 0 && !isSettling) || isComposing(event)) return;
    const { key, code, ctrlKey, metaKey, shiftKey } = event;
    if (key === 'Escape') {
      kept.length = 0;
      const last = [...parts].findLast(({ onCancel }) => onCancel);
      if (!last) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Nothing comes that would take the focus.
      parts.delete(last);
      last.onCancel?.();
      return;
    }
    // A field of a screen that is there goes on.
    const isField = event.target instanceof Element && event.target.matches(TEXTS);
    const mayGoOn = ({ isPage, isPane }: Part) => (isPane ? isField : isPage && isTaken(event));
    if (!topDialog() && parts.size > 0 && [...parts].every(mayGoOn)) return;
    event.stopImmediatePropagation();
    const isText = key.length === 1 && (!(ctrlKey || metaKey || event.altKey) || event.getModifierState('AltGraph'));
    const isKept = isText || /^(Backspace|Tab|Enter|Home|End|Arrow\w+)$/.test(key);
    if (!isKept || kept.length >= MOST_KEYS) return;
    event.preventDefault();
    kept.push({ key, code, ctrlKey, metaKey, shiftKey });
  }
  const listen = { capture: true };
  addEventListener('keydown', press, listen);
  addEventListener('keyup', release, listen);
  addEventListener('paste', paste, listen);
  return () => {
    removeEventListener('keydown', press, listen);
    removeEventListener('keyup', release, listen);
    removeEventListener('paste', paste, listen);
  };
}
