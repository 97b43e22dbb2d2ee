import { useEffect } from 'react';
import { currentCommands } from '@/state/commands';
import { preferences } from '@/state/preferences';
import { holdTabOnGuards } from '@/ui/focus-guards';
import { createKeyHandler } from './bindings';

/** Binds the keys of all registered commands. */
export function useKeys() {
  useEffect(holdTabOnGuards, []);
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
