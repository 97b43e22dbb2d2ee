import { create } from 'zustand';

/** A lease of which only the receipt is known: it is from before the last reload (`kept-receipts.ts`). */
export type KeptReceipt = {
  connectionId: string;
  queue: string;
  id: string;
  receipt: string;
  /** Epoch ms by the connection's clock. */
  endsAt: number;
};

export const earlierLeases = create<{ leases: readonly KeptReceipt[] }>(() => ({ leases: [] }));

/** Every lease that this tab had before the last reload and that may still run. */
export const useEarlierLeases = () => earlierLeases((state) => state.leases);
