import { create } from 'zustand';
import type { Exchange, Observe } from '@/azure/exchange';

/** An exchange and the connection it belongs to. */
export type LoggedExchange = Exchange & { connection: string };

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

const store = create<Log>(() => ({ exchanges: [], total: 0, paused: false }));

export const useExchanges = () => store((log) => log.exchanges);
export const useExchangeTotal = () => store((log) => log.total);
export const useExchange = (id: string | undefined) => store((log) => log.exchanges.find((one) => one.id === id));
export const useLogPaused = () => store((log) => log.paused);
export const loggedExchanges = () => store.getState().exchanges;

export const clearExchanges = () => store.setState({ exchanges: [], total: 0 });
/** While paused nothing new is logged; exchanges already listed still get their end. */
export const pauseLog = (paused: boolean) => store.setState({ paused });

/** What a connection's transport reports to. The end of an exchange takes the place of its start. */
export function recordExchange(connection: string): Observe {
  return (exchange) => store.setState((log) => record(log, { ...exchange, connection }));
}

function record(log: Log, exchange: LoggedExchange): Partial<Log> {
  const at = log.exchanges.findIndex((one) => one.id === exchange.id);
  if (at >= 0) return { exchanges: bounded(log.exchanges.with(at, exchange)) };
  if (log.paused) return {};
  return { exchanges: bounded([exchange, ...log.exchanges]), total: log.total + 1 };
}

function bounded(exchanges: readonly LoggedExchange[]): readonly LoggedExchange[] {
  let room = MOST_CHARACTERS;
  const kept = exchanges.slice(0, MOST_EXCHANGES);
  // The newest is always kept, however large.
  const end = kept.findIndex((one, index) => (room -= characters(one)) < 0 && index > 0);
  return end < 0 ? kept : kept.slice(0, end);
}

const characters = ({ request, response }: Exchange) => (request.body?.length ?? 0) + (response?.body.length ?? 0);
