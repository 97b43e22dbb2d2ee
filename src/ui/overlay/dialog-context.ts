import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';

/** What holds for any dialog of the place it is about. */
export type DialogFacts = {
  /** Beside the title: the environment. */
  mark?: ReactNode;
  /** Why what the dialog is for cannot be done, which turns its last button off. */
  reason?: string | undefined;
};

const DialogContext = createContext<DialogFacts>({});

/** Whoever opens dialogs says it once for all of them. */
export const DialogFactsProvider = DialogContext.Provider;
export const useDialogContext = (): DialogFacts => useContext(DialogContext);
