import { create } from 'zustand';
import type { Exchange, Observe } from '@/azure/protocol/exchange';

/** An exchange and the connection it belongs to. */
export type LoggedExchange = Exchange & {
  connectionId: string;
  /** True when nobody asked for it: live mode, or the counts of the list of queues. */
  isRefresh?: boolean;
};

/** Of the log; older exchanges are dropped. */
export const MOST_EXCHANGES = 500;
/** Of all bodies in the log: 32 messages of 64 KiB every few seconds would otherwise fill the tab's memory. */
export const MOST_CHARACTERS = 16_777_216;

type Log = {
  exchanges: readonly LoggedExchange[];
  /** Exchanges started since the log was last cleared, dropped ones included. */
  total: number;
  paused: boolean;
};

/** Between two changes of the log: bulk work has thousands of exchanges a second, and every change renders. */
const DRAW_EVERY_MS = 100;

const store = create<Log>(() => ({ exchanges: [], total: 0, paused: false }));

export const useExchanges = () => store((log) => log.exchanges);
export const useExchangeTotal = () => store((log) => log.total);
export const useExchange = (id: string | undefined) => store((log) => log.exchanges.find((one) => one.id === id));
export const useLogPaused = () => store((log) => log.paused);
export const loggedExchanges = () => {
  flush();
  return store.getState().exchanges;
};

export function clearExchanges() {
  flush();
  store.setState({ exchanges: [], total: 0 });
}
/** Pauses the log: nothing new is logged, but listed exchanges still get their end. */
export function pauseLog(paused: boolean) {
  flush();
  store.setState({ paused });
}

/** Exchanges that are not in the log yet; flushed at most every 100 ms, leading edge. */
let buffered: LoggedExchange[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let lastFlushAt = -Infinity;

/** Returns the observer of a connection's transport. The end of an exchange replaces its start. */
export function recordExchange(connectionId: string): Observe {
  return (exchange) => {
    buffered.push({ ...exchange, connectionId });
    timer ??= setTimeout(flush, Math.max(0, lastFlushAt + DRAW_EVERY_MS - performance.now()));
  };
}

/** As the `observe` of a call, which is told after the log: marks its exchanges as refreshes. */
export const noteRefresh: Observe = ({ id }) => {
  const last = buffered.at(-1);
  if (last?.id === id) last.isRefresh = true;
};

function flush() {
  clearTimeout(timer);
  timer = undefined;
  if (buffered.length === 0) return;
  const all = buffered;
  buffered = [];
  lastFlushAt = performance.now();
  store.setState((log) => record(log, all));
}

function record({ exchanges, total, paused }: Log, all: readonly LoggedExchange[]): Partial<Log> {
  const fresh = new Map<string, LoggedExchange>();
  const ends = new Map<string, LoggedExchange>();
  const listed = new Set(exchanges.map(({ id }) => id));
  for (const exchange of all) {
    if (listed.has(exchange.id)) ends.set(exchange.id, exchange);
    // Setting a key again keeps its position.
    else if (!paused) fresh.set(exchange.id, exchange);
  }
  const before = ends.size > 0 ? exchanges.map((one) => ends.get(one.id) ?? one) : exchanges;
  return { exchanges: bounded([...[...fresh.values()].toReversed(), ...before]), total: total + fresh.size };
}

function bounded(exchanges: readonly LoggedExchange[]): readonly LoggedExchange[] {
  let room = MOST_CHARACTERS;
  const newest = exchanges.slice(0, MOST_EXCHANGES);
  // The newest stays, however large.
  const end = newest.findIndex((one, index) => (room -= characters(one)) < 0 && index > 0);
  return end < 0 ? newest : newest.slice(0, end);
}

const characters = ({ request, response }: Exchange) => (request.body?.length ?? 0) + (response?.body.length ?? 0);
