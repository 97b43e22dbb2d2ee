import type { LoggedExchange } from '@/state/activity/request-log';

/** As many of the latest are taken. */
const LATEST = 50;

/** Ms of one request of a connection as the log of requests has them, the middle one; undefined before the first. */
export function measuredRoundTrip(exchanges: readonly LoggedExchange[], connectionId: string): number | undefined {
  const durations = exchanges
    .filter((exchange) => exchange.connectionId === connectionId && exchange.response !== undefined)
    .slice(0, LATEST)
    .flatMap(({ duration }) => duration ?? [])
    .toSorted((one, other) => one - other);
  return durations[Math.floor(durations.length / 2)];
}
