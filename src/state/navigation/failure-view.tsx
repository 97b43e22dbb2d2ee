import { createContext, type ReactNode, useContext } from 'react';

/** A first load that failed, to be shown in the place where the data would be. */
export type Failure = {
  error: Error;
  /** `Account.id` of the connection it happened on. */
  connectionId: string;
  /** Tries the same again. */
  onRetry: () => void;
};

type Explain = (failure: Failure) => ReactNode;

const FailureContext = createContext<Explain>(({ error }) => <p role="alert">{error.message}</p>);

/** The app says how failures of a connection are explained; features that load data only ask for it. */
export function FailureViewProvider({ explain, children }: { explain: Explain; children: ReactNode }) {
  return <FailureContext value={explain}>{children}</FailureContext>;
}

/** Explains why a load failed: what happened, why if known, the next step. */
export function FailureView(failure: Failure) {
  return useContext(FailureContext)(failure);
}
