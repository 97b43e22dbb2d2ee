import { create } from 'zustand';
import type { Clock } from '@/sandbox/clock';

/** The clock of a connection: this device's, or the sandbox's own, which can be stopped and moved. */
export type ConnectionClock = Pick<Clock, 'now' | 'paused' | 'speed' | 'subscribe'>;

const DEVICE: ConnectionClock = { now: () => Date.now(), paused: false, speed: 1, subscribe: () => () => {} };

const store = create<Readonly<Record<string, ConnectionClock>>>(() => ({}));
const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};

/** Sets the clock of a connection; returns a function that restores the device's. */
export function setClock(connectionId: string, clock: ConnectionClock): () => void {
  store.setState({ [connectionId]: clock });
  notify();
  const stop = clock.subscribe(notify);
  return () => {
    stop();
    store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);
    notify();
  };
}

export const clockOf = (connectionId: string): ConnectionClock => store.getState()[connectionId] ?? DEVICE;

/** `clockOf` for components. */
export const useClock = (connectionId: string | undefined): ConnectionClock =>
  store((state) => (connectionId === undefined ? undefined : state[connectionId])) ?? DEVICE;

/** Epoch ms by the clock of a connection. */
export const nowOf = (connectionId: string): number => clockOf(connectionId).now();

/** The largest signed 32-bit integer: `setTimeout` fires at once for a longer delay. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Real ms until the clock of a connection shows `time` (epoch ms), 0 when it has passed; Infinity while it is paused. */
export function realDelay(connectionId: string, time: number): number {
  const clock = clockOf(connectionId);
  const remainingMs = time - clock.now();
  if (remainingMs <= 0) return 0;
  return clock.paused ? Number.POSITIVE_INFINITY : remainingMs / clock.speed;
}

/** Calls `changed` when a clock was set, stopped, moved or changed its speed; returns a function that ends that. */
export function whenClocksChange(changed: () => void) {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Smaller changes of a skew are ignored: `Date` headers have whole seconds, and each change renders. */
const NOTICEABLE_MS = 500;

/** Measured ms from the clock of a connection to its service's, by connection. */
const skews = create<Readonly<Record<string, number>>>(() => ({}));

/** Records a measured skew in ms, from `Account.clockSkew`. */
export function noteSkew(connectionId: string, skew: number | undefined) {
  const last = skews.getState()[connectionId];
  if (skew === undefined || (last !== undefined && Math.abs(skew - last) < NOTICEABLE_MS)) return;
  skews.setState({ [connectionId]: skew });
}

/** Ms from the clock of a connection to its service's, for components; undefined means unknown, not 0. */
export const useServiceSkew = (connectionId: string | undefined) =>
  skews((state) => (connectionId === undefined ? undefined : state[connectionId]));

/** Epoch ms by the clock of the service; by the connection's while that is unknown. */
export const serviceNowOf = (connectionId: string): number =>
  nowOf(connectionId) + (skews.getState()[connectionId] ?? 0);
