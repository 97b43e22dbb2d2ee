import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function snapshot() {
  // Nobody listened for a while: what was last read is old.
  if (timer === undefined && Date.now() - now >= 1000) now = Date.now();
  return now;
}

/** The time in ms, stepping once a second; every reader shares one timer and so steps together. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}
