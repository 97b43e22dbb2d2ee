import { create } from 'zustand';
import type { StoredLease } from '@/messages/stored-leases';
import { toStoredLease } from '@/messages/stored-leases';
import { records, useAnyRecords } from '../messages/records';

/** A receive whose answer a reload cut off: nobody knows what it brought, or whether it brought anything. */
export type CutOffReceive = {
  connectionId: string;
  queue: string;
  /** So many at most. */
  messages: number;
  /** Epoch ms by the connection's clock: no later than then they show by themselves. */
  until: number;
};

export const cutOff = create<{ receives: readonly CutOffReceive[] }>(() => ({ receives: [] }));

/** Receives that the last reload cut off and that may still hide messages. */
export const useCutOffReceives = () => cutOff((state) => state.receives);

/** Leases that nobody works with: from before the last reload, or not returned by a job or a browse. */
export function useEarlierLeases(): StoredLease[] {
  useAnyRecords();
  return restoredLeases();
}

export function restoredLeases(): StoredLease[] {
  const left: StoredLease[] = [];
  for (const queue of records.queues()) {
    for (const record of queue.leased('left')) {
      const kept = !record.claim ? toStoredLease(queue.ref, record) : undefined;
      if (kept) left.push(kept);
    }
  }
  return left;
}
