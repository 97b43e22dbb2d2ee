import { sessionKeys } from '../tab/session-storage-keys';
import { tabName } from '../tab/tab-identity';
import type { CutOffReceive } from './restored-leases';

/*
 * Receives that are under way, in `sessionStorage`: one that a reload cuts off hides messages whose receipts nobody ever
 * gets, and only who wrote that down can say so afterwards.
 */

const PREFIX = 'queuescope.receives.';
/** Tells this page's receives from those of the page before it. */
const page = `${PREFIX}${Date.now().toString(36)}.`;
let last = 0;
/** The page is going away, which ends its requests: that is no answer. */
let isLeaving = false;

/** From now on a receive that ends because the page goes away stays written. */
export function followLeaving(): void {
  addEventListener('pagehide', () => (isLeaving = true));
  addEventListener('pageshow', () => (isLeaving = false));
}

type Written = { tab: string | undefined } & CutOffReceive;

/** Writes down that messages are being received; call what it returns when the answer, or none, has come. */
export function noteReceive(receive: CutOffReceive): () => void {
  const key = `${page}${++last}`;
  try {
    sessionStorage.setItem(key, JSON.stringify({ tab: tabName(), ...receive } satisfies Written));
  } catch {
    // A page without storage, or with a full one, cannot say it.
  }
  return () => {
    if (isLeaving) return;
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was written.
    }
  };
}

/** What pages before this one were receiving when they ended. It stays written, so that the next page knows it too. */
export function cutOffReceives(): (Written & { forget: () => void })[] {
  const before = sessionKeys(PREFIX).filter((key) => !key.startsWith(page));
  return before.flatMap((key) => {
    const forget = () => sessionStorage.removeItem(key);
    try {
      return [{ ...(JSON.parse(sessionStorage.getItem(key) ?? '') as Written), forget }];
    } catch {
      forget();
      return [];
    }
  });
}
