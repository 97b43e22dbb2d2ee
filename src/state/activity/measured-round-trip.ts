import { type LoggedExchange, loggedExchanges, useExchanges } from './request-log';

/** Latest requests that are measured. */
const LATEST = 50;

/** The median duration in ms of the latest answered requests of a connection; undefined before the first. */
function measuredRoundTrip(exchanges: readonly LoggedExchange[], connectionId: string): number | undefined {
  const durations = exchanges
    .filter((exchange) => exchange.connectionId === connectionId && exchange.response !== undefined)
    .slice(0, LATEST)
    .flatMap(({ duration }) => duration ?? [])
    .toSorted((one, other) => one - other);
  return durations[Math.floor(durations.length / 2)];
}

/** The same now, for what is not drawn. */
export const roundTripNow = (connectionId: string): number | undefined =>
  measuredRoundTrip(loggedExchanges(), connectionId);

/** The same, as the log grows. */
export const useMeasuredRoundTrip = (connectionId: string): number | undefined =>
  measuredRoundTrip(useExchanges(), connectionId);
