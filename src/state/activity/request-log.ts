import { create } from 'zustand';
import type { Exchange, Observe } from '@/azure/protocol/exchange';

/** An exchange and the connection it belongs to. */
export type LoggedExchange = Exchange & { connectionId: string };

/** Newest first; what is older than this is let go. */
export const MOST_EXCHANGES = 500;
/** Characters of bodies kept in all: 32 messages of 64 KiB every few seconds would otherwise fill the tab's memory. */
export const MOST_CHARACTERS = 16_777_216;

type Log = {
  exchanges: readonly LoggedExchange[];
  /** Exchanges started since the log was last cleared, those let go included. */
  total: number;
  paused: boolean;
};

/** Ms between two changes of the log: bulk work has thousands of exchanges a second, and whoever shows the log draws at each. */
const DRAW_EVERY_MS = 100;

const store = create<Log>(() => ({ exchanges: [], total: 0, paused: false }));

export const useExchanges = () => store((log) => log.exchanges);
export const useExchangeTotal = () => store((log) => log.total);
export const useExchange = (id: string | undefined) => store((log) => log.exchanges.find((one) => one.id === id));
export const useLogPaused = () => store((log) => log.paused);
export const loggedExchanges = () => {
  takeIn();
  return store.getState().exchanges;
};

export function clearExchanges() {
  takeIn();
  store.setState({ exchanges: [], total: 0 });
}
/** While paused nothing new is logged; exchanges already listed still get their end. */
export function pauseLog(paused: boolean) {
  takeIn();
  store.setState({ paused });
}

/** Told, and not in the log yet; the first after a quiet while is there in the next turn. */
let told: LoggedExchange[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let lastTakenIn = -Infinity;

/** What a connection's transport reports to. The end of an exchange takes the place of its start. */
export function recordExchange(connectionId: string): Observe {
  return (exchange) => {
    told.push({ ...exchange, connectionId });
    timer ??= setTimeout(takeIn, Math.max(0, lastTakenIn + DRAW_EVERY_MS - performance.now()));
  };
}

function takeIn() {
  clearTimeout(timer);
  timer = undefined;
  if (told.length === 0) return;
  const all = told;
  told = [];
  lastTakenIn = performance.now();
  store.setState((log) => record(log, all));
}

function record({ exchanges, total, paused }: Log, all: readonly LoggedExchange[]): Partial<Log> {
  const fresh = new Map<string, LoggedExchange>();
  const ends = new Map<string, LoggedExchange>();
  const listed = new Set(exchanges.map(({ id }) => id));
  for (const exchange of all) {
    if (listed.has(exchange.id)) ends.set(exchange.id, exchange);
    // A key that is set again keeps its place.
    else if (!paused) fresh.set(exchange.id, exchange);
  }
  const before = ends.size > 0 ? exchanges.map((one) => ends.get(one.id) ?? one) : exchanges;
  return { exchanges: bounded([...[...fresh.values()].toReversed(), ...before]), total: total + fresh.size };
}

function bounded(exchanges: readonly LoggedExchange[]): readonly LoggedExchange[] {
  let room = MOST_CHARACTERS;
  const kept = exchanges.slice(0, MOST_EXCHANGES);
  // The newest is always kept, however large.
  const end = kept.findIndex((one, index) => (room -= characters(one)) < 0 && index > 0);
  return end < 0 ? kept : kept.slice(0, end);
}

const characters = ({ request, response }: Exchange) => (request.body?.length ?? 0) + (response?.body.length ?? 0);
