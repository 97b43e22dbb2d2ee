import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';

/** Facts for all dialogs about one connection. */
export type DialogFacts = {
  /** Beside the title: the environment badge. */
  mark?: ReactNode;
  /** Why the action of the dialog cannot be done, which turns its last button off. */
  reason?: string | undefined;
};

const DialogContext = createContext<DialogFacts>({});

/** Sets the facts for all dialogs. */
export const DialogFactsProvider = DialogContext.Provider;
export const useDialogContext = (): DialogFacts => useContext(DialogContext);
