import { createContext, useContext } from 'react';

type IsHeld = (id: string) => boolean;

export const holdsNothing: IsHeld = () => false;
const HoldsContext = createContext(holdsNothing);

/** Tells what is below it which messages a browse hides at the moment. */
export const HoldsProvider = HoldsContext.Provider;

/** Which messages a browse hides: not leases to work with, as it returns them by itself. */
export const useHolds = () => useContext(HoldsContext);
