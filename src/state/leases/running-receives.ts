import { tabName } from '../tab/tab-identity';

/** A receive that a reload interrupted, with an unknown result. */
export type CutOffReceive = {
  connectionId: string;
  queue: string;
  /** At most. */
  messages: number;
  /** Latest time at which they become visible, epoch ms by the connection's clock. */
  until: number;
};

/*
 * Running receives in `sessionStorage`: one that a reload interrupts hides messages without a known receipt, which the next page
 * shows.
 */

export const PREFIX = 'queuescope.receives.';
/** Distinguishes this page's receives from those of earlier pages. */
export const page = `${PREFIX}${Date.now().toString(36)}.`;
let last = 0;
/** True while the page is unloading, which ends requests without a response. */
let isLeaving = false;

/** Keeps receives in the storage that end because the page unloads. */
export function trackPageHide(): void {
  addEventListener('pagehide', () => (isLeaving = true));
  addEventListener('pageshow', () => (isLeaving = false));
}

export type StoredReceive = { tab: string | undefined } & CutOffReceive;

/** Stores a running receive; returns a function to call when it ends. */
export function noteReceive(receive: CutOffReceive): () => void {
  const key = `${page}${++last}`;
  try {
    sessionStorage.setItem(key, JSON.stringify({ tab: tabName(), ...receive } satisfies StoredReceive));
  } catch {
    // No storage, or a full one.
  }
  return () => {
    if (isLeaving) return;
    try {
      sessionStorage.removeItem(key);
    } catch {
      // No storage.
    }
  };
}
