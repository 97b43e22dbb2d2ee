import { requestsAtOnce } from '@/state/connections/requests-at-once';

export type PaceChoice = {
  concurrency: number;
  /** Messages begun per second at most; 0: no limit. */
  perSecond: number;
};

/** Items at a time where a browser opens six connections: none of them is idle between two items. */
const USUAL_CONCURRENCY = 8;

/** As many items at a time as the way to the account takes. */
export const usualPace = (connectionId: string): PaceChoice => ({
  concurrency: Math.max(USUAL_CONCURRENCY, requestsAtOnce(connectionId)),
  perSecond: 0,
});

/** One after another, so that messages keep their order. */
export const IN_ORDER: PaceChoice = { concurrency: 1, perSecond: 0 };

/** In which order so many requests at a time reach the service. `doing`: "They are sent"; `order`: "in their order". */
export const orderText = (doing: string, order: string, concurrency: number): string =>
  concurrency === 1
    ? `${doing} one after another, ${order}. Azure promises no order.`
    : `${doing} ${concurrency} at a time, so that neighbours may change places.`;

/** The pace as `startJob` takes it. */
export const paceOptions = ({ concurrency, perSecond }: PaceChoice) => ({
  concurrency,
  ...(perSecond > 0 && { perSecond }),
});

export type PaceOptions = ReturnType<typeof paceOptions>;
