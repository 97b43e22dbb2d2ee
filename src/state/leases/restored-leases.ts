import { create } from 'zustand';
import { type StoredLease, toStoredLease } from '@/messages/stored-leases';
import { records, useAnyRecords } from '../messages/records';

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
