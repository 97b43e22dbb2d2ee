import { create } from 'zustand';
import type { Clock } from '@/sandbox/clock';

/** What the times of a connection are told by: this device's clock, or the sandbox's own, which can stop and be moved. */
export type ConnectionClock = Pick<Clock, 'now' | 'paused' | 'speed' | 'subscribe'>;

const DEVICE: ConnectionClock = { now: () => Date.now(), paused: false, speed: 1, subscribe: () => () => {} };

const store = create<Readonly<Record<string, ConnectionClock>>>(() => ({}));
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** From now on the connection lives by a clock of its own; returns what gives it the device's back. */
export function setClock(connectionId: string, clock: ConnectionClock): () => void {
  store.setState({ [connectionId]: clock });
  tell();
  const stop = clock.subscribe(tell);
  return () => {
    stop();
    store.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== connectionId)), true);
    tell();
  };
}

export const clockOf = (connectionId: string): ConnectionClock => store.getState()[connectionId] ?? DEVICE;

/** The clock of a connection, for components; the device's when there is none. */
export const useClock = (connectionId: string | undefined): ConnectionClock =>
  store((state) => (connectionId === undefined ? undefined : state[connectionId])) ?? DEVICE;

/** Epoch ms by the clock of a connection. */
export const nowOf = (connectionId: string): number => clockOf(connectionId).now();

/** Ms; `setTimeout` counts in 32 bits with a sign, and one that is longer rings at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Real ms until the clock of a connection shows `time` (epoch ms), 0 when it has passed; Infinity while it stands. */
export function realDelay(connectionId: string, time: number): number {
  const clock = clockOf(connectionId);
  const left = time - clock.now();
  if (left <= 0) return 0;
  return clock.paused ? Number.POSITIVE_INFINITY : left / clock.speed;
}

/** Calls back when some clock was set, stopped, moved or changed its pace, not when it ticks; returns what stops it. */
export function whenClocksChange(changed: () => void) {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Ms; `Date` headers have whole seconds, and what is drawn must not change with each answer. */
const NOTICEABLE_MS = 500;

/** Ms from the clock of a connection to its service's, as measured; none where no answer has shown its date. */
const skews = create<Readonly<Record<string, number>>>(() => ({}));

/** Takes in what was measured, as `Account.clockSkew` gives it. */
export function noteSkew(connectionId: string, skew: number | undefined) {
  const known = skews.getState()[connectionId];
  if (skew === undefined || (known !== undefined && Math.abs(skew - known) < NOTICEABLE_MS)) return;
  skews.setState({ [connectionId]: skew });
}

/** Ms from the clock of a connection to its service's, for components; undefined means unknown, not 0. */
export const useServiceSkew = (connectionId: string | undefined) =>
  skews((state) => (connectionId === undefined ? undefined : state[connectionId]));

/** Epoch ms by the clock of the service, by which messages are dated; by the connection's while that is unknown. */
export const serviceNowOf = (connectionId: string): number =>
  nowOf(connectionId) + (skews.getState()[connectionId] ?? 0);
