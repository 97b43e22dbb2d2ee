import { create } from 'zustand';
import { type StoredLease, toStoredLease } from '@/messages/stored-leases';
import { records, useAnyRecords } from '../messages/records';
import { sessionKeys } from '../tab/session-storage-keys';
import { type CutOffReceive, PREFIX, page, type StoredReceive } from './running-receives';

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
