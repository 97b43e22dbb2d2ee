import { createContext, type ReactNode, useContext } from 'react';

/** The scrim behind any modal. */
export const backdrop =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-(--t-slow) data-ending-style:opacity-0 data-starting-style:opacity-0';

/** A centred modal panel; its size is the caller's. */
export const panel =
  'fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] -translate-1/2 overflow-hidden rounded-12 bg-raised text-text shadow-3 transition duration-(--t-slow) outline-none data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 forced-colors:border';

/** Facts for all dialogs about one connection. */
type DialogFacts = {
  /** Beside the title: the environment badge. */
  mark?: ReactNode;
  /** Why the action of the dialog cannot be done, which turns its last button off. */
  reason?: string | undefined;
};

const DialogContext = createContext<DialogFacts>({});

/** Sets the facts for all dialogs. */
export const DialogFactsProvider = DialogContext.Provider;
export const useDialogContext = (): DialogFacts => useContext(DialogContext);
