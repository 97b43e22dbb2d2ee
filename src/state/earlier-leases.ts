import { create } from 'zustand';

/** A lease of which only the receipt is known: from before the last reload, or left by a job (`kept-receipts.ts`). */
export type KeptReceipt = {
  connectionId: string;
  queue: string;
  id: string;
  receipt: string;
  /** Epoch ms by the connection's clock. */
  endsAt: number;
};

/** A receive whose answer a reload cut off: nobody knows what it brought, or whether it brought anything. */
export type CutOffReceive = {
  connectionId: string;
  queue: string;
  /** So many at most. */
  messages: number;
  /** Epoch ms by the connection's clock: no later than then they show by themselves. */
  until: number;
};

type State = { leases: readonly KeptReceipt[]; cutOff: readonly CutOffReceive[] };

export const earlierLeases = create<State>(() => ({ leases: [], cutOff: [] }));

/** Leases that may still run and of which this tab has nothing but the receipts. */
export const useEarlierLeases = () => earlierLeases((state) => state.leases);

/** Receives that the last reload cut off and that may still hide messages. */
export const useCutOffReceives = () => earlierLeases((state) => state.cutOff);
