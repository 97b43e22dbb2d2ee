import { createContext, useContext, useSyncExternalStore } from 'react';

/** Something that tells the time: this device, or a clock that can be moved. */
export type TimeSource = {
  /** Epoch ms. */
  now(): number;
  /** Tells of jumps, not of ticking. */
  subscribe(jumped: () => void): () => void;
};

type Ticker = { subscribe: (listener: () => void) => () => void; snapshot: () => number };

const device: TimeSource = { now: () => Date.now(), subscribe: () => () => {} };
const NowContext = createContext(device);

/** Lets `useNow` below it tell the time by another clock than this device's. */
export const NowProvider = NowContext.Provider;

const AheadContext = createContext(0);

/** Ms by which the service that dated what is shown below is ahead of the clock of `useNow`. */
export const ServiceAheadProvider = AheadContext.Provider;

/** As `useNow`, by the clock of the service: what it dated is as old, and lives as long, as this tells. */
export function useServiceNow(): number {
  const ahead = useContext(AheadContext);
  return useNow() + ahead;
}

/** The time in ms, stepping once a second; every reader of a clock shares one timer and so steps together. */
export function useNow(): number {
  const { subscribe, snapshot } = tickerOf(useContext(NowContext));
  return useSyncExternalStore(subscribe, snapshot);
}

/** As `useNow`, by this device's clock whatever is on screen. */
export function useDeviceNow(): number {
  const { subscribe, snapshot } = tickerOf(device);
  return useSyncExternalStore(subscribe, snapshot);
}

const tickers = new WeakMap<TimeSource, Ticker>();

function tickerOf(source: TimeSource): Ticker {
  const known = tickers.get(source);
  if (known) return known;
  const made = createTicker(source);
  tickers.set(source, made);
  return made;
}

function createTicker(source: TimeSource): Ticker {
  let now = source.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  let stopListening: (() => void) | undefined;
  const listeners = new Set<() => void>();

  function tick() {
    now = source.now();
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener) {
      if (listeners.size === 0) {
        timer = setInterval(tick, 1000);
        stopListening = source.subscribe(tick);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        stopListening?.();
      };
    },
    snapshot() {
      // Nobody listened for a while: what was last read is old.
      if (timer === undefined && Math.abs(source.now() - now) >= 1000) now = source.now();
      return now;
    },
  };
}
