import { create } from 'zustand';
import { type StoredLease, toStoredLease } from '@/messages/stored-leases';
import { records, useAnyRecords } from '../messages/records';
import { sessionKeys } from '../tab/session-storage-keys';
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

export const cutOff = create<{ receives: readonly CutOffReceive[] }>(() => ({ receives: [] }));

/** Interrupted receives that may still hide messages. */
export const useCutOffReceives = () => cutOff((state) => state.receives);

/** `restoredLeases` for components. */
export function useEarlierLeases(): StoredLease[] {
  useAnyRecords();
  return restoredLeases();
}

/** Unclaimed leases from before the last reload, or that a job or a browse could not return. */
export function restoredLeases(): StoredLease[] {
  const leases: StoredLease[] = [];
  for (const queue of records.queues()) {
    for (const record of queue.leased('left')) {
      const stored = !record.claim ? toStoredLease(queue.ref, record) : undefined;
      if (stored) leases.push(stored);
    }
  }
  return leases;
}

/*
 * Running receives in `sessionStorage`: one that a reload interrupts hides messages without a known receipt, which the next page
 * shows.
 */

const PREFIX = 'queuescope.receives.';
/** Distinguishes this page's receives from those of earlier pages. */
const page = `${PREFIX}${Date.now().toString(36)}.`;
let last = 0;
/** True while the page is unloading, which ends requests without a response. */
let isLeaving = false;

/** Keeps receives in the storage that end because the page unloads. */
export function trackPageHide(): void {
  addEventListener('pagehide', () => (isLeaving = true));
  addEventListener('pageshow', () => (isLeaving = false));
}

type StoredReceive = { tab: string | undefined } & CutOffReceive;

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

/** Interrupted receives of earlier pages. They stay stored until `forget`, so that the next page has them, too. */
export function cutOffReceives(): (StoredReceive & { forget: () => void })[] {
  const before = sessionKeys(PREFIX).filter((key) => !key.startsWith(page));
  return before.flatMap((key) => {
    const forget = () => sessionStorage.removeItem(key);
    try {
      return [{ ...(JSON.parse(sessionStorage.getItem(key) ?? '') as StoredReceive), forget }];
    } catch {
      forget();
      return [];
    }
  });
}
