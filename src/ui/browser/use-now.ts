import { createContext, useContext, useSyncExternalStore } from 'react';

/** A clock: this device's, or one that can be moved. */
export type TimeSource = {
  /** Epoch ms. */
  now(): number;
  /** Calls `jumped` when the clock is set, not when it ticks. */
  subscribe(jumped: () => void): () => void;
};

type Ticker = { subscribe: (listener: () => void) => () => void; snapshot: () => number };

const device: TimeSource = { now: () => Date.now(), subscribe: () => () => {} };
const NowContext = createContext(device);

/** Sets the clock of `useNow`. */
export const NowProvider = NowContext.Provider;

const AheadContext = createContext(0);

/** Sets how far (ms) the service's clock is ahead of that of `useNow`. */
export const ServiceAheadProvider = AheadContext.Provider;

/**
 * What `of` makes of `useServiceNow`, a text or a number: whoever uses it is drawn anew when that changes, and not once a second.
 * Hundreds of times on screen then cost nothing while they stand still.
 */
export function useServiceNowAs<Shown extends string | number | boolean>(of: (now: number) => Shown): Shown {
  const ahead = useContext(AheadContext);
  return useNowAs((now) => of(now + ahead));
}

/** `useServiceNowAs` by the clock of `useNow`. */
export function useNowAs<Shown extends string | number | boolean | undefined>(of: (now: number) => Shown): Shown {
  const { subscribe, snapshot } = tickerOf(useContext(NowContext));
  return useSyncExternalStore(subscribe, () => of(snapshot()));
}

/** `useNowAs` by this device's clock. */
export function useDeviceNowAs<Shown extends string | number | boolean | undefined>(of: (now: number) => Shown): Shown {
  const { subscribe, snapshot } = tickerOf(device);
  return useSyncExternalStore(subscribe, () => of(snapshot()));
}

/** `useNow` by the clock of the service, for its timestamps. */
export function useServiceNow(): number {
  const ahead = useContext(AheadContext);
  return useNow() + ahead;
}

/** Reads the clock of `useServiceNow` when something happens; whoever uses it is not drawn anew by time. */
export function useServiceClock(): () => number {
  const ahead = useContext(AheadContext);
  const source = useContext(NowContext);
  return () => source.now() + ahead;
}

/** Epoch ms, updated once a second; all components with the same clock share one timer. */
export function useNow(): number {
  const { subscribe, snapshot } = tickerOf(useContext(NowContext));
  return useSyncExternalStore(subscribe, snapshot);
}

/** `useNow` by this device's clock. */
export function useDeviceNow(): number {
  const { subscribe, snapshot } = tickerOf(device);
  return useSyncExternalStore(subscribe, snapshot);
}

const tickers = new WeakMap<TimeSource, Ticker>();

function tickerOf(source: TimeSource): Ticker {
  const cached = tickers.get(source);
  if (cached) return cached;
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
      // Without listeners, the last value may be old.
      if (timer === undefined && Math.abs(source.now() - now) >= 1000) now = source.now();
      return now;
    },
  };
}
