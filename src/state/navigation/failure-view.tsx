import { createContext, type ReactNode, useContext } from 'react';

/** A failed first load, to show in place of the data. */
export type Failure = {
  error: Error;
  /** `Account.id` of the connection it happened on. */
  connectionId: string;

  onRetry: () => void;
};

type Explain = (failure: Failure) => ReactNode;

const FailureContext = createContext<Explain>(({ error }) => <p role="alert">{error.message}</p>);

/** Sets how the app explains failures of a connection. */
export function FailureViewProvider({ explain, children }: { explain: Explain; children: ReactNode }) {
  return <FailureContext value={explain}>{children}</FailureContext>;
}

/** Shows what failed, why if known, and the next step. */
export function FailureView(failure: Failure) {
  return useContext(FailureContext)(failure);
}
