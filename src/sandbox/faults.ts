/** Faults of the sandbox. Shares are probabilities from 0 to 1, drawn for each request from the seed. */
export type Faults = {
  /** Real ms added to each request: half before, half after the operation. */
  latency: number;
  /** Share answered 503 ServerBusy before the operation. */
  busy: number;
  /** Share answered 500 InternalError before the operation. */
  serverErrors: number;
  /** Share whose connection breaks before the operation: `fetch` rejects with a TypeError. */
  lostBefore: number;
  /** Share whose connection breaks after the operation. */
  lostAfter: number;
  /** Share whose response body is truncated, after the operation. */
  truncated?: number;
  /** Ms by which the service's clock is off, in `Date` and for checking signatures. */
  clockSkew: number;
  /** More requests than this in one real second are answered 503 ServerBusy; undefined for no limit. */
  perSecond: number | undefined;
};

export const NO_FAULTS: Faults = {
  latency: 0,
  busy: 0,
  serverErrors: 0,
  lostBefore: 0,
  lostAfter: 0,
  truncated: 0,
  clockSkew: 0,
  perSecond: undefined,
};
