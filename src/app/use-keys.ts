import { useEffect } from 'react';
import { currentCommands } from '@/state/navigation/commands';
import { preferences } from '@/state/settings/preferences';
import { holdTabOnGuards } from '@/ui/overlay/focus-guards';
import { createKeyHandler } from './bindings';

let kept: Promise<unknown> | undefined;
/** For as long as the page is open; not needed before something that has the focus goes. */
const keepFocus = () =>
  void (kept ??= import('@/ui/overlay/focus-home').then(({ restoreLostFocus: keepFocusHome }) => keepFocusHome()));

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
