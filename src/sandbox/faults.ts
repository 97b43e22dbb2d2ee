/** What can go wrong on demand. Shares are chances from 0 to 1, drawn for each request from the seed. */
export type Faults = {
  /** Real ms added to each answer: half on the way there, half on the way back. */
  latency: number;
  /** Share answered 503 ServerBusy before acting. */
  busy: number;
  /** Share answered 500 InternalError before acting. */
  serverErrors: number;
  /** Share whose connection breaks before the service acted: `fetch` rejects with a TypeError. */
  lostBefore: number;
  /** Share whose connection breaks after the service acted. */
  lostAfter: number;
  /** Share whose answer breaks off in the middle of its body, after the service acted. */
  truncated?: number;
  /** Ms by which the service's own idea of time is off, as told in `Date` and used to judge signatures. */
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
