import { useEffect } from 'react';
import { currentCommands } from '@/state/commands';
import { preferences } from '@/state/preferences';
import { holdTabOnGuards } from '@/ui/focus-guards';
import { createKeyHandler } from './bindings';

let kept: Promise<unknown> | undefined;
/** For as long as the page is open; not needed before something that has the focus goes. */
const keepFocus = () => void (kept ??= import('@/ui/focus-home').then(({ keepFocusHome }) => keepFocusHome()));

/** Binds the keys of all registered commands. */
export function useKeys() {
  useEffect(holdTabOnGuards, []);
  useEffect(keepFocus, []);
  useEffect(() => {
    const handler = createKeyHandler(() => ({
      commands: currentCommands(),
      singleKeys: preferences().singleKeys,
      // Asked of the document, since a feature may open a dialog of its own.
      dialogOpen: document.querySelector('[role=dialog], [role=alertdialog]') !== null,
    }));
    addEventListener('keydown', handler);
    return () => removeEventListener('keydown', handler);
  }, []);
}
